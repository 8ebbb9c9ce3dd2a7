// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <cstdint>
#include <thread>

#include "services/platform/base/clock.h"
#include "services/platform/changes/trim_feed.h"
#include "services/platform/concurrency/mutex.h"
#include "services/platform/storage/database.h"

namespace communique::platform {

// Keeps both feeds at their length: a thread that calls TrimFeed now and then. Every replica has one; they take turns.
class FeedTrimmer {
 public:
  // `clock` is the database's (FeedTail::clock). Both must outlive it.
  FeedTrimmer(Database& database, const Clock& clock, const TrimOptions& options = {})
      : database_(database), clock_(clock), options_(options) {}
  ~FeedTrimmer() { Stop(); }
  FeedTrimmer(const FeedTrimmer&) = delete;
  FeedTrimmer& operator=(const FeedTrimmer&) = delete;

  void Start();
  // Takes as long as the transactions under way.
  void Stop();

  // Entries removed by this replica, and attempts that failed.
  std::uint64_t removed() const { return removed_.load(std::memory_order_relaxed); }
  std::uint64_t failures() const { return failures_.load(std::memory_order_relaxed); }

 private:
  void RunUntilStopped();

  Database& database_;
  const Clock& clock_;
  const TrimOptions options_;
  std::atomic<std::uint64_t> removed_{0}, failures_{0};
  std::thread thread_;

  Mutex mutex_;
  Condition changed_;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace communique::platform

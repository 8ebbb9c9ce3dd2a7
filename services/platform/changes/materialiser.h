// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/base/clock.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/changes/feed_tail.h"
#include "services/platform/concurrency/mutex.h"
#include "services/platform/storage/database.h"

namespace communique::platform {

// What a service knows about things that become public by the clock alone. Rows hold when they do, and whether that has
// been announced.
class Announcer {
 public:
  struct Announced {
    // What this transaction has marked as announced, to be appended to both feeds.
    std::vector<Change> changes;
    // How many rows that were, and when the first of them was due.
    int rows = 0;
    absl::Time first_due = absl::InfiniteFuture();
  };

  virtual ~Announcer() = default;

  // In a Write transaction: marks rows that are due at `now` and not announced, at most `limit` and the oldest first,
  // and returns them. Only what its own UPDATE has marked (… AND announced = 0): another replica may do the same at the
  // same time, and each row belongs to one of them.
  virtual absl::StatusOr<Announced> Announce(Session& session, absl::Time now, int limit) = 0;

  // In a Read transaction: when the next row that is not announced is due; InfiniteFuture when there is none.
  virtual absl::StatusOr<absl::Time> NextDue(Session& session) = 0;
};

struct MaterialiserOptions {
  // The longest pause: how late something may be that another replica has scheduled while the feed's tail was late too.
  absl::Duration poll = absl::Milliseconds(500);
  // Rows per transaction.
  int batch = 200;
  absl::Duration timeout = absl::Seconds(10);
};

struct MaterialiserStats {
  std::uint64_t announced = 0;
  std::uint64_t transactions = 0;  // that announced something
  std::uint64_t failures = 0;
  absl::Duration last_lateness;  // of the last batch's oldest row
};

// Announces in both feeds what has become public because its time has come: each row once, whichever of the replicas
// does it; late when it must be, early never. Nothing waits for it: what readers see is decided by the clock when they
// read. It sleeps until the next row is due, and is woken by changes that the tail sees.
//
// An observer of the tail; add it there. One thread of its own. All methods may be called from any thread.
class Materialiser final : public FeedObserver {
 public:
  // `clock` is the database's, which errs late (FeedTail::clock). `on_lateness` hears, on the thread, how late each
  // batch was: for a histogram. What is passed by reference must outlive it.
  Materialiser(Database& database, const Clock& clock, Announcer& announcer, FeedTail& tail,
               const MaterialiserOptions& options = {}, std::function<void(absl::Duration)> on_lateness = nullptr);
  ~Materialiser() override;
  Materialiser(const Materialiser&) = delete;
  Materialiser& operator=(const Materialiser&) = delete;

  void Start();
  // Takes as long as the transaction under way.
  void Stop();

  // Something may be due earlier than was known.
  void Hint();

  // Announces all that is due now; when the next is. For tests, in place of Start.
  absl::StatusOr<absl::Time> RunOnce();

  void OnTick(const FeedTick& tick) override;

  MaterialiserStats stats() const;

 private:
  void RunUntilStopped();
  absl::StatusOr<absl::Time> NextDue();
  // How many rows.
  absl::StatusOr<int> AnnounceBatch();

  Database& database_;
  const Clock& clock_;
  Announcer& announcer_;
  FeedTail& tail_;
  const MaterialiserOptions options_;
  const std::function<void(absl::Duration)> on_lateness_;
  std::atomic<std::uint64_t> announced_{0}, transactions_{0}, failures_{0};
  std::atomic<std::int64_t> last_lateness_{0};
  std::thread thread_;

  Mutex mutex_;
  Condition changed_;
  bool hinted_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace communique::platform

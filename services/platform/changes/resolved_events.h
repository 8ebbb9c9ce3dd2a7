// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/base/monotonic_clock.h"
#include "services/platform/changes/watch_events.h"
#include "services/platform/concurrency/mutex.h"

namespace communique::platform {

// Resolves each entry once for all watchers of an audience who get it at about the same time. Not for longer than
// `reuse`: what is resolved says what is true now, and a watcher who gets an old entry later must be told what is true
// then. All methods may be called from any thread; those who want the same audience wait for each other.
class ResolvedEvents {
 public:
  // What is passed by reference must outlive it.
  ResolvedEvents(WatchEvents& events, absl::Duration reuse, const MonotonicClock& clock)
      : events_(events), reuse_(absl::ToInt64Nanoseconds(reuse)), clock_(clock) {}

  // As WatchEvents::Resolve.
  absl::StatusOr<std::vector<WatchEvents::Event>> Get(std::span<const WatchEvents::Item> items,
                                                      const std::string& audience, absl::Time deadline);

  std::uint64_t resolved() const { return resolved_.load(std::memory_order_relaxed); }

 private:
  struct Resolved {
    WatchEvents::Event event;
    std::int64_t at;
  };
  struct Audience {
    Mutex mutex;
    absl::flat_hash_map<FeedPosition, Resolved> events ABSL_GUARDED_BY(mutex);
    // In the order in which they were resolved.
    std::deque<std::pair<std::int64_t, FeedPosition>> ages ABSL_GUARDED_BY(mutex);
  };

  std::shared_ptr<Audience> AudienceOf(const std::string& name);
  static void Forget(Audience& audience, std::int64_t before) ABSL_EXCLUSIVE_LOCKS_REQUIRED(audience.mutex);

  WatchEvents& events_;
  const std::int64_t reuse_;
  const MonotonicClock& clock_;
  std::atomic<std::uint64_t> resolved_{0};

  Mutex mutex_;
  std::map<std::string, std::shared_ptr<Audience>> audiences_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace communique::platform

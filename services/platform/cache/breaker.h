// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "absl/time/time.h"
#include "services/platform/concurrency/mutex.h"

namespace communique::platform {

struct BreakerOptions {
  // Failures in a row that open it.
  int failures_to_open = 3;
  // The first wait before a probe; each probe that fails doubles it, up to the last. Both are spread by +-50 %, so that
  // replicas do not return together.
  absl::Duration first_wait = absl::Milliseconds(250);
  absl::Duration last_wait = absl::Seconds(5);
};

// Keeps callers from something that does not work. Closed: everybody may. After some failures in a row it opens: nobody
// may, until after a wait one probe is let through (half open) whose outcome closes it, or opens it for longer.
//
// Times are nanoseconds of a MonotonicClock. All methods may be called from any thread.
class Breaker {
 public:
  enum class State { kClosed, kOpen, kHalfOpen };

  // `random` gives numbers in [0, 1); it is called under the breaker's lock.
  Breaker(const BreakerOptions& options, std::function<double()> random);

  bool closed() const { return state_.load(std::memory_order_acquire) == State::kClosed; }
  State state() const { return state_.load(std::memory_order_acquire); }

  // What an attempt came to, in any state. OnFailure is true when this failure opened it.
  void OnSuccess();
  bool OnFailure(std::int64_t now);

  // When the next probe may go; only meaningful while it is not closed.
  std::int64_t next_probe() const;
  // True for one caller, who makes the probe and reports its outcome.
  bool TakeProbe(std::int64_t now);

 private:
  void OpenUntilNextProbe(std::int64_t now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const BreakerOptions options_;
  std::atomic<State> state_{State::kClosed};
  mutable Mutex mutex_;
  std::function<double()> random_ ABSL_GUARDED_BY(mutex_);
  int failures_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Duration wait_ ABSL_GUARDED_BY(mutex_);
  std::int64_t next_probe_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <cstdint>

#include "absl/time/time.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/monotonic_clock.h"

namespace communique::platform {

// The database's clock, as far as this process knows it: the one clock by which all replicas decide what is public. It
// is read over the network now and then (FeedTail) and carried on between readings by the machine's monotonic clock.
//
// It errs late, never early: what it says is at or behind what the database's clock says. It is behind by the time a
// reading takes, and by up to half a millisecond for each second since. It never goes back: where the database's clock
// does, it stands still until that has caught up, because what was public once stays so. Before the first reading it
// says 1970, when nothing of ours was public.
//
// Now may be called from any thread and does not block; Observe from one thread.
class DatabaseClock final : public Clock {
 public:
  // `monotonic` must outlive the clock.
  explicit DatabaseClock(const MonotonicClock& monotonic) : monotonic_(monotonic) {}

  absl::Time Now() const override { return absl::FromUnixNanos(NowNanos()); }

  // The database said `now` at some time between `asked` and `answered`, of the monotonic clock.
  void Observe(absl::Time now, std::int64_t asked, std::int64_t answered);

  // Since the last reading that it goes by; infinite when there was none.
  absl::Duration age() const;

 private:
  // What time it is: `anchor` at the monotonic clock's `anchored`, and going on from there, but not before `floor`.
  struct Course {
    std::int64_t anchor = 0;
    std::int64_t anchored = 0;
    std::int64_t floor = 0;
  };

  std::int64_t NowNanos() const;
  static std::int64_t At(const Course& course, std::int64_t monotonic);
  Course course() const;

  const MonotonicClock& monotonic_;
  // A sequence lock: odd while the course changes.
  std::atomic<std::uint64_t> sequence_{0};
  std::atomic<std::int64_t> anchor_{0}, anchored_{-1}, floor_{0};
};

}  // namespace communique::platform

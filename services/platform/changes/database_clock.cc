// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/changes/database_clock.h"

#include <algorithm>

namespace communique::platform {
namespace {

// No oscillator that a server runs on is off by more than one in this many; ours is taken to be too fast by that much.
constexpr std::int64_t kDrift = 2048;

}  // namespace

void DatabaseClock::Observe(absl::Time now, std::int64_t asked, std::int64_t answered) {
  const std::int64_t earliest = absl::ToUnixNanos(now);  // what it is at `answered`, at least
  const std::int64_t latest = earliest + (answered - asked);
  const Course old = course();
  const bool first = old.anchored < 0;
  const std::int64_t expected = At(old, answered);
  // An older reading that was quicker may know better than this one.
  if (!first && expected >= earliest && expected <= latest) return;

  sequence_.fetch_add(1, std::memory_order_acq_rel);
  // Taken while readers wait: whoever has read the old course did so with an earlier time than this.
  const std::int64_t floor = first ? 0 : At(old, std::max(answered, monotonic_.NowNanos()));
  anchor_.store(earliest, std::memory_order_relaxed);
  anchored_.store(answered, std::memory_order_relaxed);
  floor_.store(floor, std::memory_order_relaxed);
  sequence_.fetch_add(1, std::memory_order_release);
}

absl::Duration DatabaseClock::age() const {
  const std::int64_t anchored = course().anchored;
  return anchored < 0 ? absl::InfiniteDuration() : absl::Nanoseconds(monotonic_.NowNanos() - anchored);
}

std::int64_t DatabaseClock::NowNanos() const {
  while (true) {
    const std::uint64_t before = sequence_.load(std::memory_order_acquire);
    if (before % 2 == 1) continue;
    const std::int64_t monotonic = monotonic_.NowNanos();
    const Course now = course();
    if (sequence_.load(std::memory_order_relaxed) == before) return now.anchored < 0 ? 0 : At(now, monotonic);
  }
}

std::int64_t DatabaseClock::At(const Course& course, std::int64_t monotonic) {
  const std::int64_t since = std::max<std::int64_t>(0, monotonic - course.anchored);
  return std::max(course.floor, course.anchor + since - since / kDrift);
}

DatabaseClock::Course DatabaseClock::course() const {
  return {anchor_.load(std::memory_order_acquire), anchored_.load(std::memory_order_acquire),
          floor_.load(std::memory_order_acquire)};
}

}  // namespace communique::platform

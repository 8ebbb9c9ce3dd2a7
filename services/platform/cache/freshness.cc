// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/cache/freshness.h"

#include <algorithm>

namespace communique::platform {
namespace {

// How long a failure says that the database is down, and an answer that it is not. A failing tail reports more often
// than the first. The second is shorter than the time after which a silent tail is late, so that nobody is sent to a
// database that hangs because somebody was answered just before.
constexpr std::int64_t kFailureHolds = 2'000'000'000;
constexpr std::int64_t kAnswerHolds = 500'000'000;

}  // namespace

Freshness::Freshness(const FreshnessOptions& options)
    : max_tick_age_(absl::ToInt64Nanoseconds(options.max_tick_age)),
      outage_grace_(absl::ToInt64Nanoseconds(options.outage_grace)),
      tick_patience_(absl::ToInt64Nanoseconds(options.tick_patience)),
      probe_interval_(absl::ToInt64Nanoseconds(options.probe_interval)) {}

void Freshness::OnTick(FeedPosition head, std::int64_t started) {
  covered_.store(head, std::memory_order_release);
  last_tick_.store(started, std::memory_order_release);
  tick_began_.store(kNoTick, std::memory_order_relaxed);
}

void Freshness::OnNoAnswer(std::int64_t now) {
  last_failure_.store(now, std::memory_order_relaxed);
  // From the end: one that waited for seconds has been probe enough.
  last_probe_.store(now, std::memory_order_relaxed);
}

void Freshness::OnTickFailed(std::int64_t now) {
  last_failure_.store(now, std::memory_order_relaxed);
  tick_began_.store(kNoTick, std::memory_order_relaxed);
}

void Freshness::Forget() { last_tick_.store(kNever, std::memory_order_release); }

void Freshness::Restart(FeedPosition head) {
  Forget();
  covered_.store(head, std::memory_order_release);
}

Freshness::Mode Freshness::ModeAt(std::int64_t now) const {
  const std::int64_t age = now - last_tick_.load(std::memory_order_acquire);
  if (age <= max_tick_age_) return Mode::kFresh;
  if (age > outage_grace_) return Mode::kBypass;
  const bool failing = now - last_failure_.load(std::memory_order_relaxed) <= kFailureHolds ||
                       now - tick_began_.load(std::memory_order_relaxed) > tick_patience_;
  const bool answering = now - last_answer_.load(std::memory_order_relaxed) <= kAnswerHolds;
  return failing && !answering ? Mode::kOutage : Mode::kBypass;
}

bool Freshness::ProbeDue(std::int64_t now) const {
  const std::int64_t outage = now - last_tick_.load(std::memory_order_relaxed);
  return now - last_probe_.load(std::memory_order_relaxed) >= std::max(probe_interval_, outage / 4);
}

bool Freshness::TakeProbe(std::int64_t now) {
  std::int64_t last = last_probe_.load(std::memory_order_relaxed);
  return ProbeDue(now) && last_probe_.compare_exchange_strong(last, now, std::memory_order_relaxed);
}

absl::Duration Freshness::TickAge(std::int64_t now) const {
  const std::int64_t last = last_tick_.load(std::memory_order_acquire);
  return last == kNever ? absl::InfiniteDuration() : absl::Nanoseconds(now - last);
}

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/cache/freshness.h"

#include <algorithm>

namespace communique::platform {
namespace {

// How long silence is believed in that nobody tries to break. With the time that an answer takes it must stay below the
// second within which changes are in force.
constexpr std::int64_t kSilenceHolds = 500'000'000;
// How long one that waited until it failed has been probe enough.
constexpr std::int64_t kRestAfterFailure = 100'000'000;

}  // namespace

Freshness::Freshness(const FreshnessOptions& options)
    : max_tick_age_(absl::ToInt64Nanoseconds(options.max_tick_age)),
      outage_grace_(absl::ToInt64Nanoseconds(options.outage_grace)),
      load_patience_(absl::ToInt64Nanoseconds(options.load_patience)),
      probe_interval_(absl::ToInt64Nanoseconds(options.probe_interval)) {}

void Freshness::OnTick(FeedPosition head, std::int64_t started) {
  covered_.store(head, std::memory_order_release);
  last_tick_.store(started, std::memory_order_release);
}

void Freshness::Forget() { last_tick_.store(kNever, std::memory_order_release); }

void Freshness::Restart(FeedPosition head) {
  Forget();
  covered_.store(head, std::memory_order_release);
}

std::int64_t Freshness::LastSign() const { return std::max(last_question_, last_failure_); }

Freshness::Question Freshness::OnQuestion(std::int64_t now) {
  const MutexLock lock(mutex_);
  if (first_question_ == kNever || now - LastSign() > kSilenceHolds) {
    first_question_ = now;
    last_failure_ = kNever;
  }
  last_question_ = now;
  return answers_;
}

void Freshness::OnAnswer() {
  const MutexLock lock(mutex_);
  ++answers_;
  first_question_ = last_question_ = last_failure_ = kNever;
}

void Freshness::OnSilence(Question question, std::int64_t now) {
  const MutexLock lock(mutex_);
  if (question == answers_) last_failure_ = now;
}

Freshness::Mode Freshness::ModeByTail(std::int64_t now) const {
  const std::int64_t age = now - last_tick_.load(std::memory_order_acquire);
  if (age <= max_tick_age_) return Mode::kFresh;
  return age > outage_grace_ ? Mode::kBypass : Mode::kOutage;
}

Freshness::Mode Freshness::ModeAt(std::int64_t now) const {
  const Mode mode = ModeByTail(now);
  if (mode != Mode::kOutage) return mode;
  const MutexLock lock(mutex_);
  if (first_question_ == kNever || now - LastSign() > kSilenceHolds) return Mode::kBypass;
  const bool unanswered = last_failure_ != kNever || now - first_question_ > load_patience_;
  return unanswered ? Mode::kOutage : Mode::kBypass;
}

Freshness::Mode Freshness::ModeAfter(Question question, std::int64_t now) const {
  const Mode mode = ModeByTail(now);
  if (mode != Mode::kOutage) return mode;
  const MutexLock lock(mutex_);
  return question == answers_ && last_failure_ != kNever ? Mode::kOutage : Mode::kBypass;
}

bool Freshness::IsProbeDue(std::int64_t now) const {
  return now - last_question_ >= probe_interval_ && now - last_failure_ >= kRestAfterFailure;
}

bool Freshness::ProbeDue(std::int64_t now) const {
  const MutexLock lock(mutex_);
  return IsProbeDue(now);
}

bool Freshness::TakeProbe(std::int64_t now) {
  const MutexLock lock(mutex_);
  if (!IsProbeDue(now)) return false;
  last_question_ = now;
  return true;
}

absl::Duration Freshness::TickAge(std::int64_t now) const {
  const std::int64_t last = last_tick_.load(std::memory_order_acquire);
  return last == kNever ? absl::InfiniteDuration() : absl::Nanoseconds(now - last);
}

}  // namespace communique::platform

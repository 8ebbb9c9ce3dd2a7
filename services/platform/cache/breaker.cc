// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/cache/breaker.h"

#include <algorithm>
#include <utility>

namespace communique::platform {

Breaker::Breaker(const BreakerOptions& options, std::function<double()> random)
    : options_(options), random_(std::move(random)), wait_(options.first_wait) {}

void Breaker::OnSuccess() {
  const MutexLock lock(mutex_);
  // An answer to what was sent before it opened says nothing: only the probe closes it.
  if (state() == State::kOpen) return;
  failures_ = 0;
  wait_ = options_.first_wait;
  state_.store(State::kClosed, std::memory_order_release);
}

bool Breaker::OnFailure(std::int64_t now) {
  const MutexLock lock(mutex_);
  switch (state()) {
    case State::kOpen:
      return false;
    case State::kHalfOpen:
      wait_ = std::min(2 * wait_, options_.last_wait);
      OpenUntilNextProbe(now);
      return false;
    case State::kClosed:
      if (++failures_ < options_.failures_to_open) return false;
      OpenUntilNextProbe(now);
      return true;
  }
  return false;
}

std::int64_t Breaker::next_probe() const {
  const MutexLock lock(mutex_);
  return next_probe_;
}

bool Breaker::TakeProbe(std::int64_t now) {
  const MutexLock lock(mutex_);
  if (state() != State::kOpen || now < next_probe_) return false;
  state_.store(State::kHalfOpen, std::memory_order_release);
  return true;
}

void Breaker::OpenUntilNextProbe(std::int64_t now) {
  next_probe_ = now + absl::ToInt64Nanoseconds(wait_ * (0.5 + random_()));
  state_.store(State::kOpen, std::memory_order_release);
}

}  // namespace communique::platform

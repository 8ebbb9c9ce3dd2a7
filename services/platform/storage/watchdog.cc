// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/watchdog.h"

#include <algorithm>

#include "absl/time/clock.h"

namespace communique::platform {

Watchdog::Watch::Watch(Watchdog& watchdog, Connection& connection, absl::Time deadline)
    : watchdog_(watchdog), connection_(connection) {
  const std::lock_guard lock(watchdog_.mutex_);
  entry_ = watchdog_.watched_.emplace(std::min(deadline + watchdog_.grace_, watchdog_.end_), this);
  if (entry_ == watchdog_.watched_.begin()) watchdog_.changed_.notify_one();
}

Watchdog::Watch::~Watch() {
  const std::lock_guard lock(watchdog_.mutex_);
  if (!interrupted_) watchdog_.watched_.erase(entry_);
}

Watchdog::Watchdog(absl::Duration grace) : grace_(grace), thread_([this] { Run(); }) {}

Watchdog::~Watchdog() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Watchdog::EndBy(absl::Time when) {
  {
    const std::lock_guard lock(mutex_);
    end_ = when;
    while (!watched_.empty() && watched_.rbegin()->first > when) {
      Watch& watch = *watched_.rbegin()->second;
      watched_.erase(watch.entry_);
      watch.entry_ = watched_.emplace(when, &watch);
    }
  }
  changed_.notify_one();
}

absl::Time Watchdog::end() const {
  const std::lock_guard lock(mutex_);
  return end_;
}

std::int64_t Watchdog::interrupts() const {
  const std::lock_guard lock(mutex_);
  return interrupts_;
}

void Watchdog::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const absl::Time now = absl::Now();
    while (!watched_.empty() && watched_.begin()->first <= now) {
      // Under the lock, so that the owner cannot end its watch and use the connection for something else meanwhile.
      Watch& watch = *watched_.begin()->second;
      watched_.erase(watched_.begin());
      watch.interrupted_ = true;
      watch.connection_.Interrupt();
      ++interrupts_;
    }
    const absl::Time next = watched_.empty() ? now + absl::Hours(1) : watched_.begin()->first;
    changed_.wait_until(lock, absl::ToChronoTime(next));
  }
}

}  // namespace communique::platform

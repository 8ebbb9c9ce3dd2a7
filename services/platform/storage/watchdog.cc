// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/watchdog.h"

#include <algorithm>

#include "absl/time/clock.h"

namespace communique::platform {

Watchdog::Watch::Watch(Watchdog& watchdog, Connection& connection, absl::Time deadline) : watchdog_(watchdog) {
  const std::lock_guard lock(watchdog_.mutex_);
  entry_ = watchdog_.watched_.emplace(deadline + watchdog_.grace_, &connection);
  if (entry_ == watchdog_.watched_.begin()) watchdog_.changed_.notify_one();
}

Watchdog::Watch::~Watch() {
  const std::lock_guard lock(watchdog_.mutex_);
  watchdog_.watched_.erase(entry_);
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

std::int64_t Watchdog::interrupts() const {
  const std::lock_guard lock(mutex_);
  return interrupts_;
}

void Watchdog::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const absl::Time now = absl::Now();
    absl::Time next = now + absl::Hours(1);
    for (auto& [time, connection] : watched_) {
      if (connection == nullptr) continue;
      if (time > now) {
        next = std::min(next, time);
        break;
      }
      // Under the lock, so that the owner cannot end its watch and use the connection for something else meanwhile.
      connection->Interrupt();
      connection = nullptr;
      ++interrupts_;
    }
    changed_.wait_until(lock, absl::ToChronoTime(next));
  }
}

}  // namespace communique::platform

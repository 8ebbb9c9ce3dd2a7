// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <ctime>

namespace communique::platform {

// Time that only moves forward, for measuring how long something took or how old knowledge is. Its zero means nothing;
// nobody can set it. All methods may be called from any thread.
class MonotonicClock {
 public:
  virtual ~MonotonicClock() = default;
  virtual std::int64_t NowNanos() const = 0;
};

// The machine's. CLOCK_BOOTTIME, not CLOCK_MONOTONIC, which stands still while the machine is suspended: what was known
// before that must look old afterwards.
class SystemMonotonicClock final : public MonotonicClock {
 public:
  std::int64_t NowNanos() const override {
    timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
  }
};

}  // namespace communique::platform

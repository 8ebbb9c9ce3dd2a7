// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>

#include "absl/time/time.h"
#include "services/platform/base/monotonic_clock.h"

namespace communique::platform {

// A monotonic clock that stands still until a test moves it. Thread-safe.
class FakeMonotonicClock final : public MonotonicClock {
 public:
  std::int64_t NowNanos() const override { return now_.load(); }
  void Advance(absl::Duration by) { now_.fetch_add(absl::ToInt64Nanoseconds(by)); }

 private:
  std::atomic<std::int64_t> now_{1'000'000'000'000};
};

}  // namespace communique::platform

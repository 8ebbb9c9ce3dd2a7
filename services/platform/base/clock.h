// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace communique::platform {

// Where code gets the time from. Rules (visibility, schedules, expiry) take an instant as an argument; only the code
// that calls them holds a Clock. All methods may be called from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

// The clock of this machine. Good for logs and timeouts; what the public may see is decided on the database's clock
// (platform/changes), so that all replicas agree.
class SystemClock final : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
};

}  // namespace communique::platform

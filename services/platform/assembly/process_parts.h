// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/monotonic_clock.h"
#include "services/platform/observability/log.h"
#include "services/platform/observability/metrics.h"

namespace communique::platform {

// What every part of a process works with: its log, its clocks, its metrics, which show the process itself already.
// Outlives the other parts.
struct ProcessParts {
  // When the log cannot be written to, the error that the process cannot start with. `options.service` names it.
  static absl::StatusOr<std::unique_ptr<const ProcessParts>> Open(const LogOptions& options);

  const std::shared_ptr<LogWriter> log_writer;
  const Log log;
  const SystemClock clock{};
  const SystemMonotonicClock monotonic{};
  const std::shared_ptr<Metrics> metrics = std::make_shared<Metrics>();
};

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string_view>

#include "services/platform/observability/log.h"
#include "services/platform/observability/metrics.h"

namespace communique::platform {

// What every process shows: its build (communique_build_info), its log's losses, and, under the names that Prometheus'
// own libraries use (process_…), what it takes of the machine. `log` may end before the metrics.
void ExportProcess(Metrics& metrics, std::string_view service, const std::shared_ptr<LogWriter>& log);

}  // namespace communique::platform

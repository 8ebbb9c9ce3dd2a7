// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "services/platform/concurrency/executor.h"
#include "services/platform/observability/metrics.h"

namespace communique::platform {

// Shows what `executor` does as communique_executor_…{executor="<its name>"}. The executor may end before the metrics.
void ExportExecutor(Metrics& metrics, const Executor& executor);

}  // namespace communique::platform

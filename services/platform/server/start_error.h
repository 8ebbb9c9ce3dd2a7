// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/status.h"
#include "services/platform/observability/log.h"

namespace communique::platform {

// Says why the process cannot start, in the log, or on stderr while there is none yet. Gives main's exit code, 1.
int CannotStart(const absl::Status& why, const Log& log = {});

}  // namespace communique::platform

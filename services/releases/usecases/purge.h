// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/releases/usecases/environment.h"

namespace communique::releases {

// Empties deleted releases whose purge time has come. Good to be done by several replicas at once.
absl::Status PurgeDeleted(const Environment& environment, absl::Time deadline);

}  // namespace communique::releases

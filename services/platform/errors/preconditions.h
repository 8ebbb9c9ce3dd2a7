// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "services/platform/errors/error.h"

namespace communique::platform {

// FAILED_PRECONDITION with a google.rpc.PreconditionFailure about several subjects (fields of the request or resource
// names), each with what would be right, for one reason. At most 20 are told. Requires: at least one.
absl::Status FailedPreconditions(Reason reason,
                                 const std::vector<std::pair<std::string, std::string>>& subjects_and_descriptions);

}  // namespace communique::platform

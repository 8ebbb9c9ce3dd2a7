// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"

namespace communique::platform {

// Who may call what, worked out from the access rules of `services` and the table of roles, as text for a golden file:
// a line for each RPC with its rule, and a column for the anonymous caller and each role. A cell says
//
//   yes  with the role in the resource's newsroom
//   all  only with the role in every newsroom
//   -    not at all
//
// FAILED_PRECONDITION naming the first RPC without a rule, or with one that a server would not start with.
absl::StatusOr<std::string> AccessMatrix(const std::vector<const google::protobuf::ServiceDescriptor*>& services);

}  // namespace communique::platform

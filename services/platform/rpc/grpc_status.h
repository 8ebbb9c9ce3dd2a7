// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/support/status.h>

#include <string_view>

#include "absl/status/status.h"

namespace communique::platform {

// An error as it leaves the process: its google.rpc.Status, at most 4 KB, in the status details (AIP-193). `domain` is
// the proto package of the method.
grpc::Status ToGrpcStatus(const absl::Status& status, std::string_view domain, std::string_view request_id);

// The reverse, for what peers and tests receive: with its payloads, so that ReasonOf works. Without details, the code
// and the message.
absl::Status FromGrpcStatus(const grpc::Status& status);

}  // namespace communique::platform

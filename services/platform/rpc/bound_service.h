// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/platform/rpc/bound_method.h"
#include "services/platform/rpc/call_metrics.h"
#include "services/platform/rpc/method.h"

namespace communique::platform {

// A service whose every method has a handler, checked against its descriptor. Immutable; may be served by any number of
// RawServices at once.
struct BoundService {
  std::string name;
  std::vector<std::unique_ptr<const BoundMethod>> methods;  // in the order of the descriptor
  std::shared_ptr<ChainState> chain;
};

// What CallChain::Bind does.
absl::StatusOr<std::shared_ptr<const BoundService>> BindService(ServiceMethods methods, const CallMetrics& metrics,
                                                                std::shared_ptr<ChainState> chain);

// The rule of an RPC. FAILED_PRECONDITION naming the method when it has none, or one that makes no sense.
absl::StatusOr<common::v1::Access> AccessRuleOf(const google::protobuf::MethodDescriptor& method);

}  // namespace communique::platform

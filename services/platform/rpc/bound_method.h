// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "services/platform/rpc/call_metrics.h"
#include "services/platform/rpc/field_rules.h"
#include "services/platform/rpc/method.h"
#include "services/platform/rpc/method_info.h"
#include "services/platform/rpc/resource_path.h"

namespace communique::platform {

struct ChainState;

// A method with all that a call of it needs, worked out before the first call. Immutable after its binding; lives as
// long as the chain.
struct BoundMethod {
  MethodInfo info;
  Method method;
  const google::protobuf::Message* request = nullptr;  // the prototype
  ResourcePath resource;
  FieldRules rules;
  MethodMetrics metrics;
  ChainState* chain = nullptr;
};

}  // namespace communique::platform

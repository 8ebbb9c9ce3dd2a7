// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <initializer_list>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "services/platform/concurrency/executor.h"
#include "services/platform/observability/metrics.h"
#include "services/platform/rpc/call_chain.h"
#include "services/platform/server/server.h"

namespace communique::platform {

// Puts services behind the chain and on the server's listeners; the chain refuses calls when the server ends.
// FAILED_PRECONDITION when a method lacks a handler or a rule.
absl::Status Serve(std::vector<std::pair<Reach, ServiceMethods>> services, CallChain& chain, Server& server);

// Shows the executors in the metrics, and has the server join them in this order when it ends.
void AddExecutors(Server& server, Metrics& metrics, std::initializer_list<Executor*> executors);

}  // namespace communique::platform

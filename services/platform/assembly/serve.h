// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <initializer_list>

#include "absl/status/status.h"
#include "services/platform/concurrency/executor.h"
#include "services/platform/observability/metrics.h"
#include "services/platform/rpc/call_chain.h"
#include "services/platform/server/server.h"

namespace communique::platform {

// Puts a service behind the chain and on the server's listeners. FAILED_PRECONDITION when a method lacks a handler or a
// rule.
absl::Status Serve(ServiceMethods methods, Reach reach, CallChain& chain, Server& server);

// Shows the executors in the metrics, and has the server join them in this order when it ends.
void AddExecutors(Server& server, Metrics& metrics, std::initializer_list<Executor*> executors);

}  // namespace communique::platform

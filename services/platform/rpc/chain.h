// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>
#include <vector>

#include "services/platform/rpc/server_call.h"

namespace communique::platform {

// Runs the steps of the chain (chain.cc) that `call` has not been through, up to its handler; the first that refuses
// answers it. Goes on later, on the handler's executor, where the request is large. The call may be gone afterwards.
void RunChain(ServerCall& call);

// The names of the steps, in their order, from "request_id" to "error_mapping".
std::vector<std::string_view> ChainStepNames();

}  // namespace communique::platform

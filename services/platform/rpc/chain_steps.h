// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>

#include "absl/status/status.h"
#include "services/platform/rpc/server_call.h"

// The steps of the chain, one function each. Their order, and what each may rely on, is in chain.cc.
namespace communique::platform {

// The caller's x-request-id if it is well-formed, else a new UUID; returned in the initial metadata.
absl::Status TakeRequestId(ServerCall& call);

// The W3C trace context, for the log and for peers.
absl::Status TakeTrace(ServerCall& call);

// From here on call.log() carries what is known of the call, and the consistency token is at hand.
absl::Status OpenLogScope(ServerCall& call);

absl::Status CountStart(ServerCall& call);

// RESOURCE_EXHAUSTED, OVERLOADED when as many calls are under way as are allowed; UNAVAILABLE, SHUTTING_DOWN for a new
// stream while the server drains.
absl::Status TakeSlot(ServerCall& call);

// Every call gets one: the caller's, at most max_deadline; the default where there is none.
absl::Status SetDeadline(ServerCall& call);

// INVALID_ARGUMENT, MALFORMED_REQUEST or (for mutations) UNKNOWN_FIELD naming the field; RESOURCE_EXHAUSTED, TOO_LARGE.
absl::Status ParseRequest(ServerCall& call);

// UNAUTHENTICATED for what is not accepted. Nothing shown: anonymous.
absl::Status IdentifyCaller(ServerCall& call);

// The RPC's access rule, for each resource the request names. On public RPCs the caller becomes anonymous here.
absl::Status CheckPermission(ServerCall& call);

// What field_behavior says, then the service's own quick check.
absl::Status ValidateRequest(ServerCall& call);

// Starts the handler, which answers now or later.
absl::Status RunHandler(ServerCall& call);

}  // namespace communique::platform

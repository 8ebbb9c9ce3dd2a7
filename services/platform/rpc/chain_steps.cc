// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/chain_steps.h"

#include <grpc/support/time.h>

#include <algorithm>
#include <utility>

#include "services/platform/base/random.h"
#include "services/platform/base/uuid.h"
#include "services/platform/errors/error.h"
#include "services/platform/rpc/call_errors.h"
#include "services/platform/rpc/call_identity.h"
#include "services/platform/rpc/parse_request.h"

namespace communique::platform {
namespace {

constexpr char kRequestIdKey[] = "x-request-id";

std::string_view View(const grpc::string_ref& text) { return {text.data(), text.size()}; }

ServerCall::Metadata ReadMetadata(const grpc::CallbackServerContext& context) {
  ServerCall::Metadata metadata;
  for (const auto& [name, text] : context.client_metadata()) {
    const std::string_view key = View(name);
    const std::string_view value = View(text);
    if (key == "authorization") {
      metadata.two_authorizations = !metadata.authorization.empty();
      metadata.authorization = value;
    } else if (key == kRequestIdKey) {
      metadata.request_id = value;
    } else if (key == "traceparent") {
      metadata.traceparent = value;
    } else if (key == "communique-at-least") {
      metadata.at_least = value;
    }
  }
  return metadata;
}

// The time until the caller's own deadline; infinite without one.
absl::Duration RemainingOf(const grpc::CallbackServerContext& context) {
  const gpr_timespec deadline = context.raw_deadline();
  if (gpr_time_cmp(deadline, gpr_inf_future(deadline.clock_type)) == 0) return absl::InfiniteDuration();
  const gpr_timespec left = gpr_time_sub(deadline, gpr_now(deadline.clock_type));
  return absl::Seconds(left.tv_sec) + absl::Nanoseconds(left.tv_nsec);
}

// Streams that began together, after a restart, do not end together.
absl::Duration StreamAge(absl::Duration age) {
  constexpr int kSteps = 256;
  const int step = static_cast<unsigned char>(RandomBytes(1)[0]);
  return age * (0.9 + 0.2 * step / kSteps);
}

}  // namespace

absl::Status TakeRequestId(ServerCall& call) {
  call.metadata = ReadMetadata(call.context());
  std::string& id = call.facts().request_id;
  id = IsWellFormedRequestId(call.metadata.request_id) ? std::string(call.metadata.request_id)
                                                       : MakeUuidV7(call.chain().clock.Now());
  call.context().AddInitialMetadata(kRequestIdKey, id);
  return absl::OkStatus();
}

absl::Status TakeTrace(ServerCall& call) {
  if (call.metadata.traceparent.empty()) return absl::OkStatus();
  if (auto traceparent = ParseTraceparent(call.metadata.traceparent)) {
    call.facts().traceparent = *std::move(traceparent);
  }
  return absl::OkStatus();
}

absl::Status OpenLogScope(ServerCall& call) {
  // The fields are put into a line only when one is written (Call::log): most calls write none.
  call.facts().log = &call.chain().log;
  call.facts().at_least = std::string(call.metadata.at_least);
  return absl::OkStatus();
}

absl::Status CountStart(ServerCall& call) {
  call.bound().metrics.started->Increment();
  call.bound().metrics.received->Increment();
  return absl::OkStatus();
}

absl::Status TakeSlot(ServerCall& call) {
  ChainState& chain = call.chain();
  const ChainOptions& options = chain.options;
  const bool stream = call.method().kind == MethodKind::kServerStream;
  if (chain.draining.load(std::memory_order_acquire)) return ShuttingDown(options.retry_after);
  std::atomic<int>& taken = stream ? chain.streams : chain.calls_in_flight;
  const int allowed = stream ? options.max_streams : options.max_calls_in_flight;
  if (taken.fetch_add(1, std::memory_order_relaxed) >= allowed) {
    taken.fetch_sub(1, std::memory_order_relaxed);
    return TooManyCalls(stream ? "rpc.max_streams" : "rpc.max_calls_in_flight", allowed, options.retry_after);
  }
  call.slot = &taken;
  return absl::OkStatus();
}

absl::Status SetDeadline(ServerCall& call) {
  ChainState& chain = call.chain();
  const ChainOptions& options = chain.options;
  const bool stream = call.method().kind == MethodKind::kServerStream;
  const absl::Duration longest = stream ? StreamAge(options.max_stream_age) : options.max_deadline;
  const absl::Duration missing = stream ? longest : std::min(options.default_deadline, longest);
  const absl::Duration asked = RemainingOf(call.context());
  if (asked <= absl::ZeroDuration()) {
    return DeadlinePassed("it had before the call arrived; nothing was done");
  }
  const absl::Duration given = asked == absl::InfiniteDuration() ? missing : std::min(asked, longest);
  call.facts().deadline = chain.clock.Now() + given;
  // gRPC ends a call at its caller's deadline; at ours, somebody has to. Streams are looked after in any case.
  if (stream || given < asked) chain.live.Add(call);
  // A drain that began since the slot was taken may have gone through the live streams without this one.
  if (stream && chain.draining.load(std::memory_order_acquire)) return ShuttingDown(options.retry_after);
  return absl::OkStatus();
}

absl::Status ParseRequest(ServerCall& call) {
  call.request = call.NewRequest();
  return ParseBytes(call.request_bytes(), call.chain().options.max_request_bytes, call.method().mutation(),
                    *call.request);
}

absl::Status IdentifyCaller(ServerCall& call) {
  if (call.metadata.two_authorizations) {
    return MakeError(absl::StatusCode::kUnauthenticated, Reason::ERROR_REASON_TOKEN_REQUIRED,
                     "metadata authorization was sent more than once; send one");
  }
  auto principal = call.chain().authenticator.Authenticate({.authorization = call.metadata.authorization});
  if (!principal.ok()) return principal.status();
  call.facts().caller = *std::move(principal);
  call.facts().principal = call.facts().caller;
  return absl::OkStatus();
}

absl::Status CheckPermission(ServerCall& call) {
  const common::v1::Access& access = call.method().access;
  if (access.audience() == common::v1::AUDIENCE_PUBLIC) {
    call.facts().principal = Principal::Anonymous();
    return CheckAccess(call.principal(), access.audience(), access.permission(), {});
  }
  if (call.bound().resource.empty()) {
    return CheckAccess(call.principal(), access.audience(), access.permission(), {});
  }
  return call.bound().resource.ForEach(*call.request, [&](const std::string& field, std::string_view resource) {
    if (call.facts().newsroom.empty()) call.facts().newsroom = NewsroomOf(resource);
    return call.CheckPermission(field, resource);
  });
}

absl::Status ValidateRequest(ServerCall& call) {
  if (absl::Status status = call.bound().rules.Apply(*call.request); !status.ok()) return status;
  const auto& validate = call.bound().method.validate;
  return validate ? validate(*call.request) : absl::OkStatus();
}

absl::Status RunHandler(ServerCall& call) { return call.StartHandler(); }

}  // namespace communique::platform

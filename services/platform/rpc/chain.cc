// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/chain.h"

#include <array>
#include <cstdint>

#include "services/platform/rpc/chain_steps.h"
#include "services/platform/rpc/handler_exception.h"

namespace communique::platform {
namespace {

enum Step : std::uint32_t {
  kRequestId = 1U << 0U,
  kTrace = 1U << 1U,
  kLogScope = 1U << 2U,
  kMetrics = 1U << 3U,
  kInFlightLimit = 1U << 4U,
  kDeadline = 1U << 5U,
  kParse = 1U << 6U,
  kPrincipal = 1U << 7U,
  kPermission = 1U << 8U,
  kValidate = 1U << 9U,
  kHandler = 1U << 10U,
};

struct ChainStep {
  Step step;
  std::string_view name;
  absl::Status (*run)(ServerCall& call);
  std::uint32_t after;  // what it needs to have run
};

// The chain: every call, unary or stream, goes through it from top to bottom, and ends at the first step that returns
// an error. Metrics come before all that refuses, so that refusals are counted; whatever may cost time or tell
// something comes after the limits.
constexpr std::array kChain = {
    ChainStep{kRequestId, "request_id", &TakeRequestId, 0},
    ChainStep{kTrace, "trace", &TakeTrace, kRequestId},
    ChainStep{kLogScope, "log_scope", &OpenLogScope, kRequestId | kTrace},
    ChainStep{kMetrics, "metrics", &CountStart, kLogScope},
    ChainStep{kInFlightLimit, "in_flight_limit", &TakeSlot, kMetrics},
    ChainStep{kDeadline, "deadline", &SetDeadline, kInFlightLimit},
    ChainStep{kParse, "parse", &ParseRequest, kMetrics | kInFlightLimit | kDeadline},
    ChainStep{kPrincipal, "principal", &IdentifyCaller, kMetrics | kInFlightLimit},
    ChainStep{kPermission, "permission", &CheckPermission, kParse | kPrincipal},
    ChainStep{kValidate, "validate", &ValidateRequest, kParse | kPermission},
    ChainStep{kHandler, "handler", &RunHandler, kDeadline | kParse | kPermission | kValidate},
};
// The last step is at the other end of the call: ServerCall::MapError, on the way out of every answer.
constexpr std::string_view kErrorMapping = "error_mapping";

constexpr bool EachStepFollowsWhatItNeeds() {
  std::uint32_t done = 0;
  for (const ChainStep& each : kChain) {
    if ((each.after & ~done) != 0) return false;
    done |= each.step;
  }
  return true;
}
static_assert(EachStepFollowsWhatItNeeds());

// A large request is parsed where its handler will run: gRPC's few threads are for everybody.
bool MovesToExecutor(const ServerCall& call, Step next) {
  return next == kParse && !call.on_executor && call.bound().method.executor != nullptr &&
         call.request_bytes().Length() > call.chain().options.max_inline_request_bytes;
}

void ContinueOnExecutor(ServerCall& call) {
  call.Ref();
  const absl::Status submitted =
      call.bound().method.executor->Submit(call.deadline(), [&call](const absl::Status& turn) {
        call.on_executor = true;
        if (turn.ok()) {
          RunChain(call);
        } else {
          call.Fail(turn);
        }
        call.Unref();
      });
  if (submitted.ok()) return;
  call.Fail(submitted);
  call.Unref();
}

}  // namespace

void RunChain(ServerCall& call) {
  while (call.steps_done < kChain.size()) {
    const ChainStep& next = kChain[call.steps_done];
    if (MovesToExecutor(call, next.step)) return ContinueOnExecutor(call);
    ++call.steps_done;
    if (call.chain().on_step) call.chain().on_step(call, next.name);
    absl::Status status;
    const absl::Status thrown = CatchExceptions([&] { status = next.run(call); });
    if (!thrown.ok()) status = thrown;
    if (!status.ok()) return call.Fail(std::move(status));
  }
}

std::vector<std::string_view> ChainStepNames() {
  std::vector<std::string_view> names;
  for (const ChainStep& each : kChain) names.push_back(each.name);
  names.push_back(kErrorMapping);
  return names;
}

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/server_call.h"

#include <grpc/grpc.h>
#include <grpc/slice.h>

#include "services/platform/rpc/grpc_status.h"

namespace communique::platform {
namespace {

google::protobuf::ArenaOptions StartingWith(char* block, std::size_t size) {
  google::protobuf::ArenaOptions options;
  options.initial_block = block;
  options.initial_block_size = size;
  return options;
}

// gRPC ends the process over metadata that HTTP/2 cannot carry.
bool IsSendable(const std::string& key, const std::string& value) {
  const grpc_slice key_slice = grpc_slice_from_static_buffer(key.data(), key.size());
  const grpc_slice value_slice = grpc_slice_from_static_buffer(value.data(), value.size());
  return grpc_header_key_is_legal(key_slice) != 0 &&
         (grpc_is_binary_header(key_slice) != 0 || grpc_header_nonbin_value_is_legal(value_slice) != 0);
}

// Lines for what somebody should look at; the rest is in the metrics.
void LogAnswer(const ServerCall& call, const absl::Status& status, absl::Duration took) {
  if (status.ok()) return;
  switch (status.code()) {
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kDataLoss:
      call.log().Error("call failed", {LogField::Error(status), {"seconds", took}});
      return;
    case absl::StatusCode::kUnavailable:
      call.log().Warning("call failed", {LogField::Error(status), {"seconds", took}});
      return;
    case absl::StatusCode::kUnauthenticated:
    case absl::StatusCode::kPermissionDenied:
      call.log().Info("call refused", {LogField::Error(status)});
      return;
    default:
      if (!call.chain().log.Enabled(Severity::kDebug)) return;
      call.log().Debug("call answered with an error", {LogField::Error(status), {"seconds", took}});
  }
}

}  // namespace

ServerCall::ServerCall(const BoundMethod& method, grpc::CallbackServerContext& context,
                       const grpc::ByteBuffer& request_bytes)
    : bound_(method),
      context_(&context),
      request_bytes_(request_bytes),
      arena_(StartingWith(inline_request_, kInlineRequestBytes)) {
  facts_.method = &method.info;
  facts_.log = &chain().log;
}

ServerCall::~ServerCall() = default;

grpc::Status ServerCall::MapError(const absl::Status& status) {
  if (chain().on_step) chain().on_step(*this, "error_mapping");
  const auto took = std::chrono::steady_clock::now() - arrived_;
  // A call that its caller has left is counted as that, whatever the handler made of it: as its client counts it.
  absl::StatusCode counted = status.code();
  if (cancelled()) {
    const bool late = chain().clock.Now() >= facts_.deadline;
    counted = late ? absl::StatusCode::kDeadlineExceeded : absl::StatusCode::kCancelled;
  }
  bound_.metrics.HandledWith(counted).Increment();
  bound_.metrics.seconds->Observe(std::chrono::duration<double>(took).count());
  LogAnswer(*this, status, absl::FromChrono(took));
  return ToGrpcStatus(status, bound_.info.package, facts_.request_id);
}

void ServerCall::SendTrailers() {
  for (const auto& [key, value] : facts_.trailers) {
    if (IsSendable(key, value)) {
      context_->AddTrailingMetadata(key, value);
    } else {
      log().Error("a trailer that cannot be sent was left out", {{"key", key}});
    }
  }
}

void ServerCall::Release() {
  chain().live.Remove(*this);
  {
    const MutexLock lock(core_mutex_);
    core_done_ = true;
  }
  if (slot != nullptr) slot->fetch_sub(1, std::memory_order_relaxed);
  Unref();
}

void ServerCall::CancelCore() {
  grpc_call* call = nullptr;
  {
    const MutexLock lock(core_mutex_);
    if (core_done_) return;
    call = context_->c_call();
    grpc_call_ref(call);
  }
  // Not under the lock: cancelling may run the call's last reactions.
  grpc_call_cancel(call, nullptr);
  grpc_call_unref(call);
}

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/support/server_callback.h>

#include <atomic>

#include "absl/status/statusor.h"
#include "services/platform/rpc/reply_bytes.h"
#include "services/platform/rpc/server_call.h"

namespace communique::platform {

// A unary call. gRPC holds it until OnDone, the handler until it has answered and returned.
class UnaryCall final : public ServerCall, public grpc::ServerUnaryReactor {
 public:
  // Makes the call and runs the chain. `response` is gRPC's, like the rest. Never null.
  static grpc::ServerUnaryReactor* Serve(const BoundMethod& method, grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* bytes, grpc::ByteBuffer* response);

  // The handler's answer, from its thread. The first answer counts.
  void Answer(absl::StatusOr<ReplyBytes> reply);

  // Who holds a Responder. When the last one lets go without an answer, the call fails.
  void RefResponder() { responders_.fetch_add(1, std::memory_order_relaxed); }
  void UnrefResponder();

  void Fail(absl::Status status) override;
  absl::Status StartHandler() override;
  void OnTick(absl::Time now) override;

  void OnDone() override { Release(); }
  void OnCancel() override { MarkCancelled(); }
  // Our reactions are a store and a release: they need no thread of their own.
  bool InternalInlineable() override { return true; }

 private:
  UnaryCall(const BoundMethod& method, grpc::CallbackServerContext& context, const grpc::ByteBuffer& bytes,
            grpc::ByteBuffer& response)
      : ServerCall(method, context, bytes), response_(response) {}

  void RunBlocking(const Method::BlockingHandler& handler);
  void Send(const absl::StatusOr<ReplyBytes>& reply);

  grpc::ByteBuffer& response_;
  std::atomic<bool> answered_{false};
  std::atomic<int> responders_{0};
};

}  // namespace communique::platform

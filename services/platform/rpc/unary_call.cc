// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/unary_call.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"
#include "services/platform/rpc/byte_buffers.h"
#include "services/platform/rpc/call_errors.h"
#include "services/platform/rpc/chain.h"
#include "services/platform/rpc/handler_exception.h"
#include "services/platform/rpc/responder.h"

namespace communique::platform {

grpc::ServerUnaryReactor* UnaryCall::Serve(const BoundMethod& method, grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* bytes, grpc::ByteBuffer* response) {
  auto* call = new UnaryCall(method, *context, *bytes, *response);
  RunChain(*call);
  return call;
}

absl::Status UnaryCall::StartHandler() {
  if (const auto* handler = std::get_if<Method::AsyncHandler>(&bound().method.handler)) {
    Ref();
    RefResponder();
    const Responder responder(this);
    if (absl::Status thrown = CatchExceptions([&] { (*handler)(*this, *request, responder); }); !thrown.ok()) {
      responder(std::move(thrown));
    }
    return absl::OkStatus();
  }
  const auto& handler = std::get<Method::BlockingHandler>(bound().method.handler);
  if (on_executor) {
    RunBlocking(handler);
    return absl::OkStatus();
  }
  Ref();
  const absl::Status submitted =
      bound().method.executor->Submit(deadline(), [this, &handler](const absl::Status& turn) {
        if (turn.ok()) {
          RunBlocking(handler);
        } else {
          Fail(turn);
        }
        Unref();
      });
  if (!submitted.ok()) Unref();
  return submitted;
}

void UnaryCall::RunBlocking(const Method::BlockingHandler& handler) {
  if (cancelled()) {
    Fail(CallerLeft());
    return;
  }
  absl::StatusOr<ReplyBytes> reply;
  const absl::Status thrown = CatchExceptions([&] { reply = handler(*this, *request); });
  Answer(thrown.ok() ? std::move(reply) : thrown);
}

void UnaryCall::Answer(absl::StatusOr<ReplyBytes> reply) {
  if (answered_.exchange(true, std::memory_order_acq_rel)) return;
  const std::size_t limit = chain().options.max_reply_bytes;
  if (reply.ok() && reply->size() > limit) reply = ReplyTooLarge(reply->size(), limit);
  SendTrailers();
  Send(reply);
}

void UnaryCall::Fail(absl::Status status) {
  if (answered_.exchange(true, std::memory_order_acq_rel)) return;
  // Without the trailers: the handler may be adding one just now.
  Send(std::move(status));
}

void UnaryCall::Send(const absl::StatusOr<ReplyBytes>& reply) {
  const grpc::Status status = MapError(reply.status());
  if (reply.ok()) {
    bound().metrics.sent->Increment();
    response_ = ToByteBuffer(*reply);
  }
  // Afterwards the call may be gone.
  Finish(status);
}

void UnaryCall::OnTick(absl::Time now) {
  if (now < deadline()) return;
  if (answered_.load(std::memory_order_acquire)) {
    CancelCore();
    return;
  }
  Fail(DeadlinePassed(
      "a change that was under way may still take effect: repeat the call with the same request_id to learn"));
}

void UnaryCall::UnrefResponder() {
  const bool last = responders_.fetch_sub(1, std::memory_order_acq_rel) == 1;
  if (last && !answered_.load(std::memory_order_acquire)) {
    Answer(InternalError(absl::StrCat("the handler of ", bound().info.path, " let the call go without an answer")));
  }
  Unref();
}

Responder::Responder(const Responder& other) : call_(other.call_) {
  if (call_ == nullptr) return;
  call_->Ref();
  call_->RefResponder();
}

Responder::~Responder() {
  if (call_ != nullptr) call_->UnrefResponder();
}

void Responder::operator()(absl::StatusOr<ReplyBytes> reply) const { call_->Answer(std::move(reply)); }

}  // namespace communique::platform

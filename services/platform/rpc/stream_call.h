// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/support/server_callback.h>

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "services/platform/rpc/bound_service.h"
#include "services/platform/rpc/event_stream.h"
#include "services/platform/rpc/server_call.h"

namespace communique::platform {

// A server stream. gRPC holds it until OnDone, the pushers for as long as they have their EventStream.
class StreamCall final : public ServerCall, public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  // Makes the call and runs the chain. `service` has `method`: it stays as long as anybody holds the stream. Never
  // null.
  static grpc::ServerWriteReactor<grpc::ByteBuffer>* Serve(std::shared_ptr<const BoundService> service,
                                                           const BoundMethod& method,
                                                           grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer* bytes);

  // What EventStream says.
  EventStream::Push TryPush(ReplyBytes event);
  void OnRoom(std::function<void()> callback);
  void OnClosed(std::function<void()> callback);
  void End(absl::Status status);
  bool closed() const;

  // Ends the stream with `status` without waiting for the buffer: what is not under way yet is dropped.
  void Fail(absl::Status status) override;
  absl::Status StartHandler() override;
  void OnTick(absl::Time now) override;

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  StreamCall(std::shared_ptr<const BoundService> service, const BoundMethod& method,
             grpc::CallbackServerContext& context, const grpc::ByteBuffer& bytes)
      : ServerCall(method, context, bytes), service_(std::move(service)) {}

  void RunStart();
  void WriteNext() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void FinishWith(const absl::Status& status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool Finished() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return finish_time_ != absl::InfiniteFuture(); }
  // Hands out OnClosed's callback once, to be called without the lock.
  std::function<void()> TakeClosedCallback() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::shared_ptr<const BoundService> service_;

  // Held while gRPC is told to write or finish, so that it hears these in our order. Never while a callback runs.
  mutable Mutex mutex_;
  std::deque<ReplyBytes> buffer_ ABSL_GUARDED_BY(mutex_);
  std::size_t buffered_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  grpc::ByteBuffer written_ ABSL_GUARDED_BY(mutex_);
  absl::Time write_begin_ ABSL_GUARDED_BY(mutex_);
  bool room_wanted_ ABSL_GUARDED_BY(mutex_) = false;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;  // after the buffer, with:
  absl::Status end_ ABSL_GUARDED_BY(mutex_);
  absl::Time finish_time_ ABSL_GUARDED_BY(mutex_) = absl::InfiniteFuture();
  std::function<void()> on_room_ ABSL_GUARDED_BY(mutex_);
  std::function<void()> on_closed_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace communique::platform

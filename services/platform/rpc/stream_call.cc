// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/stream_call.h"

#include <utility>

#include "services/platform/rpc/byte_buffers.h"
#include "services/platform/rpc/call_errors.h"
#include "services/platform/rpc/chain.h"
#include "services/platform/rpc/handler_exception.h"

namespace communique::platform {
namespace {

// How long a reader may take to fetch the end of its stream before the connection is told to forget it.
constexpr absl::Duration kFinishTimeout = absl::Seconds(5);

// What pushers hold: a reference to the call.
class SharedStream final : public EventStream {
 public:
  explicit SharedStream(StreamCall& stream) : stream_(stream) { stream_.Ref(); }
  ~SharedStream() override { stream_.Unref(); }

  Push TryPush(ReplyBytes event) override { return stream_.TryPush(std::move(event)); }
  void OnRoom(std::function<void()> callback) override { stream_.OnRoom(std::move(callback)); }
  void OnClosed(std::function<void()> callback) override { stream_.OnClosed(std::move(callback)); }
  void End(absl::Status status) override { stream_.End(std::move(status)); }
  bool closed() const override { return stream_.closed(); }
  Call& call() override { return stream_; }

 private:
  StreamCall& stream_;
};

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* StreamCall::Serve(std::shared_ptr<const BoundService> service,
                                                              const BoundMethod& method,
                                                              grpc::CallbackServerContext* context,
                                                              const grpc::ByteBuffer* bytes) {
  auto* call = new StreamCall(std::move(service), method, *context, *bytes);
  RunChain(*call);
  return call;
}

absl::Status StreamCall::StartHandler() {
  if (on_executor || bound().method.executor == nullptr) {
    RunStart();
    return absl::OkStatus();
  }
  Ref();
  const absl::Status submitted = bound().method.executor->Submit(deadline(), [this](const absl::Status& turn) {
    if (turn.ok()) {
      RunStart();
    } else {
      Fail(turn);
    }
    Unref();
  });
  if (!submitted.ok()) Unref();
  return submitted;
}

void StreamCall::RunStart() {
  {
    const MutexLock lock(mutex_);
    if (Finished()) return;
    // The reader learns that it watches before there is anything to see.
    StartSendInitialMetadata();
  }
  const auto& start = std::get<Method::StreamHandler>(bound().method.handler);
  absl::Status started;
  const absl::Status thrown =
      CatchExceptions([&] { started = start(std::make_shared<SharedStream>(*this), *request); });
  if (!thrown.ok()) started = thrown;
  if (!started.ok()) End(std::move(started));
}

EventStream::Push StreamCall::TryPush(ReplyBytes event) {
  const ChainOptions& options = chain().options;
  const MutexLock lock(mutex_);
  if (Finished() || ending_) return EventStream::Push::kClosed;
  const bool fits =
      buffer_.size() < options.max_stream_events && buffered_bytes_ + event.size() <= options.max_stream_bytes;
  if (!fits && !buffer_.empty()) {
    room_wanted_ = true;
    return EventStream::Push::kFull;
  }
  buffered_bytes_ += event.size();
  buffer_.push_back(std::move(event));
  if (!writing_) WriteNext();
  return EventStream::Push::kAccepted;
}

void StreamCall::WriteNext() {
  const ReplyBytes event = std::move(buffer_.front());
  buffer_.pop_front();
  buffered_bytes_ -= event.size();
  written_ = ToByteBuffer(event);
  writing_ = true;
  write_begin_ = chain().clock.Now();
  StartWrite(&written_);
}

void StreamCall::OnWriteDone(bool ok) {
  std::function<void()> tell_room;
  {
    const MutexLock lock(mutex_);
    writing_ = false;
    written_.Clear();
    if (ok) bound().metrics.sent->Increment();
    // Without `ok` the reader is gone: OnCancel says so.
    if (!ok || Finished()) return;
    if (!buffer_.empty()) {
      WriteNext();
    } else if (ending_) {
      FinishWith(end_);
    }
    const ChainOptions& options = chain().options;
    if (room_wanted_ && buffer_.size() <= options.max_stream_events / 2 &&
        buffered_bytes_ <= options.max_stream_bytes / 2) {
      room_wanted_ = false;
      tell_room = on_room_;
    }
  }
  if (tell_room) tell_room();
}

void StreamCall::End(absl::Status status) {
  std::function<void()> tell_closed;
  {
    const MutexLock lock(mutex_);
    if (Finished() || ending_) return;
    ending_ = true;
    end_ = std::move(status);
    if (!writing_) FinishWith(end_);
    tell_closed = TakeClosedCallback();
  }
  if (tell_closed) tell_closed();
}

void StreamCall::Fail(absl::Status status) {
  std::function<void()> tell_closed;
  {
    const MutexLock lock(mutex_);
    if (Finished()) return;
    buffer_.clear();
    buffered_bytes_ = 0;
    FinishWith(status);
    tell_closed = TakeClosedCallback();
  }
  if (tell_closed) tell_closed();
}

void StreamCall::FinishWith(const absl::Status& status) {
  finish_time_ = chain().clock.Now();
  // Only where the handler has ended it: it may be adding a trailer just now.
  if (ending_) SendTrailers();
  // gRPC sends it after the write that is under way.
  Finish(MapError(status));
}

std::function<void()> StreamCall::TakeClosedCallback() {
  on_room_ = nullptr;
  return std::exchange(on_closed_, nullptr);
}

void StreamCall::OnRoom(std::function<void()> callback) {
  const MutexLock lock(mutex_);
  if (!Finished() && !ending_) on_room_ = std::move(callback);
}

void StreamCall::OnClosed(std::function<void()> callback) {
  {
    const MutexLock lock(mutex_);
    if (!Finished() && !ending_) {
      on_closed_ = std::move(callback);
      return;
    }
  }
  callback();
}

bool StreamCall::closed() const {
  const MutexLock lock(mutex_);
  return Finished() || ending_;
}

void StreamCall::OnTick(absl::Time now) {
  std::string_view why;
  {
    const MutexLock lock(mutex_);
    const bool finished = Finished();
    if (finished && now < finish_time_ + kFinishTimeout) return;
    if (!finished && now >= deadline()) {
      why = "the stream has reached its age";
    } else if (!finished && writing_ && now >= write_begin_ + chain().options.stream_write_timeout) {
      why = "the reader takes nothing";
    } else if (!finished) {
      return;
    }
  }
  if (why.empty()) {
    CancelCore();
  } else {
    Fail(WatchEnded(why, chain().options.retry_after));
  }
}

void StreamCall::OnCancel() {
  MarkCancelled();
  Fail(CallerLeft());
}

void StreamCall::OnDone() { Release(); }

}  // namespace communique::platform

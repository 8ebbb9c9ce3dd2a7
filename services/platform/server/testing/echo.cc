// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/testing/echo.h"

#include <string>
#include <utility>

namespace communique::platform {

using server_test::EchoReply;
using server_test::EchoRequest;

class EchoStreams::Stream final : public grpc::ServerWriteReactor<EchoReply> {
 public:
  Stream(EchoStreams& streams, const std::string& text) : streams_(streams) {
    reply_.set_text(text);
    bool ended = false;
    {
      const MutexLock lock(streams_.mutex_);
      streams_.open_.insert(this);
      ended = streams_.ended_;
    }
    if (ended) {
      End(grpc::StatusCode::UNAVAILABLE);
    } else {
      StartWrite(&reply_);
    }
  }

  void End(grpc::StatusCode code) {
    if (!ended_.exchange(true)) Finish({code, "ended by the server"});
  }
  void OnCancel() override { End(grpc::StatusCode::CANCELLED); }
  void OnDone() override {
    {
      const MutexLock lock(streams_.mutex_);
      streams_.open_.erase(this);
    }
    delete this;
  }

 private:
  EchoStreams& streams_;
  EchoReply reply_;
  std::atomic<bool> ended_ = false;
};

void EchoStreams::End() {
  const MutexLock lock(mutex_);
  ended_ = true;
  for (Stream* stream : open_) stream->End(grpc::StatusCode::UNAVAILABLE);
}

std::size_t EchoStreams::size() {
  const MutexLock lock(mutex_);
  return open_.size();
}

grpc::ServerUnaryReactor* EchoService::Echo(grpc::CallbackServerContext* context, const EchoRequest* request,
                                            EchoReply* reply) {
  grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
  const absl::Status queued =
      executor_.Submit(absl::InfiniteFuture(), [reactor, request, reply](const absl::Status& turn) {
        reply->set_text(request->text());
        reactor->Finish(turn.ok() ? grpc::Status::OK : grpc::Status(grpc::StatusCode::UNAVAILABLE, "too late"));
      });
  if (!queued.ok()) reactor->Finish({grpc::StatusCode::UNAVAILABLE, "refused"});
  return reactor;
}

grpc::ServerWriteReactor<EchoReply>* EchoService::Follow(grpc::CallbackServerContext* /*context*/,
                                                         const EchoRequest* request) {
  return new EchoStreams::Stream(streams_, request->text());
}

grpc::ServerUnaryReactor* EchoService::Wait(grpc::CallbackServerContext* /*context*/, const EchoRequest* /*request*/,
                                            EchoReply* /*reply*/) {
  class Waiter final : public grpc::ServerUnaryReactor {
    void OnCancel() override { Finish({grpc::StatusCode::CANCELLED, "given up"}); }
    void OnDone() override { delete this; }
  };
  return new Waiter;
}

grpc::ServerUnaryReactor* EchoService::Hang(grpc::CallbackServerContext* /*context*/, const EchoRequest* /*request*/,
                                            EchoReply* /*reply*/) {
  class Hanger final : public grpc::ServerUnaryReactor {
    void OnDone() override { delete this; }
  };
  return new Hanger;
}

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "services/platform/following/feed_stream.h"
#include "services/platform/peers/peer.h"
#include "services/platform/peers/pending_call.h"
#include "services/platform/peers/watch_stream.h"

namespace communique::platform {

// The methods of a gRPC service as its generated code offers them to callback clients.
template <typename Service>
using PeerMethods = typename Service::StubInterface::async_interface;

// A call that is under way. Movable; destroyed before it was waited for, it cancels the call.
template <typename Reply>
class PeerReply {
 public:
  PeerReply(PendingCall call, std::shared_ptr<Reply> reply) : call_(std::move(call)), reply_(std::move(reply)) {}

  // Waits for the reply: on a thread of an executor, never on gRPC's. Once. Errors as in peer_errors.h; besides,
  // DEADLINE_EXCEEDED when the caller's own deadline has passed, and CANCELLED when it was asked to stop.
  absl::StatusOr<Reply> Wait() {
    if (auto status = call_.Wait(); !status.ok()) return status;
    return std::move(*reply_);
  }

 private:
  PendingCall call_;
  std::shared_ptr<Reply> reply_;
};

// One gRPC service of a peer:
//
//   PeerStub<v1::NewsroomService> newsrooms(releases);
//   PeerCall call = PassOn(served);
//   call.repeatable = true;
//   const auto newsroom = newsrooms.Call(&PeerMethods<v1::NewsroomService>::GetNewsroom, request, call);
//
// Several at once: Start each, then Wait for each. The calls are gRPC's callback calls, so gRPC's threads do not wait;
// only the thread that calls Wait does. Thread-safe. The peer must outlive it and its calls.
template <typename Service>
class PeerStub {
 public:
  explicit PeerStub(Peer& peer) : peer_(peer), stub_(Service::NewStub(peer.channel())) {}

  template <typename Request, typename Reply>
  PeerReply<Reply> Start(void (PeerMethods<Service>::*method)(grpc::ClientContext*, const Request*, Reply*,
                                                              std::function<void(grpc::Status)>),
                         const Request& request, PeerCall call) const {
    // Whoever waits may be gone before gRPC is, which reads from the one and writes to the other.
    struct Messages {
      const Request sent;
      Reply reply;
    };
    auto messages = std::make_shared<Messages>(Messages{request, {}});
    PendingCall pending(peer_, std::move(call), request.GetDescriptor()->name(),
                        [this, method, messages](grpc::ClientContext& context, std::function<void(grpc::Status)> done) {
                          (stub_->async()->*method)(&context, &messages->sent, &messages->reply, std::move(done));
                          return std::static_pointer_cast<const void>(messages);
                        });
    return PeerReply<Reply>(std::move(pending), std::shared_ptr<Reply>(messages, &messages->reply));
  }

  template <typename Request, typename Reply>
  absl::StatusOr<Reply> Call(void (PeerMethods<Service>::*method)(grpc::ClientContext*, const Request*, Reply*,
                                                                  std::function<void(grpc::Status)>),
                             const Request& request, PeerCall call) const {
    return Start(method, request, std::move(call)).Wait();
  }

  // What a FeedFollower opens: the Watch `method` with `request` and the follower's token. The response has `token` and
  // `change`, without one it is a bookmark. The stub must outlive the follower.
  template <typename Request, typename Response>
  OpenFeed Watch(void (PeerMethods<Service>::*method)(grpc::ClientContext*, const Request*,
                                                      grpc::ClientReadReactor<Response>*),
                 Request request) const {
    return [this, method, request = std::move(request)](const std::string& token, std::shared_ptr<FeedInbox> inbox) {
      auto sent = std::make_shared<Request>(request);
      sent->set_watch_token(token);
      return std::make_unique<WatchStream<Response>>(
          std::move(inbox), [&](grpc::ClientContext& context, grpc::ClientReadReactor<Response>* reactor) {
            peer_.Prepare(context, {});
            (stub_->async()->*method)(&context, sent.get(), reactor);
            return std::static_pointer_cast<const void>(sent);
          });
    };
  }

 private:
  Peer& peer_;
  const std::unique_ptr<typename Service::Stub> stub_;
};

}  // namespace communique::platform

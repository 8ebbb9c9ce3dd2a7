// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/client_context.h>
#include <grpcpp/support/client_callback.h>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "services/platform/base/timestamp.h"
#include "services/platform/concurrency/mutex.h"
#include "services/platform/following/feed_inbox.h"
#include "services/platform/following/feed_stream.h"
#include "services/platform/rpc/grpc_status.h"

namespace communique::platform {

// A message of a Watch method as an event: `token`, and `change` with its `time`; a bookmark has no change.
template <typename Response>
FeedEvent ToFeedEvent(std::shared_ptr<Response> response) {
  FeedEvent event{.token = response->token()};
  if (!response->has_change()) return event;
  if constexpr (requires { response->change().has_time(); }) {
    if (response->change().has_time()) event.time = FromTimestamp(response->change().time());
  }
  event.message = std::move(response);
  return event;
}

// A stream of gRPC's callback client that fills an inbox. Reads as long as there is room: an unread message holds the
// peer back by flow control. Made and destroyed on the follower's thread; gRPC's threads run the reactions.
template <typename Response>
class WatchStream final : public FeedStream, private grpc::ClientReadReactor<Response> {
 public:
  // Starts the call with this reactor and returns what must live as long as the call: the request.
  using Start =
      std::function<std::shared_ptr<const void>(grpc::ClientContext&, grpc::ClientReadReactor<Response>* reactor)>;

  WatchStream(std::shared_ptr<FeedInbox> inbox, const Start& start) : inbox_(std::move(inbox)) {
    request_ = start(context_, this);
    // Until the reads have ended: between them, while the inbox is full, gRPC would take the call for finished.
    this->AddHold();
    Read();
    this->StartCall();
  }
  ~WatchStream() override {
    context_.TryCancel();
    const MutexLock lock(mutex_);
    cancelled_ = true;
    if (std::exchange(paused_, false)) Read();
    while (!done_) changed_.Wait(mutex_);
  }

  void ReadOn() override {
    const MutexLock lock(mutex_);
    if (std::exchange(paused_, false)) Read();
  }

 private:
  void Read() {
    response_ = std::make_shared<Response>();
    this->StartRead(response_.get());
  }

  void OnReadInitialMetadataDone(bool ok) override {
    if (ok) inbox_->Accepted();
  }
  void OnReadDone(bool ok) override {
    if (!ok) {
      this->RemoveHold();
      return;
    }
    // ReadOn may be called as soon as the event is in the inbox: it finds the pause then.
    const MutexLock lock(mutex_);
    const bool room = cancelled_ || inbox_->Put(ToFeedEvent(std::move(response_)));
    if (room) {
      Read();
    } else {
      paused_ = true;
    }
  }
  void OnDone(const grpc::Status& status) override {
    inbox_->End(FromGrpcStatus(status));
    const MutexLock lock(mutex_);
    done_ = true;
    changed_.NotifyAll();
  }

  const std::shared_ptr<FeedInbox> inbox_;
  grpc::ClientContext context_;
  std::shared_ptr<const void> request_;
  std::shared_ptr<Response> response_;  // being read

  Mutex mutex_;
  Condition changed_;
  bool paused_ ABSL_GUARDED_BY(mutex_) = false;
  bool cancelled_ ABSL_GUARDED_BY(mutex_) = false;
  bool done_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/platform/concurrency/mutex.h"
#include "services/platform/peers/peer.h"

namespace communique::platform {

// A unary call to a peer that is under way, whatever its messages: peer_stub.h makes them. Begun when it is made; one
// thread waits for it.
class PendingCall {
 public:
  // Sends the request on `context` and calls `done` once when the answer is there, from any thread. Gives what must
  // live until then.
  using Send =
      std::function<std::shared_ptr<const void>(grpc::ClientContext& context, std::function<void(grpc::Status)> done)>;

  // `request` names it in the metrics. `peer` must outlive the call.
  PendingCall(Peer& peer, PeerCall call, std::string request, Send send);
  // Cancels the call when nobody has waited for it.
  ~PendingCall();
  PendingCall(PendingCall&&) = default;
  PendingCall& operator=(PendingCall&&) = delete;

  // Waits for the answer, at most until the deadline; with its second attempt where that may be made. Once; never on
  // gRPC's threads.
  absl::Status Wait();

 private:
  // One attempt, shared with gRPC until it has ended.
  struct Attempt {
    explicit Attempt(CallsUnderWay& calls) : under_way(calls) {}

    const CallsUnderWay::Token under_way;  // first, so that it goes last
    std::shared_ptr<const void> kept;
    grpc::ClientContext context;
    absl::Time began = absl::InfinitePast();
    Mutex mutex;
    Condition changed;
    std::optional<grpc::Status> end ABSL_GUARDED_BY(mutex);
  };

  void Begin();
  absl::Status WaitForAttempt();
  // Whether to try a second time: then it has waited for the right moment.
  bool PauseBeforeRetry(const absl::Status& answer) const;

  Peer* peer_;
  PeerCall call_;
  std::string request_;
  Send send_;
  absl::Time deadline_;  // the earlier of the caller's and the peer's timeout
  std::shared_ptr<Attempt> attempt_;
};

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <atomic>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/observability/log.h"
#include "services/platform/observability/metrics.h"
#include "services/platform/peers/calls_under_way.h"
#include "services/platform/peers/peer_options.h"
#include "services/platform/peers/peer_token.h"
#include "services/platform/rpc/call.h"

namespace communique::platform {

// What a call to a peer takes over from the call that is being served, and how it may be made.
struct PeerCall {
  // When whoever waits gives up.
  absl::Time deadline = absl::InfiniteFuture();
  // The x-request-id and W3C trace context to pass on, so that the logs of both services tell one story; empty: none.
  std::string request_id{};
  std::string traceparent{};
  // How long it may take, where that is known to be longer than the peer's calls may (PeerOptions::timeout).
  std::optional<absl::Duration> timeout{};
  // Asks the call to end.
  std::stop_token stop{};
  // Making it twice does what making it once does: it reads, or carries a request_id of its own (RequestIdOfStep). It
  // is then tried a second time when the peer was not there.
  bool repeatable = false;
};

// For a call made while serving `call`.
PeerCall PassOn(const Call& call);

// The request_id of a step of a change: always the same for the same step of the same change, so that a change that is
// repeated repeats the calls it makes. `request_id` is that of the change's own request, a UUID or empty; empty gives
// empty. `step` names the call, and the item where there are several: "publish:de".
std::string RequestIdOfStep(std::string_view request_id, std::string_view step);

// Another service of the suite: one channel to all of its replicas, this service's own token, and what its errors mean.
// Calls are made through peer_stub.h. Thread-safe. The peer sees this service, not who it acts for.
//
// The channel spreads calls over the replicas that say they are ready, connects when first used, and again within two
// seconds after a peer has come back; what cannot be sent fails at once instead of waiting.
class Peer {
 public:
  // INVALID_ARGUMENT when a file that the options name cannot be used. The peer need not be there. `metrics` must
  // outlive the result; it shows communique_peer_*.
  static absl::StatusOr<std::unique_ptr<Peer>> Open(const PeerOptions& options, Metrics& metrics, const Log& log);
  // Waits for the calls under way, which must have been waited for or cancelled.
  ~Peer() { calls_under_way_.WaitUntilNone(); }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  const std::string& name() const { return options_.name; }
  const PeerOptions& options() const { return options_; }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

  // Adds the token and what `call` passes on. May read the token's file.
  void Prepare(grpc::ClientContext& context, const PeerCall& call) const;

  // Counts and times an attempt that ended with `answer`; logs when the peer stops answering, and when it does again.
  void Observe(std::string_view request, const absl::Status& answer, absl::Duration took);
  void CountRetry() { retries_.Increment(); }

  CallsUnderWay& calls_under_way() { return calls_under_way_; }

 private:
  Peer(const PeerOptions& options, std::unique_ptr<PeerToken> token, std::shared_ptr<grpc::Channel> channel,
       Metrics& metrics, Log log);

  const PeerOptions options_;
  const std::unique_ptr<PeerToken> token_;
  const std::shared_ptr<grpc::Channel> channel_;
  const Log log_;
  MetricFamily<Counter>& calls_;
  MetricFamily<Histogram>& seconds_;
  Counter& retries_;
  std::atomic<bool> answers_{true};
  CallsUnderWay calls_under_way_;
};

}  // namespace communique::platform

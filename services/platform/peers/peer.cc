// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/peers/peer.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/base/uuid.h"
#include "services/platform/errors/error.h"
#include "services/platform/peers/peer_channel.h"
#include "services/platform/peers/peer_errors.h"
#include "services/platform/rpc/call_metrics.h"

namespace communique::platform {

PeerCall PassOn(const Call& call) {
  return {.deadline = call.deadline(),
          .request_id = std::string(call.request_id()),
          .traceparent = std::string(call.traceparent())};
}

std::string RequestIdOfStep(std::string_view request_id, std::string_view step) {
  return request_id.empty() ? std::string() : MakeUuidV5(request_id, step);
}

absl::StatusOr<std::unique_ptr<Peer>> Peer::Open(const PeerOptions& options, Metrics& metrics, const Log& log) {
  Log own = log.With({{"peer", options.name}});
  auto token = PeerToken::Open(options.token_file, own);
  if (!token.ok()) {
    return MakeError(token.status().code(), ReasonOf(token.status()),
                     absl::StrCat("peers.", options.name, ".token_file: ", token.status().message()));
  }
  auto channel = MakePeerChannel(options);
  if (!channel.ok()) return channel.status();
  return std::unique_ptr<Peer>(new Peer(options, *std::move(token), *std::move(channel), metrics, std::move(own)));
}

Peer::Peer(const PeerOptions& options, std::unique_ptr<PeerToken> token, std::shared_ptr<grpc::Channel> channel,
           Metrics& metrics, Log log)
    : options_(options),
      token_(std::move(token)),
      channel_(std::move(channel)),
      log_(std::move(log)),
      calls_(metrics.AddCounter("communique_peer_calls_total", "Calls to other services, by request and answer.",
                                {"peer", "request", "code"})),
      seconds_(metrics.AddHistogram("communique_peer_call_seconds", "How long calls to other services take.",
                                    Metrics::LatencyBuckets(), {"peer"})),
      retries_(metrics
                   .AddCounter("communique_peer_retries_total",
                               "Calls made a second time because the other service was not there.", {"peer"})
                   .With({options_.name})) {}

void Peer::Prepare(grpc::ClientContext& context, const PeerCall& call) const {
  if (std::string authorization = token_->Authorization(); !authorization.empty()) {
    context.AddMetadata("authorization", authorization);
  }
  if (!call.request_id.empty()) context.AddMetadata("x-request-id", call.request_id);
  if (!call.traceparent.empty()) context.AddMetadata("traceparent", call.traceparent);
}

void Peer::Observe(std::string_view request, const absl::Status& answer, absl::Duration took) {
  calls_.With({options_.name, request, CodeLabel(answer.code())}).Increment();
  seconds_.With({options_.name}).Observe(absl::ToDoubleSeconds(took));
  const bool answered = IsAnswer(answer);
  if (answers_.exchange(answered, std::memory_order_relaxed) == answered) return;
  if (answered) {
    log_.Info("the peer answers again");
  } else {
    log_.Warning("the peer does not answer", {LogField::Error(answer)});
  }
}

}  // namespace communique::platform

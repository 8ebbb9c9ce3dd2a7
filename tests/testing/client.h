// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "communique/releases/v1/edition_service.grpc.pb.h"
#include "communique/releases/v1/newsroom_service.grpc.pb.h"
#include "communique/releases/v1/release_service.grpc.pb.h"
#include "services/platform/rpc/grpc_status.h"

namespace communique::testing {

namespace v1 = releases::v1;

// A channel of its own, not one that other clients in this process share, which comes back quickly to a server that was
// away.
std::shared_ptr<grpc::Channel> ChannelTo(const std::string& target);

// What a reader gets, and whether it was said to be older than the database's answer (communique-stale-since).
struct EditionAnswer {
  absl::StatusOr<v1::Edition> edition;
  bool stale = false;

  bool Is(v1::Edition::Visibility visibility) const { return edition.ok() && edition->visibility() == visibility; }
};

// A client of one process, with the generated stubs. Thread-safe.
class Client {
 public:
  explicit Client(const std::string& target, absl::Duration deadline = absl::Seconds(20))
      : channel_(ChannelTo(target)), deadline_(deadline) {}

  // Any unary method: Call(&v1::ReleaseService::Stub::SubmitRelease, request).
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                const Request& request) {
    grpc::ClientContext context;
    SetDeadline(context);
    Response response;
    Stub stub(channel_);
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return platform::FromGrpcStatus(status);
    return response;
  }

  EditionAnswer Read(const std::string& edition);

  void SetDeadline(grpc::ClientContext& context) const {
    context.set_deadline(std::chrono::system_clock::now() + absl::ToChronoMicroseconds(deadline_));
  }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

 private:
  const std::shared_ptr<grpc::Channel> channel_;
  const absl::Duration deadline_;
};

}  // namespace communique::testing

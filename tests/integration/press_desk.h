// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/grpcpp.h>

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "communique/releases/v1/newsroom_service.grpc.pb.h"
#include "communique/releases/v1/release_service.grpc.pb.h"
#include "communique/releases/v1/section_service.grpc.pb.h"
#include "services/platform/rpc/grpc_status.h"
#include "services/releases/testing/release_command.h"

namespace communique::testing {

namespace v1 = releases::v1;

// Plays the commands of a random history in newsrooms/relief over the wire, as the people of people.h: the boss does
// everything, and "approver" approves, because nobody approves what he wrote himself. Release n is
// newsrooms/relief/releases/rn.
class PressDesk {
 public:
  // Minutes of commands are counted from `start`.
  PressDesk(std::shared_ptr<grpc::Channel> channel, absl::Time start) : channel_(std::move(channel)), start_(start) {}

  // The newsroom, with sections that show releases by a rule, by picks, and none.
  absl::Status Open();

  // Does what the command says to the release as it is now; a new one wishes for this slug. Requires: it is a verb.
  absl::Status Play(const releases::Command& command, const std::string& slug = "");

  // A text that is there, reviewed and approved, and that nobody publishes.
  absl::Status PrepareCorrection(int release);
  // A new release that becomes public by itself.
  absl::Status Schedule(int release, absl::Time time);

  static std::string NameOf(int release) { return "newsrooms/relief/releases/r" + std::to_string(release); }

 private:
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> As(const std::string& who,
                              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                              const Request& request) {
    grpc::ClientContext context;
    SetUp(who, context);
    Response response;
    Stub stub(channel_);
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return platform::FromGrpcStatus(status);
    return response;
  }
  static void SetUp(const std::string& who, grpc::ClientContext& context);

  absl::Status MakeSection(const std::string& id, v1::Section section);
  absl::Status Create(int release, int text, const std::string& slug);
  absl::Status Update(const v1::Release& release, const std::string& etag, const char* path);
  absl::Status Edit(const releases::Command& command, const v1::Release& release, const std::string& etag);
  absl::Status WriteBlock(const releases::Command& command, const v1::Release& release);
  absl::Status Withdraw(const releases::Command& command, v1::WithdrawReleaseRequest request);
  v1::Release Read(int release);

  const std::shared_ptr<grpc::Channel> channel_;
  const absl::Time start_;
};

}  // namespace communique::testing

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "communique/releases/v1/newsroom_service.grpc.pb.h"
#include "services/contacts/usecases/follow_newsrooms.h"
#include "services/platform/peers/peer_stub.h"

namespace communique::contacts {

// The releases service as NewsroomSource.
class NewsroomPeer final : public NewsroomSource {
 public:
  // `releases` must outlive it.
  explicit NewsroomPeer(platform::Peer& releases) : newsrooms_(releases) {}

  absl::StatusOr<Newsroom> Get(const std::string& name, absl::Time deadline, const std::stop_token& stop) override;
  absl::StatusOr<Page> List(const std::string& page_token, const std::stop_token& stop) override;

  // For the follower. This must outlive it.
  platform::OpenFeed Watch() const;

 private:
  platform::PeerStub<releases::v1::NewsroomService> newsrooms_;
};

}  // namespace communique::contacts

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "communique/contacts/v1/contact_service.grpc.pb.h"
#include "services/platform/peers/peer_stub.h"
#include "services/releases/usecases/contact_directory.h"

namespace communique::releases {

// The contacts service as ContactDirectory.
class ContactPeer final : public ContactDirectory {
 public:
  // `contacts` must outlive it.
  explicit ContactPeer(platform::Peer& contacts) : contacts_(contacts) {}

  absl::StatusOr<contacts::v1::PrintContactsResponse> Print(const platform::Caller& caller,
                                                            const contacts::v1::PrintContactsRequest& request) override;
  absl::StatusOr<contacts::v1::MatchContactsResponse> Match(const platform::Caller& caller,
                                                            const contacts::v1::MatchContactsRequest& request) override;
  absl::StatusOr<contacts::v1::Contact> Create(const platform::Caller& caller,
                                               const contacts::v1::CreateContactRequest& request,
                                               std::string_view step) override;
  absl::StatusOr<std::string> WatchToken(const std::stop_token& stop) override;

  // What happens to contacts, for the follower. This must outlive it.
  platform::OpenFeed Watch() const;

 private:
  platform::PeerStub<contacts::v1::ContactService> contacts_;
};

}  // namespace communique::releases

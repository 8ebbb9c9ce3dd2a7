// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "communique/releases/v1/personal_data_service.grpc.pb.h"
#include "services/contacts/usecases/personal_data_source.h"
#include "services/platform/peers/peer_stub.h"

namespace communique::contacts {

// The releases service as PersonalDataSource. This service's token needs the role privacy_officer there.
class PersonalDataPeer final : public PersonalDataSource {
 public:
  // `releases` must outlive it.
  explicit PersonalDataPeer(platform::Peer& releases) : releases_(releases) {}

  absl::StatusOr<releases::v1::ListPersonalDataResponse> List(const releases::v1::ListPersonalDataRequest& request,
                                                              const Call& call) override;
  absl::StatusOr<releases::v1::ErasePersonalDataResponse> Erase(const releases::v1::ErasePersonalDataRequest& request,
                                                                const Call& call) override;

 private:
  platform::PeerStub<releases::v1::PersonalDataService> releases_;
};

}  // namespace communique::contacts

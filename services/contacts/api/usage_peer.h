// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "communique/releases/v1/release_service.grpc.pb.h"
#include "services/contacts/usecases/contact_usages.h"
#include "services/platform/peers/peer_stub.h"

namespace communique::contacts {

// The releases service as UsageSource.
class UsagePeer final : public UsageSource {
 public:
  // `releases` must outlive it.
  explicit UsagePeer(platform::Peer& releases) : releases_(releases) {}

  absl::StatusOr<releases::v1::ListContactUsagesResponse> List(
      const Caller& caller, const releases::v1::ListContactUsagesRequest& request) override;

 private:
  platform::PeerStub<releases::v1::ReleaseService> releases_;
};

}  // namespace communique::contacts

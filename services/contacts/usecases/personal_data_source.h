// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stop_token>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "communique/releases/v1/personal_data_service.pb.h"

namespace communique::contacts {

// What the releases service holds of a person; asked over gRPC (api/personal_data_peer.h), on the calling thread.
class PersonalDataSource {
 public:
  // How a call is made.
  struct Call {
    absl::Time deadline;
    std::string request_id;
    std::stop_token stop{};
  };

  virtual ~PersonalDataSource() = default;

  // Errors: UNAVAILABLE, PEER_UNAVAILABLE when there is no answer; CANCELLED when it was asked to stop.
  virtual absl::StatusOr<releases::v1::ListPersonalDataResponse> List(
      const releases::v1::ListPersonalDataRequest& request, const Call& call) = 0;
  // May be repeated at any time. The same errors.
  virtual absl::StatusOr<releases::v1::ErasePersonalDataResponse> Erase(
      const releases::v1::ErasePersonalDataRequest& request, const Call& call) = 0;
};

}  // namespace communique::contacts

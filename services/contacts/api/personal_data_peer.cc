// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/api/personal_data_peer.h"

namespace communique::contacts {
namespace {

using Methods = platform::PeerMethods<releases::v1::PersonalDataService>;

// All texts are looked through, and at the end files are cleaned.
constexpr absl::Duration kTimeout = absl::Minutes(5);

platform::PeerCall ToPeer(const PersonalDataSource::Call& call) {
  return {.deadline = call.deadline,
          .request_id = call.request_id,
          .timeout = kTimeout,
          .stop = call.stop,
          .repeatable = true};
}

}  // namespace

absl::StatusOr<releases::v1::ListPersonalDataResponse> PersonalDataPeer::List(
    const releases::v1::ListPersonalDataRequest& request, const Call& call) {
  return releases_.Call(&Methods::ListPersonalData, request, ToPeer(call));
}

absl::StatusOr<releases::v1::ErasePersonalDataResponse> PersonalDataPeer::Erase(
    const releases::v1::ErasePersonalDataRequest& request, const Call& call) {
  return releases_.Call(&Methods::ErasePersonalData, request, ToPeer(call));
}

}  // namespace communique::contacts

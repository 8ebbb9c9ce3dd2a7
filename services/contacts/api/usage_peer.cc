// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/api/usage_peer.h"

namespace communique::contacts {

absl::StatusOr<releases::v1::ListContactUsagesResponse> UsagePeer::List(
    const Caller& caller, const releases::v1::ListContactUsagesRequest& request) {
  return releases_.Call(&platform::PeerMethods<releases::v1::ReleaseService>::ListContactUsages, request,
                        {.deadline = caller.deadline, .request_id = caller.request_id, .repeatable = true});
}

}  // namespace communique::contacts

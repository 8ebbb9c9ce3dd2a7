// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/contacts/v1/printing.pb.h"
#include "communique/releases/v1/contact_usage.pb.h"
#include "services/contacts/usecases/environment.h"

namespace communique::contacts {

// Where contacts are printed, which the releases service knows; asked over gRPC (api/usage_peer.h), on the calling
// thread.
class UsageSource {
 public:
  virtual ~UsageSource() = default;

  // Errors: UNAVAILABLE, PEER_UNAVAILABLE when there is no answer.
  virtual absl::StatusOr<releases::v1::ListContactUsagesResponse> List(
      const Caller& caller, const releases::v1::ListContactUsagesRequest& request) = 0;
};

// ContactService.ListUsages.
absl::StatusOr<v1::ListUsagesResponse> ListUsages(const Environment& environment, const Caller& caller,
                                                  const v1::ListUsagesRequest& request);

}  // namespace communique::contacts

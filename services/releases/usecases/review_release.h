// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/releases/v1/release_service.pb.h"
#include "services/releases/usecases/environment.h"

namespace communique::releases {

// The review of a text: ReleaseService's SubmitRelease, ReturnRelease and ApproveRelease.
absl::StatusOr<Written<v1::Release>> SubmitRelease(const Environment& environment, const Caller& caller,
                                                   const v1::SubmitReleaseRequest& request);
absl::StatusOr<Written<v1::Release>> ReturnRelease(const Environment& environment, const Caller& caller,
                                                   const v1::ReturnReleaseRequest& request);
absl::StatusOr<Written<v1::Release>> ApproveRelease(const Environment& environment, const Caller& caller,
                                                    const v1::ApproveReleaseRequest& request);

}  // namespace communique::releases

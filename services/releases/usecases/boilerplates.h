// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/releases/v1/boilerplate_service.pb.h"
#include "services/releases/usecases/environment.h"

namespace communique::releases {

// See BoilerplateService.
absl::StatusOr<Written<v1::Boilerplate>> CreateBoilerplate(const Environment& environment, const Caller& caller,
                                                           const v1::CreateBoilerplateRequest& request);
absl::StatusOr<v1::Boilerplate> GetBoilerplate(const Environment& environment, const Caller& caller,
                                               const v1::GetBoilerplateRequest& request);
absl::StatusOr<v1::ListBoilerplatesResponse> ListBoilerplates(const Environment& environment, const Caller& caller,
                                                              const v1::ListBoilerplatesRequest& request);
absl::StatusOr<Written<v1::Boilerplate>> UpdateBoilerplate(const Environment& environment, const Caller& caller,
                                                           const v1::UpdateBoilerplateRequest& request);
absl::StatusOr<v1::BoilerplateRevision> GetBoilerplateRevision(const Environment& environment, const Caller& caller,
                                                               const v1::GetBoilerplateRevisionRequest& request);
absl::StatusOr<v1::ListBoilerplateRevisionsResponse> ListBoilerplateRevisions(
    const Environment& environment, const Caller& caller, const v1::ListBoilerplateRevisionsRequest& request);

}  // namespace communique::releases

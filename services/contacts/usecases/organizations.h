// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/contacts/v1/organization_service.pb.h"
#include "services/contacts/usecases/environment.h"

namespace communique::contacts {

// See OrganizationService.
absl::StatusOr<Written<v1::Organization>> CreateOrganization(const Environment& environment, const Caller& caller,
                                                             const v1::CreateOrganizationRequest& request);
absl::StatusOr<v1::Organization> GetOrganization(const Environment& environment, const Caller& caller,
                                                 const v1::GetOrganizationRequest& request);
absl::StatusOr<v1::BatchGetOrganizationsResponse> BatchGetOrganizations(
    const Environment& environment, const Caller& caller, const v1::BatchGetOrganizationsRequest& request);
absl::StatusOr<v1::ListOrganizationsResponse> ListOrganizations(const Environment& environment, const Caller& caller,
                                                                const v1::ListOrganizationsRequest& request);
absl::StatusOr<Written<v1::Organization>> UpdateOrganization(const Environment& environment, const Caller& caller,
                                                             const v1::UpdateOrganizationRequest& request);
absl::StatusOr<Written<v1::Organization>> DeleteOrganization(const Environment& environment, const Caller& caller,
                                                             const v1::DeleteOrganizationRequest& request);
absl::StatusOr<Written<v1::Organization>> UndeleteOrganization(const Environment& environment, const Caller& caller,
                                                               const v1::UndeleteOrganizationRequest& request);

}  // namespace communique::contacts

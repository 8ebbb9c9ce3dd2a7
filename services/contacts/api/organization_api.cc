// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/api/organization_api.h"

#include "services/contacts/usecases/organizations.h"

namespace communique::contacts {

platform::ServiceMethods OrganizationMethods(const ApiParts& parts) {
  return {"communique.contacts.v1.OrganizationService",
          {platform::Writing<v1::CreateOrganizationRequest, v1::Organization>("CreateOrganization", parts,
                                                                              CreateOrganization),
           platform::Reading<v1::GetOrganizationRequest, v1::Organization>("GetOrganization", parts, GetOrganization),
           platform::Reading<v1::BatchGetOrganizationsRequest, v1::BatchGetOrganizationsResponse>(
               "BatchGetOrganizations", parts, BatchGetOrganizations),
           platform::Reading<v1::ListOrganizationsRequest, v1::ListOrganizationsResponse>("ListOrganizations", parts,
                                                                                          ListOrganizations),
           platform::Writing<v1::UpdateOrganizationRequest, v1::Organization>("UpdateOrganization", parts,
                                                                              UpdateOrganization),
           platform::Writing<v1::DeleteOrganizationRequest, v1::Organization>("DeleteOrganization", parts,
                                                                              DeleteOrganization),
           platform::Writing<v1::UndeleteOrganizationRequest, v1::Organization>("UndeleteOrganization", parts,
                                                                                UndeleteOrganization)}};
}

}  // namespace communique::contacts

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/api/consent_api.h"

#include "services/contacts/usecases/permissions.h"
#include "services/contacts/usecases/processing_records.h"
#include "services/contacts/usecases/suppressions.h"

namespace communique::contacts {

platform::ServiceMethods ConsentMethods(const ApiParts& parts) {
  return {
      "communique.contacts.v1.ConsentService",
      {platform::Writing<v1::CreateProcessingRecordRequest, v1::ProcessingRecord>("CreateProcessingRecord", parts,
                                                                                  CreateProcessingRecord),
       platform::Reading<v1::GetProcessingRecordRequest, v1::ProcessingRecord>("GetProcessingRecord", parts,
                                                                               GetProcessingRecord),
       platform::Reading<v1::ListProcessingRecordsRequest, v1::ListProcessingRecordsResponse>(
           "ListProcessingRecords", parts, ListProcessingRecords),
       platform::Reading<v1::CheckPermissionRequest, v1::Permission>("CheckPermission", parts, CheckPermission),
       platform::Reading<v1::BatchCheckPermissionsRequest, v1::BatchCheckPermissionsResponse>(
           "BatchCheckPermissions", parts, BatchCheckPermissions),
       platform::Writing<v1::CreateSuppressionRequest, v1::Suppression>("CreateSuppression", parts, CreateSuppression),
       platform::Writing<v1::SuppressContactRequest, v1::SuppressContactResponse>("SuppressContact", parts,
                                                                                  SuppressContact),
       platform::Reading<v1::GetSuppressionRequest, v1::Suppression>("GetSuppression", parts, GetSuppression),
       platform::Reading<v1::ListSuppressionsRequest, v1::ListSuppressionsResponse>("ListSuppressions", parts,
                                                                                    ListSuppressions),
       platform::Reading<v1::LookupSuppressionsRequest, v1::LookupSuppressionsResponse>("LookupSuppressions", parts,
                                                                                        LookupSuppressions),
       platform::Writing<v1::DeleteSuppressionRequest, v1::Suppression>("DeleteSuppression", parts,
                                                                        DeleteSuppression)}};
}

}  // namespace communique::contacts

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/api/erasure_api.h"

#include "services/contacts/usecases/erase_contact.h"
#include "services/contacts/usecases/erasures.h"
#include "services/contacts/usecases/export_personal_data.h"

namespace communique::contacts {

platform::ServiceMethods ErasureMethods(const ApiParts& parts) {
  return {"communique.contacts.v1.ErasureService",
          {platform::Asking<v1::ExportPersonalDataRequest, v1::ExportPersonalDataResponse>("ExportPersonalData", parts,
                                                                                           ExportPersonalData),
           platform::WritingAfterAsking<v1::EraseContactRequest, v1::Erasure>("EraseContact", parts, EraseContact),
           platform::Reading<v1::GetErasureRequest, v1::Erasure>("GetErasure", parts, GetErasure),
           platform::Reading<v1::ListErasuresRequest, v1::ListErasuresResponse>("ListErasures", parts, ListErasures)}};
}

}  // namespace communique::contacts

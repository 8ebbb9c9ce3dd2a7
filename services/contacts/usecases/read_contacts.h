// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "communique/contacts/v1/contact_service.pb.h"
#include "services/contacts/domain/personal_fields.h"
#include "services/contacts/usecases/environment.h"

namespace communique::contacts {

// What staff read of contacts: see the methods of the same names in ContactService.
absl::StatusOr<v1::Contact> GetContact(const Environment& environment, const Caller& caller,
                                       const v1::GetContactRequest& request);
absl::StatusOr<v1::BatchGetContactsResponse> BatchGetContacts(const Environment& environment, const Caller& caller,
                                                              const v1::BatchGetContactsRequest& request);
absl::StatusOr<v1::ListContactsResponse> ListContacts(const Environment& environment, const Caller& caller,
                                                      const v1::ListContactsRequest& request);

// The read_mask of a request about a newsroom (its id), if the caller may be given what it asks for:
// PERMISSION_DENIED naming the permission, the newsroom and the first personal field; INVALID_ARGUMENT for what is not
// a field.
absl::StatusOr<ContactReadMask> CheckedReadMask(const Caller& caller, const std::string& newsroom,
                                                const google::protobuf::FieldMask& read_mask);

}  // namespace communique::contacts

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/contacts/v1/contact_service.pb.h"
#include "services/contacts/usecases/environment.h"

namespace communique::contacts {

// What changes a contact by itself: see the methods of the same names in ContactService. Each answers with the contact
// as GetContact gives it without a read_mask.
absl::StatusOr<Written<v1::Contact>> CreateContact(const Environment& environment, const Caller& caller,
                                                   const v1::CreateContactRequest& request);
absl::StatusOr<Written<v1::Contact>> UpdateContact(const Environment& environment, const Caller& caller,
                                                   const v1::UpdateContactRequest& request);
absl::StatusOr<Written<v1::Contact>> DeleteContact(const Environment& environment, const Caller& caller,
                                                   const v1::DeleteContactRequest& request);
absl::StatusOr<Written<v1::Contact>> UndeleteContact(const Environment& environment, const Caller& caller,
                                                     const v1::UndeleteContactRequest& request);
absl::StatusOr<Written<v1::Contact>> DeactivateContact(const Environment& environment, const Caller& caller,
                                                       const v1::DeactivateContactRequest& request);
absl::StatusOr<Written<v1::Contact>> ReactivateContact(const Environment& environment, const Caller& caller,
                                                       const v1::ReactivateContactRequest& request);

}  // namespace communique::contacts

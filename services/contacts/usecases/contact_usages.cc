// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/contact_usages.h"

#include <utility>

#include "services/contacts/usecases/read_contacts.h"

namespace communique::contacts {

absl::StatusOr<v1::ListUsagesResponse> ListUsages(const Environment& environment, const Caller& caller,
                                                  const v1::ListUsagesRequest& request) {
  v1::GetContactRequest get;
  get.set_name(request.name());
  if (const auto contact = GetContact(environment, caller, get); !contact.ok()) return contact.status();
  releases::v1::ListContactUsagesRequest ask;
  // Those of all newsrooms: whatever is listed is public.
  ask.set_parent("newsrooms/-");
  ask.set_contact(request.name());
  ask.set_page_size(request.page_size());
  ask.set_page_token(request.page_token());
  auto usages = environment.usages->List(caller, ask);
  if (!usages.ok()) return usages.status();
  v1::ListUsagesResponse response;
  response.mutable_usages()->Swap(usages->mutable_usages());
  response.set_next_page_token(usages->next_page_token());
  return response;
}

}  // namespace communique::contacts

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/identity_keys.h"

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/search_keys.h"

namespace communique::contacts {

std::set<std::string> IdentityKeys(const v1::Contact& contact) {
  std::set<std::string> keys;
  for (const auto& email : contact.emails()) {
    if (email.role_mailbox()) continue;
    if (const auto key = MailboxSearchKey(email.address())) keys.insert(key->key);
  }
  for (const auto& phone : contact.phones()) {
    if (phone.kind() == v1::PhoneNumber::KIND_FAX || phone.e164().empty()) continue;
    keys.insert(absl::StrCat(phone.e164(), phone.extension().empty() ? "" : ";ext=", phone.extension()));
  }
  return keys;
}

}  // namespace communique::contacts

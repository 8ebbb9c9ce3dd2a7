// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/identity_keys.h"

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/search_keys.h"

namespace communique::contacts {
namespace {

// Calls `visit(address, extension)` for each mailbox and number that is somebody's own.
template <typename Visit>
void ForEachOwn(const v1::Contact& contact, Visit visit) {
  for (const auto& email : contact.emails()) {
    if (email.role_mailbox()) continue;
    if (const auto key = MailboxSearchKey(email.address())) visit(key->key, "");
  }
  for (const auto& phone : contact.phones()) {
    if (phone.kind() == v1::PhoneNumber::KIND_FAX || phone.e164().empty()) continue;
    visit(phone.e164(), phone.extension());
  }
}

}  // namespace

std::set<std::string> IdentityKeys(const v1::Contact& contact) {
  std::set<std::string> keys;
  ForEachOwn(contact, [&](const std::string& address, const std::string& extension) {
    keys.insert(absl::StrCat(address, extension.empty() ? "" : ";ext=", extension));
  });
  return keys;
}

std::set<std::string> IdentityAddresses(const v1::Contact& contact) {
  std::set<std::string> addresses;
  ForEachOwn(contact, [&](const std::string& address, const std::string&) { addresses.insert(address); });
  return addresses;
}

}  // namespace communique::contacts

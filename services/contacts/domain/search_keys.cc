// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/search_keys.h"

#include <set>

#include "services/contacts/domain/text/email_address.h"
#include "services/contacts/domain/text/phone_number.h"
#include "services/contacts/domain/text/word_keys.h"

namespace communique::contacts {
namespace {

class Keys {
 public:
  void AddWords(std::string_view text) {
    for (std::string& word : WordKeysOf(text)) {
      if (!word.empty()) keys_.insert({SearchKeyKind::kWord, std::move(word)});
    }
  }
  void Add(SearchKey key) { keys_.insert(std::move(key)); }
  void AddNames(const v1::Organization& organization) {
    for (const auto& name : organization.names()) {
      AddWords(name.display_name());
      AddWords(name.acronym());
    }
  }
  std::vector<SearchKey> Sorted() const { return {keys_.begin(), keys_.end()}; }

 private:
  std::set<SearchKey> keys_;
};

}  // namespace

std::vector<SearchKey> SearchKeysOf(const v1::Contact& contact, const v1::Organization* organization) {
  Keys keys;
  for (const auto& name : contact.person_names()) keys.AddWords(name.display_name());
  for (const auto& name : contact.desk_names()) keys.AddWords(name.text());
  for (const auto& title : contact.role_titles()) keys.AddWords(title.text());
  if (organization != nullptr) keys.AddNames(*organization);
  for (const auto& email : contact.emails()) {
    if (auto key = MailboxSearchKey(email.address())) keys.Add(*std::move(key));
  }
  for (const auto& phone : contact.phones()) {
    if (!phone.e164().empty()) keys.Add({SearchKeyKind::kPhone, phone.e164()});
  }
  return keys.Sorted();
}

std::vector<SearchKey> SearchKeysOf(const v1::Organization& organization) {
  Keys keys;
  keys.AddNames(organization);
  return keys.Sorted();
}

std::optional<SearchKey> MailboxSearchKey(std::string_view query) {
  // What was stored under a wider rule is found under any.
  const auto address = ParseEmailAddress(query, {.allow_single_label_domain = true});
  if (!address.ok()) return std::nullopt;
  return SearchKey{SearchKeyKind::kMailbox, MailboxHint(*address)};
}

std::optional<SearchKey> PhoneSearchKey(std::string_view query, std::string_view default_region) {
  const auto number = ParsePhoneNumber(query, default_region);
  if (!number.ok()) return std::nullopt;
  return SearchKey{SearchKeyKind::kPhone, number->e164};
}

}  // namespace communique::contacts

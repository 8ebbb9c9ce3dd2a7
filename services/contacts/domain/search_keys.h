// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "communique/contacts/v1/contact.pb.h"
#include "communique/contacts/v1/organization.pb.h"

// What a contact or organization is found by; text/word_keys.h says which spellings of a word find each other, and
// WordForms how a query asks for all of its words. Pure functions, from any thread.
namespace communique::contacts {

// Keys of people's mailboxes and telephones are of kinds of their own: who may not read what is personal does not find
// by it either. The numbers are stored.
enum class SearchKeyKind { kWord = 1, kMailbox = 2, kPhone = 3 };

struct SearchKey {
  SearchKeyKind kind = SearchKeyKind::kWord;
  std::string key;

  friend bool operator==(const SearchKey&, const SearchKey&) = default;
  friend bool operator<(const SearchKey& a, const SearchKey& b) {
    return std::tie(a.kind, a.key) < std::tie(b.kind, b.key);
  }
};

// The keys of a normalized contact, sorted, each once: the words of its names as they are printed (not of their parts,
// which not everybody may read), of its roles and of its organization's names, whole mailboxes (case and "+tag" aside),
// and whole numbers in international form. `organization` is null where it has none.
std::vector<SearchKey> SearchKeysOf(const v1::Contact& contact, const v1::Organization* organization);

// The keys of an organization: the words of its names and acronyms.
std::vector<SearchKey> SearchKeysOf(const v1::Organization& organization);

// The key that a query finds a mailbox by; nothing when it is no whole address.
std::optional<SearchKey> MailboxSearchKey(std::string_view query);

// The key that a query finds a telephone by, its extension aside; nothing when it is no whole number. `default_region`:
// a country whose numbers may lack the "+", or empty.
std::optional<SearchKey> PhoneSearchKey(std::string_view query, std::string_view default_region = "");

}  // namespace communique::contacts

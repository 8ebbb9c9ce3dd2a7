// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/repeats.h"

#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/exchange/card.h"
#include "services/contacts/domain/text/phone_number.h"
#include "services/platform/resources/field_checks.h"

namespace communique::contacts {
namespace {

// Keeps the first entry of each key; those without one are kept all, to be refused for what they are.
template <typename Entry, typename KeyOf>
void KeepFirst(const std::string& list, google::protobuf::RepeatedPtrField<Entry>& entries, KeyOf key_of,
               ImportCard& card) {
  const auto path = [&](int index) { return absl::StrCat(list, "[", index, "]"); };
  std::set<std::string> seen;
  int kept = 0;
  for (int i = 0; i < entries.size(); ++i) {
    const auto known = card.places.find(path(i));
    const FilePlace place = known == card.places.end() ? FilePlace{card.line, 0} : known->second;
    const std::string key = key_of(entries[i]);
    if (!key.empty() && !seen.insert(key).second) {
      card.findings.push_back(
          MakeFinding(place.line, "contact." + list, "is there twice; it was taken over once", place.column));
      continue;
    }
    card.places[path(kept)] = place;
    entries.SwapElements(kept++, i);
  }
  for (int i = kept; i < entries.size(); ++i) card.places.erase(path(i));
  entries.DeleteSubrange(kept, entries.size() - kept);
}

}  // namespace

void LeaveOutRepeats(const EmailRules& rules, ImportCard& card) {
  v1::Contact& contact = card.contact;
  KeepFirst(
      "emails", *contact.mutable_emails(),
      [&](const v1::EmailAddress& email) {
        const auto parsed = ParseEmailAddress(email.address(), rules);
        return parsed.ok() ? MailboxKey(*parsed) : std::string();
      },
      card);
  KeepFirst(
      "phones", *contact.mutable_phones(),
      [](const v1::PhoneNumber& phone) {
        const auto parsed = ParsePhoneNumber(phone.number(), phone.region());
        if (!parsed.ok()) return std::string();
        // One line may serve a telephone and a telefax.
        const bool fax = phone.kind() == v1::PhoneNumber::KIND_FAX;
        return absl::StrCat(parsed->e164, ";", parsed->extension, fax ? ";fax" : "");
      },
      card);
  KeepFirst(
      "web_addresses", *contact.mutable_web_addresses(), [](const v1::WebAddress& web) { return web.uri(); }, card);
  KeepFirst(
      "languages", *contact.mutable_languages(),
      [](std::string language) {
        platform::Canonicalize(language);
        return language;
      },
      card);
}

}  // namespace communique::contacts

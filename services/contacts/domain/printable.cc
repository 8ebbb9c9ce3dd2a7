// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/printable.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <string>

#include "services/contacts/domain/text/code_points.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/locale/language_tag.h"

namespace communique::contacts {
namespace {

template <typename Entry>
struct Chosen {
  const Entry* entry = nullptr;  // null when there is none at all
  bool in_language = true;
};

template <typename Entry>
Chosen<Entry> Choose(const google::protobuf::RepeatedPtrField<Entry>& entries, std::string_view locale) {
  if (entries.empty()) return {};
  for (const std::string& tag : platform::LookupChain(locale)) {
    for (const Entry& entry : entries) {
      if (entry.locale() == tag) return {&entry, true};
    }
  }
  return {&entries[0], false};
}

// Whether the letters of `name` are of a script that `locale` is written in.
bool IsInScriptOf(std::string_view name, std::string_view locale) {
  std::array<UScriptCode, 16> scripts{};
  UErrorCode status = U_ZERO_ERROR;
  const auto count =
      uscript_getCode(std::string(locale).c_str(), scripts.data(), static_cast<std::int32_t>(scripts.size()), &status);
  if (U_FAILURE(status) || count <= 0) return false;
  const std::u32string points = ToCodePoints(name);
  return std::all_of(points.begin(), points.end(), [&](char32_t c) {
    const auto point = static_cast<UChar32>(c);
    return !u_isalpha(point) || std::any_of(scripts.begin(), scripts.begin() + count,
                                            [&](UScriptCode script) { return uscript_hasScript(point, script); });
  });
}

void PrintName(const v1::Contact& contact, std::string_view locale, v1::PrintableContact& printed) {
  if (contact.kind() == v1::Contact::KIND_PERSON) {
    const auto name = Choose(contact.person_names(), locale);
    if (name.entry == nullptr) return;
    printed.set_display_name(name.entry->display_name());
    printed.set_honorific(name.entry->honorific());
    if (!name.in_language && !IsInScriptOf(name.entry->display_name(), locale)) printed.set_in_language(false);
  } else if (contact.kind() == v1::Contact::KIND_DESK) {
    const auto name = Choose(contact.desk_names(), locale);
    if (name.entry == nullptr) return;
    printed.set_display_name(name.entry->text());
    if (!name.in_language) printed.set_in_language(false);
  }
}

void PrintRole(const v1::Contact& contact, const v1::Organization* organization, std::string_view locale,
               v1::PrintableContact& printed) {
  if (const auto title = Choose(contact.role_titles(), locale); title.entry != nullptr) {
    printed.set_role_title(title.entry->text());
    if (!title.in_language) printed.set_in_language(false);
  }
  if (organization == nullptr) return;
  if (const auto name = Choose(organization->names(), locale); name.entry != nullptr) {
    printed.set_organization_name(name.entry->display_name());
    printed.set_organization_acronym(name.entry->acronym());
    if (!name.in_language) printed.set_in_language(false);
  }
}

bool IsTelephone(v1::PhoneNumber::Kind kind) {
  return kind == v1::PhoneNumber::KIND_UNSPECIFIED || kind == v1::PhoneNumber::KIND_WORK ||
         kind == v1::PhoneNumber::KIND_MOBILE;
}

void PrintAddresses(const v1::Contact& contact, v1::PrintableContact& printed) {
  for (const auto& email : contact.emails()) {
    if (email.visibility() == v1::VISIBILITY_PUBLIC) printed.add_emails(email.address());
  }
  for (const auto& phone : contact.phones()) {
    if (phone.visibility() == v1::VISIBILITY_PUBLIC && IsTelephone(phone.kind())) printed.add_phones(phone.number());
  }
  for (const auto& web : contact.web_addresses()) {
    if (web.visibility() != v1::VISIBILITY_PUBLIC) continue;
    // Field by field: what a later version adds to it may not be for everybody.
    auto* address = printed.add_web_addresses();
    address->set_uri(web.uri());
    address->set_label(web.label());
    address->set_visibility(v1::VISIBILITY_PUBLIC);
  }
}

}  // namespace

v1::PrintableContact Print(const PrintChoice& choice, const v1::Organization* organization, std::string_view locale) {
  const v1::Contact& contact = choice.contact;
  v1::PrintableContact printed;
  printed.set_contact(contact.name());
  printed.set_etag(contact.etag());
  if (choice.asked != contact.name()) printed.set_instead_of(choice.asked);
  printed.set_locale(std::string(locale));
  printed.set_in_language(true);
  printed.set_kind(contact.kind());
  if (choice.until) *printed.mutable_show_until() = platform::ToTimestamp(*choice.until);
  printed.set_stand_in(choice.stand_in);
  if (contact.visibility() != v1::VISIBILITY_PUBLIC) return printed;
  PrintName(contact, locale, printed);
  PrintRole(contact, organization, locale, printed);
  PrintAddresses(contact, printed);
  return printed;
}

}  // namespace communique::contacts

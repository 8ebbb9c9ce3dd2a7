// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/contact_addresses.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/field_problems.h"
#include "services/contacts/domain/text/email_address.h"
#include "services/contacts/domain/text/phone_number.h"
#include "services/platform/base/string_view.h"

namespace communique::contacts {
namespace {

constexpr std::string_view kExtension = ";ext=";

// What was stored under a wider rule is recognised under any.
constexpr EmailRules kWide = {.allow_single_label_domain = true};

std::string NumberOf(std::string_view e164, std::string_view extension) {
  if (extension.empty()) return std::string(e164);
  return absl::StrCat(platform::ToAbsl(e164), platform::ToAbsl(kExtension), platform::ToAbsl(extension));
}

void AddMailboxes(const v1::Contact& contact, std::vector<ContactAddress>& addresses) {
  const bool is_public = contact.visibility() == v1::VISIBILITY_PUBLIC;
  for (int i = 0; i < contact.emails_size(); ++i) {
    const auto& email = contact.emails(i);
    const auto parsed = ParseEmailAddress(email.address(), kWide);
    if (!parsed.ok()) continue;
    addresses.push_back({.field = absl::StrCat("emails[", i, "].address"),
                         .value = parsed->ascii_address,
                         .written = email.address(),
                         .key = {v1::CHANNEL_EMAIL, MailboxHint(*parsed)},
                         .is_public = is_public && email.visibility() == v1::VISIBILITY_PUBLIC,
                         .personal = contact.kind() != v1::Contact::KIND_DESK && !email.role_mailbox()});
  }
}

void AddNumbers(const v1::Contact& contact, std::vector<ContactAddress>& addresses) {
  const bool is_public = contact.visibility() == v1::VISIBILITY_PUBLIC;
  for (int i = 0; i < contact.phones_size(); ++i) {
    const auto& phone = contact.phones(i);
    if (phone.e164().empty() || phone.kind() == v1::PhoneNumber::KIND_FAX) continue;
    const std::string number = NumberOf(phone.e164(), phone.extension());
    addresses.push_back({.field = absl::StrCat("phones[", i, "].number"),
                         .value = number,
                         .written = phone.number(),
                         .key = {v1::CHANNEL_PHONE, number},
                         .is_public = is_public && phone.visibility() == v1::VISIBILITY_PUBLIC,
                         .personal = contact.kind() != v1::Contact::KIND_DESK});
  }
}

}  // namespace

std::vector<ContactAddress> AddressesOf(const v1::Contact& contact, v1::Channel channel) {
  std::vector<ContactAddress> addresses;
  if (channel == v1::CHANNEL_EMAIL || channel == v1::CHANNEL_UNSPECIFIED) AddMailboxes(contact, addresses);
  if (channel == v1::CHANNEL_PHONE || channel == v1::CHANNEL_UNSPECIFIED) AddNumbers(contact, addresses);
  return addresses;
}

absl::StatusOr<AddressKey> KeyOf(const v1::SuppressedAddress& address) {
  platform::FieldViolations violations;
  switch (address.address_case()) {
    case v1::SuppressedAddress::kEmail: {
      const auto parsed = ParseEmailAddress(address.email(), kWide);
      if (parsed.ok()) return AddressKey{v1::CHANNEL_EMAIL, MailboxHint(*parsed)};
      AddProblem("email", parsed.problem(), violations);
      return violations.ToStatus();
    }
    case v1::SuppressedAddress::kPhone: {
      const auto parsed = ParsePhoneNumber(address.phone(), "");
      if (parsed.ok()) return AddressKey{v1::CHANNEL_PHONE, NumberOf(parsed->e164, parsed->extension)};
      AddProblem("phone", parsed.problem(), violations);
      return violations.ToStatus();
    }
    default:
      violations.Add("email", "must be a mailbox, or phone a telephone number");
      return violations.ToStatus();
  }
}

std::vector<AddressKey> SuppressedBy(const AddressKey& key) {
  std::vector<AddressKey> keys{key};
  const std::size_t extension = key.text.find(kExtension);
  if (key.channel == v1::CHANNEL_PHONE && extension != std::string::npos) {
    keys.push_back({key.channel, key.text.substr(0, extension)});
  }
  return keys;
}

bool IsSharedWith(const AddressKey& key, const v1::Contact& other) {
  if (key.channel == v1::CHANNEL_EMAIL && other.kind() != v1::Contact::KIND_DESK) return false;
  const AddressKey base = SuppressedBy(key).back();
  const std::vector<ContactAddress> theirs = AddressesOf(other, key.channel);
  return std::any_of(theirs.begin(), theirs.end(), [&](const ContactAddress& address) {
    if (address.key == key || address.key == base) return true;
    // Without an extension it is also the number of those who have one.
    return key == base && SuppressedBy(address.key).back() == base;
  });
}

bool MayBeSamePerson(const v1::Contact& contact, const v1::Contact& other) {
  const std::vector<ContactAddress> theirs = AddressesOf(other, v1::CHANNEL_EMAIL);
  for (const ContactAddress& own : AddressesOf(contact, v1::CHANNEL_EMAIL)) {
    const auto is_it = [&](const ContactAddress& address) { return address.personal && address.key == own.key; };
    if (own.personal && std::any_of(theirs.begin(), theirs.end(), is_it)) return true;
  }
  return false;
}

}  // namespace communique::contacts

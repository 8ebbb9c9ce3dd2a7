// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "communique/contacts/v1/consent.pb.h"
#include "communique/contacts/v1/consent_service.pb.h"
#include "communique/contacts/v1/contact.pb.h"

// The addresses of contacts as they are written to and as they are recognised when they come again. Pure functions,
// from any thread.
namespace communique::contacts {

// What an address is recognised by. A mailbox: the part before the "@" without case and "+tag", and the domain in ASCII
// form; a number: in international form, an extension behind ";ext=".
struct AddressKey {
  v1::Channel channel = v1::CHANNEL_UNSPECIFIED;
  std::string text;

  friend auto operator<=>(const AddressKey&, const AddressKey&) = default;
};

// An address of a contact.
struct ContactAddress {
  std::string field;    // where it stands in the contact: "emails[1].address"
  std::string value;    // what is written to or called
  std::string written;  // as the contact writes it
  AddressKey key;
  bool is_public = false;  // everybody may be shown it, and the contact
  // It is a person's alone as far as its contact tells: no desk's mailbox and no desk.
  bool personal = false;
};

// The mailboxes (EMAIL) or the numbers (PHONE) of a contact that is normalized, in its order, or both
// (CHANNEL_UNSPECIFIED). Telefaxes are none of them, and for letters there are no addresses.
std::vector<ContactAddress> AddressesOf(const v1::Contact& contact, v1::Channel channel);

// INVALID_ARGUMENT naming the field of the address that is none.
absl::StatusOr<AddressKey> KeyOf(const v1::SuppressedAddress& address);

// What suppresses an address: itself, and of a number with an extension the number without.
std::vector<AddressKey> SuppressedBy(const AddressKey& key);

// Whether `other`, another contact, has the address too, so that it is not one person's own: a number with the same
// extension, or where either has none, since a number without one is that of all who are behind it; a mailbox that a
// desk has. A person's mailbox stays the person's in whatever roles.
bool IsSharedWith(const AddressKey& key, const v1::Contact& other);

// Whether `other` may be the same person in another role: it has a mailbox of its own that is the contact's own, too.
bool MayBeSamePerson(const v1::Contact& contact, const v1::Contact& other);

}  // namespace communique::contacts

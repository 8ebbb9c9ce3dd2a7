// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/permission.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/contact_addresses.h"
#include "services/contacts/domain/contact_validity.h"
#include "services/platform/base/string_view.h"
#include "services/platform/base/timestamp.h"

namespace communique::contacts {
namespace {

v1::Permission Begin(const v1::PermissionCheck& check, absl::Time now) {
  v1::Permission permission;
  permission.set_contact(check.contact());
  permission.set_purpose(check.purpose());
  permission.set_channel(check.channel());
  *permission.mutable_check_time() = platform::ToTimestamp(now);
  return permission;
}

// Why the contact itself is not used, whatever its grounds.
std::optional<v1::PermissionReason> WhyNotInUse(const v1::Contact& contact) {
  switch (contact.state()) {
    case v1::Contact::STATE_ACTIVE:
      return std::nullopt;
    case v1::Contact::STATE_UNCONFIRMED:
      return v1::PERMISSION_REASON_UNCONFIRMED;
    case v1::Contact::STATE_DEACTIVATED:
      return v1::PERMISSION_REASON_DEACTIVATED;
    case v1::Contact::STATE_ERASED:
      return v1::PERMISSION_REASON_ERASED;
    default:
      return v1::PERMISSION_REASON_DELETED;
  }
}

std::optional<v1::PermissionReason> WhyNoGround(const v1::PermissionCheck& check, const PermissionFacts& facts) {
  switch (facts.status.standing) {
    case Standing::kPermitted:
      return std::nullopt;
    case Standing::kNoBasis: {
      // A desk is nobody; and what is printed is decided by visibility unless there is a record.
      const bool needs_none = facts.contact.kind() == v1::Contact::KIND_DESK || check.purpose() == v1::PURPOSE_PRINTING;
      if (needs_none) return std::nullopt;
      return v1::PERMISSION_REASON_NO_BASIS;
    }
    case Standing::kNotConfirmed:
      return v1::PERMISSION_REASON_NOT_CONFIRMED;
    case Standing::kWithdrawn:
      return v1::PERMISSION_REASON_WITHDRAWN;
    case Standing::kObjected:
      return v1::PERMISSION_REASON_OBJECTED;
    case Standing::kExpired:
      return v1::PERMISSION_REASON_EXPIRED;
  }
  return v1::PERMISSION_REASON_NO_BASIS;
}

void AddAddresses(const v1::PermissionCheck& check, const PermissionFacts& facts, v1::Permission& permission) {
  bool any = false;
  for (const ContactAddress& address : AddressesOf(facts.contact, check.channel())) {
    if (facts.from_above && (facts.refuses_printing || !address.is_public)) continue;
    any = true;
    if (facts.suppressed.contains(address.field)) {
      permission.add_suppressed_fields(address.field);
    } else {
      permission.add_addresses(address.value);
    }
  }
  if (!permission.addresses().empty()) return;
  permission.add_reasons(any ? v1::PERMISSION_REASON_SUPPRESSED : v1::PERMISSION_REASON_NO_ADDRESS);
}

// Removes the entries whose field ("emails[1].address") is not among `fields`.
template <typename Entries>
void KeepFields(std::string_view list, std::string_view field, const std::set<std::string>& fields, Entries& entries) {
  Entries kept;
  for (int i = 0; i < entries.size(); ++i) {
    if (fields.contains(absl::StrCat(platform::ToAbsl(list), "[", i, "].", platform::ToAbsl(field))))
      kept.Add(std::move(entries[i]));
  }
  entries = std::move(kept);
}

std::optional<absl::Time> EndOf(const PermissionFacts& facts) {
  std::optional<absl::Time> end = facts.status.valid_until;
  if (facts.contact.has_valid_until()) end = std::min(end.value_or(absl::InfiniteFuture()), ValidUntil(facts.contact));
  return end;
}

}  // namespace

v1::Permission DecidePermission(const v1::PermissionCheck& check, const PermissionFacts& facts, absl::Time now) {
  v1::Permission permission = Begin(check, now);
  if (facts.contact.name() != check.contact()) permission.set_merged_into(facts.contact.name());
  if (facts.from_above && facts.contact.visibility() != v1::VISIBILITY_PUBLIC) {
    permission.add_reasons(check.purpose() == v1::PURPOSE_PRINTING ? v1::PERMISSION_REASON_NOT_PUBLIC
                                                                   : v1::PERMISSION_REASON_NO_ADDRESS);
    return permission;
  }
  if (const auto reason = WhyNotInUse(facts.contact)) permission.add_reasons(*reason);
  if (!IsValidAt(facts.contact, now)) permission.add_reasons(v1::PERMISSION_REASON_NOT_VALID);
  if (check.purpose() == v1::PURPOSE_PRINTING && facts.contact.visibility() != v1::VISIBILITY_PUBLIC) {
    permission.add_reasons(v1::PERMISSION_REASON_NOT_PUBLIC);
  }
  if (const auto reason = WhyNoGround(check, facts)) permission.add_reasons(*reason);
  if (facts.status.record && !facts.from_above) permission.set_processing_record(facts.status.record->name());
  if (check.channel() == v1::CHANNEL_EMAIL || check.channel() == v1::CHANNEL_PHONE) {
    AddAddresses(check, facts, permission);
  }
  if (!permission.reasons().empty()) {
    permission.clear_addresses();
    return permission;
  }
  permission.set_allowed(true);
  if (facts.status.record) permission.set_basis(facts.status.record->basis());
  if (const auto end = EndOf(facts)) *permission.mutable_valid_until() = platform::ToTimestamp(*end);
  return permission;
}

void KeepPermitted(const v1::Permission& permission, v1::Contact& contact) {
  if (permission.purpose() == v1::PURPOSE_PRINTING) return;
  std::set<std::string> fields;
  for (ContactAddress& address : AddressesOf(contact, permission.channel())) fields.insert(std::move(address.field));
  for (const std::string& field : permission.suppressed_fields()) fields.erase(field);
  if (permission.channel() == v1::CHANNEL_POST) fields.clear();
  KeepFields("emails", "address", fields, *contact.mutable_emails());
  KeepFields("phones", "number", fields, *contact.mutable_phones());
}

v1::Permission NoSuchContact(const v1::PermissionCheck& check, absl::Time now) {
  v1::Permission permission = Begin(check, now);
  permission.add_reasons(v1::PERMISSION_REASON_NOT_FOUND);
  return permission;
}

}  // namespace communique::contacts

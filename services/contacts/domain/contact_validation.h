// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "communique/contacts/v1/contact.pb.h"
#include "services/contacts/domain/contact_limits.h"
#include "services/contacts/domain/text/email_address.h"
#include "services/contacts/domain/text/role_mailbox.h"

// The rules of a contact by itself. Whether its organization and substitute exist, are near enough and do not lead back
// is for those to say who can look them up. Pure functions, from any thread.
namespace communique::contacts {

// What an installation decides about contacts; made once from the configuration.
struct ContactRules {
  ContactLimits limits;
  EmailRules email;
  RoleMailboxes role_mailboxes{RoleMailboxes::UsualPatterns()};
};

// Makes of what a caller sent what is stored: canonical languages, and the fields that follow from addresses and
// numbers (ascii_address, role_mailbox, needs_smtputf8; e164, extension). `default_region` is the country of the
// contact's organization, or empty: a number without "+" and without a region of its own is read as one of that
// country, and says so from then on. What is wrong stays as it is, for ValidateContact to say so, and so does a list
// that is longer than allowed.
void NormalizeContact(const ContactRules& rules, std::string_view default_region, v1::Contact& contact);

// INVALID_ARGUMENT naming each field that is wrong, of a contact that is normalized: with the same arguments.
absl::Status ValidateContact(const ContactRules& rules, std::string_view default_region, const v1::Contact& contact);

}  // namespace communique::contacts

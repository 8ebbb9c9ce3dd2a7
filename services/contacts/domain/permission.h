// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <set>
#include <string>

#include "absl/time/time.h"
#include "communique/contacts/v1/consent.pb.h"
#include "communique/contacts/v1/consent_service.pb.h"
#include "communique/contacts/v1/contact.pb.h"
#include "services/contacts/domain/processing_status.h"

namespace communique::contacts {

// What is known when a permission is decided.
struct PermissionFacts {
  // The contact that is left, where the one that was asked about was merged.
  const v1::Contact& contact;
  const ProcessingStatus& status;
  // Fields of the contact ("emails[1].address") that are suppressed.
  const std::set<std::string>& suppressed;
  // It belongs to a newsroom above the one that wants to write, which sees of it what may be printed.
  bool from_above = false;
  // The person has refused to be printed: newsrooms below are shown no address.
  bool refuses_printing = false;
};

// Whether somebody may be written to, or printed, and by which addresses: the answer to a question that is valid. Pure,
// from any thread.
//
// Of a contact from above that is not PUBLIC it says no more than that there is nothing of it to use: neither its state
// nor what anybody has said. Of no contact from above it names the record, which nobody below can read.
v1::Permission DecidePermission(const v1::PermissionCheck& check, const PermissionFacts& facts, absl::Time now);

// Removes from the contact that an answer is about the mailboxes and numbers that may not be used by it, and those of
// other channels. An answer about PRINTING leaves all of them: which are printed is for their visibility to say.
void KeepPermitted(const v1::Permission& permission, v1::Contact& contact);

// The answer about a contact that there is not.
v1::Permission NoSuchContact(const v1::PermissionCheck& check, absl::Time now);

}  // namespace communique::contacts

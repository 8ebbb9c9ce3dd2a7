// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "communique/contacts/v1/contact.pb.h"
#include "communique/contacts/v1/exchange.pb.h"
#include "communique/contacts/v1/organization.pb.h"
#include "services/contacts/domain/exchange/card.h"

// Contacts, as files show them. Pure functions, from any thread.
namespace communique::contacts {

// Takes out of a contact the spellings of contacts that went into it, which only searches use (IsSearchSpelling).
void RemoveSearchSpellings(v1::Contact& contact);

// What of a contact may be shown to those whom `min_visibility` stands for: an address only as widely as it and the
// contact are, and a note, and spellings that only searches use, to the press office alone. Values that this version
// does not know count as INTERNAL. Requires: the contact itself may be shown (MayBeShown).
v1::Contact VisiblePart(v1::Contact contact, v1::Visibility min_visibility);
bool MayBeShown(const v1::Contact& contact, v1::Visibility min_visibility);

// A telephone number that is the same one everywhere: as it is printed where it says its country, else in international
// form with its extension.
std::string NumberForEverywhere(const v1::PhoneNumber& phone);

// What an organization is called in files: its first name.
std::string NameForFiles(const v1::Organization* organization);

// The properties of a card, without BEGIN and END, in `version` "3.0" or "4.0"; jCard has those of 4.0. `organization`
// is the contact's, or null. What the version cannot hold is told in `findings`.
std::vector<CardProperty> CardOf(const v1::Contact& contact, const v1::Organization* organization,
                                 std::string_view version, std::vector<v1::ExportFinding>& findings);

}  // namespace communique::contacts

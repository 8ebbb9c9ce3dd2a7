// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <string>
#include <vector>

#include "communique/contacts/v1/contact.pb.h"

// What the options of the command line say of a contact, for the verbs that make one and that change one.
namespace communique::command {

const std::map<std::string, contacts::v1::Contact::Relation>& Relations();
const std::map<std::string, contacts::v1::Visibility>& Visibilities();

// --person: these names take the place of all that `contact` has.
void SetPersonNames(const std::vector<std::string>& persons, contacts::v1::Contact& contact);

// Mailboxes and numbers behind those that `contact` has.
void AddEmails(const std::vector<std::string>& addresses, contacts::v1::Visibility visibility,
               contacts::v1::Contact& contact);
void AddPhones(const std::vector<std::string>& numbers, contacts::v1::Visibility visibility,
               contacts::v1::Contact& contact);

}  // namespace communique::command

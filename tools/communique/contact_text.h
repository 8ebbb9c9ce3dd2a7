// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ostream>
#include <string>

#include "communique/contacts/v1/contact.pb.h"
#include "communique/contacts/v1/organization.pb.h"

// Organizations and contacts in words, for text output.
namespace communique::command {

void PrintOrganization(std::ostream& out, const contacts::v1::Organization& organization);

// All of it that was answered; what is personal is in there only when it was asked for.
void PrintContact(std::ostream& out, const contacts::v1::Contact& contact);

// Where it stands: what a verb led to.
void PrintContactState(std::ostream& out, const contacts::v1::Contact& contact);

// What readers would be shown.
void PrintPrintable(std::ostream& out, const contacts::v1::PrintableContact& contact);

// The first name, which serves languages that have none; empty where there is none.
std::string FirstName(const contacts::v1::Organization& organization);
std::string FirstName(const contacts::v1::Contact& contact);

// The first role; empty where there is none.
std::string FirstRole(const contacts::v1::Contact& contact);

}  // namespace communique::command

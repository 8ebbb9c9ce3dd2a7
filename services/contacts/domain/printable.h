// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "communique/contacts/v1/contact.pb.h"
#include "communique/contacts/v1/organization.pb.h"
#include "services/contacts/domain/print_choice.h"

namespace communique::contacts {

// What is printed of a choice in the language `locale`: THE place that decides what of a contact may be seen by
// everybody. `organization` is the contact's own, or null where it has none.
//
// An address or number is printed when it is PUBLIC and so is the contact; a value of visibility that this version does
// not know is not. Telefaxes are not printed among the telephones, nor are kinds of numbers that this version does not
// know.
//
// Texts are chosen one by one: the entry in the language, or in ever shorter tags of it (RFC 4647 lookup), or the first
// one. The first one is not in_language, with one exception: personal names are not translated, so a name in the script
// of the language does.
//
// Requires: IsPrintable(choice.contact) then. Pure, from any thread.
v1::PrintableContact Print(const PrintChoice& choice, const v1::Organization* organization, std::string_view locale);

}  // namespace communique::contacts

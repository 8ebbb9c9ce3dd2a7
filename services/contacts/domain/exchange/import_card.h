// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "communique/contacts/v1/contact.pb.h"
#include "communique/contacts/v1/exchange.pb.h"

// What a card or row of a file says, as a contact that could be made of it.
namespace communique::contacts {

// Where something stands in a file.
struct FilePlace {
  int line = 0;
  int column = 0;  // of a CSV file, else 0
};

struct ImportCard {
  int line = 0;
  // The contact: names, roles, addresses as the file has them, not normalized and not checked. Nothing that the request
  // says (source, visibility) and no reference.
  v1::Contact contact;
  // What its organization is called, in one or more languages; empty when it names none.
  std::vector<std::string> organization_names;
  FilePlace organization_place;
  // Where fields of the contact come from: "emails[0]", "person_names[1]".
  std::map<std::string, FilePlace, std::less<>> places;
  // What was not taken over and, when one of them is `refused`, why the card cannot be used.
  std::vector<v1::CardFinding> findings;

  bool refused() const;
  // The name to show in reports.
  std::string display_name() const;
};

// A telephone number as a file has it, as people write it: without white space around it, and of a URI
// ("tel:+41-22-555-01-00;ext=5", RFC 3966) number and extension.
std::string NumberInFile(std::string_view text);

// The language that a contact answers in, as a canonical tag; nothing when there is none such. What stands there
// instead may be anybody's name or number: findings do not quote it.
std::optional<std::string> LanguageInFile(std::string_view text);

// Whether a contact may have this as its web address.
bool IsWebAddress(std::string_view uri);
// What to say of one that it may not.
inline constexpr std::string_view kNoWebAddress =
    "is no web address, which begins with https:// or http:// and holds no white space; it was not taken over";

// What a file does not say about the texts in it.
struct ImportDefaults {
  // Of names of desks, and of roles, without a language.
  std::string language;
};

}  // namespace communique::contacts

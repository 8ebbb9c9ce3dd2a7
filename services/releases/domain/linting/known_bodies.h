// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>
#include <vector>

#include "services/releases/domain/linting/lint_text.h"

namespace communique::releases {

// An international body that press contacts name, with the domains its mail comes from.
struct KnownBody {
  // Its name in messages.
  std::string_view name;
  // What it is called, folded, parted by "|".
  std::string_view names;
  // Abbreviations as printed, parted by spaces.
  std::string_view abbreviations;
  // Domains, subdomains included, parted by spaces; of the United Nations those of its family.
  std::string_view domains;
};

// The body that sends the mail of a contact line: one that is named by itself or behind "of" ("Mission of the United
// Nations"). One that somebody is accredited to ("Mission of Kenya to the United Nations") or that is a part of a name
// ("UN Association") does not count. nullptr when there is none.
const KnownBody* SenderIn(const Passage& line, std::string_view language);

// Whether mail from `domain` comes from the body.
bool IsDomainOf(const KnownBody& body, std::string_view domain);

}  // namespace communique::releases

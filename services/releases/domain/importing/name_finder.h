// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>

#include "services/releases/domain/importing/clause.h"

namespace communique::releases {

// A person's name in a clause.
struct FoundName {
  // The chunk it stands in, and its tokens there.
  std::size_t chunk = 0;
  std::size_t first = 0;
  std::size_t last = 0;
  // The honorific before it, [honorific_first, first) without white space; equal to `first` when there is none.
  std::size_t honorific_first = 0;
  std::size_t honorific_last = 0;
  // How much speaks for it being a person's name; only names with some are found.
  int score = 0;
};

// Folded names that are not persons: organisations named elsewhere in the text.
using KnownOrganizations = std::set<std::string>;

// The likeliest person named in the clause, by capitals, honorifics, offices beside the name and the verb. A name of a
// single word counts only behind an honorific or an office.
std::optional<FoundName> FindName(const Clause& clause, const KnownOrganizations& organizations);

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/config/suggestion.h"

#include <algorithm>

namespace communique::platform {
namespace {

// Edits (with swaps of neighbours) that make `a` into `b`: optimal string alignment over three rows.
std::size_t Edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

std::string_view LastPart(std::string_view name) { return name.substr(name.rfind('.') + 1); }

}  // namespace

std::string NearestName(std::string_view given, const std::vector<std::string>& known) {
  std::string nearest;
  std::size_t least = std::max<std::size_t>(2, given.size() / 4) + 1;
  for (const std::string& name : known) {
    if (const std::size_t edits = Edits(given, name); edits < least) {
      least = edits;
      nearest = name;
    }
  }
  if (!nearest.empty()) return nearest;
  const auto same_end = [given](const std::string& name) { return LastPart(name) == LastPart(given); };
  const auto found = std::find_if(known.begin(), known.end(), same_end);
  return found == known.end() ? std::string() : *found;
}

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>

// Tables of words as the rules keep them: folded (see Fold), in one string, parted by single spaces.
namespace communique::releases {

inline bool ListsWord(std::string_view words, std::string_view word) {
  if (word.empty()) return false;
  for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

// The entry of a table for a language ("de"); nullptr when it has none.
template <typename Entry>
const Entry* EntryFor(std::string_view language, std::span<const Entry> table) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Entry& entry) { return entry.language == language; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace communique::releases

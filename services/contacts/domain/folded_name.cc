// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/folded_name.h"

#include <limits>

#include "services/contacts/domain/text/code_points.h"
#include "services/contacts/domain/text/folded_words.h"

namespace communique::contacts {

std::string FoldedName(std::string_view name) {
  std::u32string folded;
  for (const FoldedWord& word : FoldedWords(name, std::numeric_limits<std::size_t>::max())) {
    if (!folded.empty()) folded += U' ';
    folded += word.letters;
  }
  return ToUtf8(folded);
}

}  // namespace communique::contacts

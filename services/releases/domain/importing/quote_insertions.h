// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "services/releases/domain/importing/speaker_parser.h"
#include "services/releases/domain/importing/vocabulary.h"

namespace communique::releases {

// What a writer puts into a quotation without closing its marks: bytes [begin, end), the commas or dashes around it
// included.
struct QuoteInsertion {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The first words in `spoken`, the text between two quotation marks, that say who speaks: " —dijo A. B., directora— ",
// ", explique A. B., présidente de X, ". A verb of saying comes first, and somebody has to be named.
std::optional<QuoteInsertion> FindQuoteInsertion(std::string_view spoken, const KnownPersons& known,
                                                 const Vocabulary& vocabulary);

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string_view>

#include "services/releases/domain/importing/vocabulary.h"

namespace communique::releases {

// Sentences near a quotation, where its attribution stands. The dots of titles ("Dr."), initials, short abbreviations
// and ordinals do not end one. Only the nearest 600 bytes are looked at.

// The last sentence of `text`, which may be unfinished: what leads up to a quotation.
std::string_view LastSentence(std::string_view text, const Vocabulary& vocabulary);

// The first sentence of `text`: what follows a quotation.
std::string_view FirstSentence(std::string_view text, const Vocabulary& vocabulary);

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace communique::releases {

// What a stretch of text is to somebody who looks for names, dates and verbs in it.
enum class TokenKind {
  // Letters with what belongs to them: "Jean-Pierre", "l'aide", "Migrant:innen", "COVID-19", ד"ר. An ideograph stands
  // alone.
  kWord,
  // Digits of any script.
  kNumber,
  // White space and invisible marks.
  kSpace,
  // One character of anything else.
  kMark,
};

struct Token {
  TokenKind kind = TokenKind::kMark;
  std::size_t begin = 0;
  std::size_t end = 0;

  std::string_view In(std::string_view text) const { return text.substr(begin, end - begin); }
};

// All of `text` as tokens, in order, without gaps.
std::vector<Token> Tokenize(std::string_view text);

// The value of a kNumber token of at most 9 digits; -1 for a longer one.
std::int32_t NumberValue(std::string_view digits);

}  // namespace communique::releases

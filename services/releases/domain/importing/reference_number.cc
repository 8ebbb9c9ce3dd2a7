// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/reference_number.h"

namespace communique::releases {
namespace {

bool Belongs(const FoldedTokens& tokens, std::size_t i) {
  if (tokens.IsWord(i) || tokens[i].kind == TokenKind::kNumber) return true;
  const std::string_view mark = tokens.Printed(i);
  return mark == "/" || mark == "-" || mark == ".";
}

}  // namespace

std::string FindReferenceNumber(std::string_view release_line, const Vocabulary& vocabulary) {
  const FoldedTokens tokens = vocabulary.Tokens(release_line.substr(0, 400));
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    auto sign = vocabulary.Match(Cue::kNumberSign, tokens, i);
    // "Press release 2026/31": without a sign, only what is written with a slash is a number and no date.
    const bool bare = !sign.has_value();
    if (bare) sign = vocabulary.Match(Cue::kDocument, tokens, i);
    if (!sign.has_value()) continue;
    std::size_t first = i + sign->tokens;
    while (first < tokens.size() && (tokens.IsSpace(first) || tokens.Printed(first) == ":")) ++first;
    std::size_t last = first;
    bool digits = false;
    while (last < tokens.size() && Belongs(tokens, last)) {
      digits = digits || tokens[last].kind == TokenKind::kNumber;
      ++last;
    }
    while (last > first && tokens[last - 1].kind == TokenKind::kMark) --last;
    const bool slash = last > first + 2 && tokens.Printed(first + 1) == "/" && last - first == 3;
    if (bare && (!slash || tokens[first].kind != TokenKind::kNumber)) continue;
    if (digits)
      return std::string(release_line.substr(tokens[first].begin, tokens[last - 1].end - tokens[first].begin));
  }
  return {};
}

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/folded_tokens.h"

#include "services/releases/domain/text/fold.h"
#include "services/releases/domain/text/utf8.h"

namespace communique::releases {
namespace {

// How many bytes an elided article or preposition takes at the beginning of `word`, without its apostrophe; 0: none.
std::size_t ElisionSize(std::string_view word) {
  constexpr std::string_view kLetters = "ldjnsmtcLDJNSMTC";
  std::size_t size = 0;
  if (kLetters.find(word[0]) != std::string_view::npos) size = 1;
  if (word.starts_with("qu") || word.starts_with("Qu")) size = 2;
  if (size == 0 || word.size() <= size) return 0;
  const CodePoint next = CodePointAt(word, size);
  return next.value == U'\'' || next.value == 0x2019 ? size : 0;
}

}  // namespace

FoldedTokens::FoldedTokens(std::string_view text, bool elisions) : text_(text) {
  for (const Token& token : Tokenize(text)) {
    const std::size_t elided =
        elisions && token.kind == TokenKind::kWord ? ElisionSize(token.In(text)) : std::size_t{0};
    if (elided == 0) {
      tokens_.push_back(token);
      continue;
    }
    const std::size_t apostrophe = token.begin + elided;
    const std::size_t behind = apostrophe + CodePointAt(text, apostrophe).size;
    tokens_.push_back({TokenKind::kWord, token.begin, apostrophe});
    tokens_.push_back({TokenKind::kMark, apostrophe, behind});
    if (behind < token.end) tokens_.push_back({TokenKind::kWord, behind, token.end});
  }
  folded_.reserve(tokens_.size());
  for (const Token& token : tokens_) {
    folded_.push_back(token.kind == TokenKind::kSpace ? " " : Fold(token.In(text)));
  }
}

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "services/releases/domain/text/tokens.h"

namespace communique::releases {

// A text as tokens with their folded forms: what phrases of a lexicon are compared with. French elisions are parted
// ("d'Exemple" is "d", "'", "Exemple") where `elisions` says so. Refers to the text, which must outlive it.
class FoldedTokens {
 public:
  FoldedTokens(std::string_view text, bool elisions);

  std::size_t size() const { return tokens_.size(); }
  const Token& operator[](std::size_t i) const { return tokens_[i]; }
  // The folded form of a token; a single space for white space; empty beyond the end.
  std::string_view Folded(std::size_t i) const { return i < folded_.size() ? std::string_view(folded_[i]) : ""; }
  std::string_view Printed(std::size_t i) const { return tokens_[i].In(text_); }
  std::string_view text() const { return text_; }

  bool IsWord(std::size_t i) const { return i < tokens_.size() && tokens_[i].kind == TokenKind::kWord; }
  bool IsSpace(std::size_t i) const { return i < tokens_.size() && tokens_[i].kind == TokenKind::kSpace; }

 private:
  std::string_view text_;
  std::vector<Token> tokens_;
  std::vector<std::string> folded_;
};

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/sentences.h"

#include "services/releases/domain/importing/words.h"
#include "services/releases/domain/text/utf8.h"

namespace communique::releases {
namespace {

constexpr std::size_t kReach = 600;

bool IsTerminal(std::string_view mark) {
  return mark == "." || mark == "!" || mark == "?" || mark == "؟" || mark == "…" || mark == "。";
}

// Whether a sentence ends with token `i`.
bool EndsSentence(const FoldedTokens& tokens, std::size_t i, const Vocabulary& vocabulary) {
  if (tokens[i].kind != TokenKind::kMark || !IsTerminal(tokens.Printed(i)) || !tokens.IsSpace(i + 1)) return false;
  if (tokens.Printed(i) != "." || i == 0) return true;
  const Token& before = tokens[i - 1];
  if (before.kind == TokenKind::kNumber) return i + 2 >= tokens.size() || !tokens.IsWord(i + 2);
  if (before.kind != TokenKind::kWord) return true;
  const std::string_view word = tokens.Printed(i - 1);
  const bool abbreviation = CountCodePoints(word) <= 2 && HasCase(word);
  // "dr" and "hon." of the lists.
  return !abbreviation && !vocabulary.Match(Cue::kHonorific, tokens, i - 1).has_value();
}

// `text` from a code point boundary on that leaves at most kReach bytes.
std::string_view Tail(std::string_view text) {
  if (text.size() <= kReach) return text;
  std::size_t begin = text.size() - kReach;
  while ((static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) ++begin;
  return text.substr(begin);
}

std::string_view Head(std::string_view text) {
  if (text.size() <= kReach) return text;
  std::size_t end = kReach;
  while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

}  // namespace

std::string_view LastSentence(std::string_view text, const Vocabulary& vocabulary) {
  text = Tail(text);
  const FoldedTokens tokens = vocabulary.Tokens(text);
  std::size_t begin = 0;
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (EndsSentence(tokens, i, vocabulary)) begin = tokens[i + 2].begin;
  }
  return text.substr(begin);
}

std::string_view FirstSentence(std::string_view text, const Vocabulary& vocabulary) {
  text = Head(text);
  const FoldedTokens tokens = vocabulary.Tokens(text);
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    // A mark that belongs to the quotation before does not end the sentence behind it.
    if (tokens[i].begin > 1 && EndsSentence(tokens, i, vocabulary)) return text.substr(0, tokens[i].end);
  }
  return text;
}

}  // namespace communique::releases

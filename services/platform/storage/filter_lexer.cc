// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/filter_lexer.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/storage/filter_parser.h"

namespace communique::platform {
namespace {

constexpr std::string_view kSpecial = "()\"'<>=!:.,";

bool IsSpace(char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }
bool EndsWord(char c) { return IsSpace(c) || kSpecial.find(c) != std::string_view::npos; }

}  // namespace

// Positions count characters: the continuation bytes of UTF-8 do not.
char FilterLexer::Take() {
  const char c = filter_[next_++];
  if (next_ == filter_.size() || (static_cast<unsigned char>(filter_[next_]) & 0xc0U) != 0x80U) ++position_;
  return c;
}

absl::StatusOr<FilterToken> FilterLexer::Next() {
  FilterToken token;
  while (next_ < filter_.size() && IsSpace(filter_[next_])) {
    Take();
    token.after_space = true;
  }
  token.position = position_;
  if (next_ == filter_.size()) return token;
  const char first = filter_[next_];
  using Kind = FilterToken::Kind;
  switch (first) {
    case '"':
    case '\'':
      return ReadString(std::move(token));
    case '(':
      token.kind = Kind::kLeftParenthesis;
      break;
    case ')':
      token.kind = Kind::kRightParenthesis;
      break;
    case '.':
      token.kind = Kind::kDot;
      break;
    case ',':
      token.kind = Kind::kComma;
      break;
    case '<':
    case '>':
    case '=':
    case '!':
    case ':':
      token.kind = Kind::kComparator;
      break;
    default:
      token.kind = Kind::kWord;
      while (next_ < filter_.size() && !EndsWord(filter_[next_])) token.text.push_back(Take());
      return token;
  }
  token.text.push_back(Take());
  const bool may_be_longer = first == '<' || first == '>' || first == '!';
  if (may_be_longer && next_ < filter_.size() && filter_[next_] == '=') token.text.push_back(Take());
  if (token.text == "!") return FilterInvalid(token.position, "'!' alone means nothing; write != or NOT");
  return token;
}

absl::StatusOr<FilterToken> FilterLexer::ReadString(FilterToken token) {
  token.kind = FilterToken::Kind::kString;
  const char quote = Take();
  while (next_ < filter_.size()) {
    const std::size_t position = position_;
    const char c = Take();
    if (c == quote) return token;
    if (c != '\\') {
      token.text.push_back(c);
      continue;
    }
    if (next_ == filter_.size()) break;
    const char escaped = Take();
    if (escaped == '"' || escaped == '\'' || escaped == '\\') {
      token.text.push_back(escaped);
    } else if (escaped == 'n' || escaped == 'r' || escaped == 't') {
      token.text.push_back(escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : '\t');
    } else {
      return FilterInvalid(position, R"(after \ comes one of " ' \ n r t; write \\ for a backslash)");
    }
  }
  return FilterInvalid(token.position,
                       ToStd(absl::StrCat("the text that begins here has no closing ", absl::string_view(&quote, 1))));
}

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/tokens.h"

#include <unicode/uchar.h>

#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

bool IsLetter(char32_t value) {
  const auto c = static_cast<UChar32>(value);
  if (value < 0x80) return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z');
  return u_isalpha(c) != 0 || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

bool IsDigit(char32_t value) {
  return value < 0x80 ? (value >= '0' && value <= '9') : u_isdigit(static_cast<UChar32>(value)) != 0;
}

bool IsIdeograph(char32_t value) {
  return value >= 0x2E80 && u_hasBinaryProperty(static_cast<UChar32>(value), UCHAR_IDEOGRAPHIC) != 0;
}

bool IsHebrew(char32_t value) { return value >= 0x0590 && value <= 0x05FF; }

bool IsLowerCase(char32_t value) { return u_islower(static_cast<UChar32>(value)) != 0; }

// Whether `joint`, standing between two letters, is a part of their word.
bool JoinsWord(char32_t before, char32_t joint, char32_t after) {
  switch (joint) {
    case U'-':
    case 0x2010:
    case 0x2011:
    case U'\'':
    case 0x2019:
    case 0x05BE:
    case 0x05F3:
    case 0x05F4:
    case 0x00AD:
      return IsLetter(after) || IsDigit(after);
    case U'"':
      return IsHebrew(before) && IsHebrew(after);
    // German forms for all genders: Migrant:innen, Migrant*innen, Migrant_innen.
    case U':':
    case U'*':
    case U'_':
      return IsLowerCase(before) && IsLowerCase(after);
    default:
      return false;
  }
}

// Where the word that begins at `begin` ends.
std::size_t EndOfWord(std::string_view text, std::size_t begin) {
  CodePoint before = CodePointAt(text, begin);
  std::size_t end = begin + before.size;
  while (end < text.size()) {
    const CodePoint point = CodePointAt(text, end);
    if ((IsLetter(point.value) || IsDigit(point.value)) && !IsIdeograph(point.value)) {
      before = point;
      end += point.size;
      continue;
    }
    const CodePoint after = CodePointAt(text, end + point.size);
    if (after.size == 0 || IsIdeograph(after.value) || !JoinsWord(before.value, point.value, after.value)) break;
    before = after;
    end += point.size + after.size;
  }
  return end;
}

std::size_t EndOfRun(std::string_view text, std::size_t begin, bool (*belongs)(char32_t)) {
  std::size_t end = begin;
  while (end < text.size()) {
    const CodePoint point = CodePointAt(text, end);
    if (!belongs(point.value)) break;
    end += point.size;
  }
  return end;
}

}  // namespace

std::vector<Token> Tokenize(std::string_view text) {
  std::vector<Token> tokens;
  tokens.reserve(text.size() / 4);
  for (std::size_t begin = 0; begin < text.size();) {
    const CodePoint point = CodePointAt(text, begin);
    Token token{TokenKind::kMark, begin, begin + point.size};
    if (IsInvisible(point.value)) {
      token.kind = TokenKind::kSpace;
      token.end = EndOfRun(text, begin, IsInvisible);
    } else if (IsDigit(point.value)) {
      token.kind = TokenKind::kNumber;
      token.end = EndOfRun(text, begin, IsDigit);
    } else if (IsIdeograph(point.value)) {
      token.kind = TokenKind::kWord;
    } else if (IsLetter(point.value)) {
      token.kind = TokenKind::kWord;
      token.end = EndOfWord(text, begin);
    }
    begin = token.end;
    tokens.push_back(token);
  }
  return tokens;
}

std::int32_t NumberValue(std::string_view digits) {
  std::int32_t value = 0;
  int count = 0;
  while (!digits.empty()) {
    const CodePoint point = FirstCodePoint(digits);
    digits.remove_prefix(point.size);
    if (++count > 9) return -1;
    value = value * 10 + u_charDigitValue(static_cast<UChar32>(point.value));
  }
  return value;
}

}  // namespace communique::releases

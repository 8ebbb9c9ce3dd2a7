// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/words.h"

#include <unicode/uchar.h>

#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

UChar32 First(std::string_view word) { return static_cast<UChar32>(FirstCodePoint(word).value); }

}  // namespace

bool HasCase(std::string_view word) {
  const UChar32 first = First(word);
  return u_isULowercase(first) != 0 || u_isUUppercase(first) != 0 || u_istitle(first) != 0;
}

bool LooksCapital(std::string_view word) {
  if (word.empty()) return false;
  const UChar32 first = First(word);
  return u_isUUppercase(first) != 0 || u_istitle(first) != 0 || (u_isalpha(first) != 0 && !HasCase(word));
}

bool LooksAcronym(std::string_view word) {
  int capitals = 0;
  while (!word.empty()) {
    const CodePoint point = FirstCodePoint(word);
    const auto value = static_cast<UChar32>(point.value);
    if (u_isULowercase(value) != 0) return false;
    if (u_isUUppercase(value) != 0) ++capitals;
    word.remove_prefix(point.size);
  }
  return capitals >= 2;
}

bool LooksInitial(std::string_view word) {
  return u_isUUppercase(First(word)) != 0 && FirstCodePoint(word).size == word.size();
}

std::string InSmallLetters(std::string_view text) {
  std::string small(text);
  for (char& c : small) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return small;
}

std::size_t CountWords(std::string_view text, std::size_t limit) {
  std::size_t count = 0;
  bool inside = false;
  while (!text.empty() && count < limit) {
    const CodePoint point = FirstCodePoint(text);
    const bool letter = u_isalnum(static_cast<UChar32>(point.value)) != 0;
    if (letter && !inside) ++count;
    inside = letter || (inside && !IsWhiteSpace(point.value));
    text.remove_prefix(point.size);
  }
  return count;
}

}  // namespace communique::releases

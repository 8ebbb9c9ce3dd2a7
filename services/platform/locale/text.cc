// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/locale/text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "absl/strings/str_format.h"

namespace communique::platform {
namespace {

// Calls `visit(code point, byte offset)` for each character until it returns false.
template <typename Visit>
void ForEachCharacter(std::string_view text, Visit visit) {
  const auto size = static_cast<std::int32_t>(text.size());
  std::int32_t position = 0;
  while (position < size) {
    const std::int32_t start = position;
    UChar32 c = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
    U8_NEXT(text.data(), position, size, c);
#pragma GCC diagnostic pop
    if (!visit(c, static_cast<std::size_t>(start))) return;
  }
}

}  // namespace

bool IsControlCharacter(char32_t c) {
  if ((c >= '\t' && c <= '\r') || c == 0x85) return false;
  return c < 0x20 || (c >= 0x7f && c <= 0x9f);
}

std::size_t CountCharacters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
  return count;
}

bool HasLineBreak(std::string_view text) {
  bool found = false;
  ForEachCharacter(text, [&](UChar32 c, std::size_t) {
    found = (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
    return !found;
  });
  return found;
}

std::string FindControlCharacter(std::string_view text) {
  std::string found;
  ForEachCharacter(text, [&](UChar32 c, std::size_t) {
    if (IsControlCharacter(static_cast<char32_t>(c))) found = absl::StrFormat("U+%04X", static_cast<unsigned>(c));
    return found.empty();
  });
  return found;
}

bool IsBlank(std::string_view text) {
  bool blank = true;
  ForEachCharacter(text, [&](UChar32 c, std::size_t) {
    blank = u_isUWhiteSpace(c) || c == 0x200b || c == 0xfeff;
    return blank;
  });
  return blank;
}

std::string Excerpt(std::string_view text, std::size_t max_characters) {
  std::size_t count = 0;
  std::size_t cut = text.size();
  std::size_t last_space = 0;
  ForEachCharacter(text, [&](UChar32 c, std::size_t offset) {
    if (count == max_characters) {
      cut = offset;
      return false;
    }
    if (u_isUWhiteSpace(c)) last_space = offset;
    ++count;
    return true;
  });
  if (cut == text.size()) return std::string(text);
  // A word that fills half the space is better cut than left out.
  const std::size_t end = last_space > cut / 2 ? last_space : cut;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/white_space.h"

#include <unicode/uchar.h>

#include "services/releases/domain/text/utf8.h"

namespace communique::releases {

bool IsWhiteSpace(char32_t value) {
  if (value < 0x80) return value == ' ' || (value >= '\t' && value <= '\r');
  return value == 0x200B || value == 0xFEFF || u_isUWhiteSpace(static_cast<UChar32>(value)) != 0;
}

bool IsInvisible(char32_t value) {
  if (value < 0x80) return IsWhiteSpace(value);
  const bool direction_mark = value == 0x061C || value == 0x200E || value == 0x200F ||
                              (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
  const bool joiner = value == 0x200C || value == 0x200D || value == 0x2060;
  return direction_mark || joiner || IsWhiteSpace(value);
}

bool IsBlank(std::string_view text) {
  while (!text.empty()) {
    const CodePoint point = FirstCodePoint(text);
    if (!IsInvisible(point.value)) return false;
    text.remove_prefix(point.size);
  }
  return true;
}

std::string_view TrimLeadingWhiteSpace(std::string_view text) {
  while (!text.empty()) {
    const CodePoint point = FirstCodePoint(text);
    if (!IsWhiteSpace(point.value)) break;
    text.remove_prefix(point.size);
  }
  return text;
}

std::string_view TrimTrailingWhiteSpace(std::string_view text) {
  while (!text.empty()) {
    const CodePoint point = LastCodePoint(text);
    if (!IsWhiteSpace(point.value)) break;
    text.remove_suffix(point.size);
  }
  return text;
}

std::string_view TrimInvisible(std::string_view text) {
  for (CodePoint point = FirstCodePoint(text); point.size > 0 && IsInvisible(point.value);
       point = FirstCodePoint(text)) {
    text.remove_prefix(point.size);
  }
  for (CodePoint point = LastCodePoint(text); point.size > 0 && IsInvisible(point.value); point = LastCodePoint(text)) {
    text.remove_suffix(point.size);
  }
  return text;
}

std::string_view TrimWhiteSpace(std::string_view text) { return TrimTrailingWhiteSpace(TrimLeadingWhiteSpace(text)); }

}  // namespace communique::releases

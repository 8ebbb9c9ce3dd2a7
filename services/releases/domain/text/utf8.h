// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// Reading UTF-8 one code point at a time, without copying it into UTF-16 as most of ICU does. All functions are total:
// a byte that belongs to no code point reads as U+FFFD of size 1.
namespace communique::releases {

// A code point and how many bytes it takes.
struct CodePoint {
  char32_t value = 0;
  std::size_t size = 0;
};

// The first or last code point of `text`; size 0 when it is empty.
CodePoint FirstCodePoint(std::string_view text);
CodePoint LastCodePoint(std::string_view text);

// The code point that begins at `offset`; size 0 at the end.
inline CodePoint CodePointAt(std::string_view text, std::size_t offset) {
  return FirstCodePoint(text.substr(offset < text.size() ? offset : text.size()));
}

void AppendUtf8(std::string& text, char32_t value);

std::size_t CountCodePoints(std::string_view text);

// The longest beginning of `text` with at most `count` code points.
std::string_view FirstCodePoints(std::string_view text, std::size_t count);

// The offset of the first byte that is not UTF-8; nullopt when all of it is.
std::optional<std::size_t> FindInvalidUtf8(std::string_view text);

}  // namespace communique::releases

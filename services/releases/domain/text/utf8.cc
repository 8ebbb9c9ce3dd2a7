// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/utf8.h"

#include <cstdint>

namespace communique::releases {
namespace {

constexpr CodePoint kBroken{0xFFFD, 1};

bool IsContinuation(unsigned char byte) { return (byte & 0xC0U) == 0x80U; }

// How many bytes a code point that starts with `byte` takes; 0 when none does.
std::size_t LengthFromFirst(unsigned char byte) {
  if (byte < 0x80) return 1;
  if (byte >= 0xC2 && byte < 0xE0) return 2;
  if (byte >= 0xE0 && byte < 0xF0) return 3;
  if (byte >= 0xF0 && byte < 0xF5) return 4;
  return 0;
}

// The code point at the beginning of `text`, or size 0 when the bytes are not one (RFC 3629: no overlong forms, no
// surrogates, nothing above U+10FFFF).
CodePoint Decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t length = LengthFromFirst(byte(0));
  if (length == 1) return {byte(0), 1};
  if (length == 0 || text.size() < length) return {};
  char32_t value = byte(0) & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (!IsContinuation(byte(i))) return {};
    value = (value << 6U) | (byte(i) & 0x3FU);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xD800 && value < 0xE000;
  if (overlong || surrogate || value > 0x10FFFF) return {};
  return {value, length};
}

}  // namespace

CodePoint FirstCodePoint(std::string_view text) {
  if (text.empty()) return {};
  const CodePoint point = Decode(text);
  return point.size == 0 ? kBroken : point;
}

CodePoint LastCodePoint(std::string_view text) {
  if (text.empty()) return {};
  std::size_t start = text.size() - 1;
  while (start > 0 && text.size() - start < 4 && IsContinuation(static_cast<unsigned char>(text[start]))) --start;
  const CodePoint point = Decode(text.substr(start));
  return point.size == text.size() - start ? point : kBroken;
}

void AppendUtf8(std::string& text, char32_t value) {
  const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(static_cast<std::uint8_t>(byte))); };
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xC0U | (value >> 6U));
    put(0x80U | (value & 0x3FU));
  } else if (value < 0x10000) {
    put(0xE0U | (value >> 12U));
    put(0x80U | ((value >> 6U) & 0x3FU));
    put(0x80U | (value & 0x3FU));
  } else {
    put(0xF0U | (value >> 18U));
    put(0x80U | ((value >> 12U) & 0x3FU));
    put(0x80U | ((value >> 6U) & 0x3FU));
    put(0x80U | (value & 0x3FU));
  }
}

std::size_t CountCodePoints(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); i += FirstCodePoint(text.substr(i)).size) ++count;
  return count;
}

std::string_view FirstCodePoints(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  while (count > 0 && end < text.size()) {
    end += FirstCodePoint(text.substr(end)).size;
    --count;
  }
  return text.substr(0, end);
}

std::optional<std::size_t> FindInvalidUtf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = Decode(text.substr(i));
    if (point.size == 0) return i;
    i += point.size;
  }
  return std::nullopt;
}

}  // namespace communique::releases

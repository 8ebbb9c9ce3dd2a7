// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/line_index.h"

#include <algorithm>

namespace communique::releases {
namespace {

constexpr std::size_t kStride = 256;

bool BeginsCodePoint(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

}  // namespace

LineIndex::LineIndex(std::string_view text) : text_(text), line_starts_{0} {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % kStride == 0) counts_.push_back(count);
    if (BeginsCodePoint(text[i])) ++count;
    const bool carriage_return = text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n');
    if (text[i] == '\n' || carriage_return) line_starts_.push_back(i + 1);
  }
  counts_.push_back(count);
}

std::size_t LineIndex::CodePointsBefore(std::size_t offset) const {
  const std::size_t step = std::min(offset / kStride, counts_.size() - 1);
  std::size_t count = counts_[step];
  for (std::size_t i = step * kStride; i < offset; ++i) {
    if (BeginsCodePoint(text_[i])) ++count;
  }
  return count;
}

TextPosition LineIndex::Find(std::size_t offset) const {
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const auto line = after - line_starts_.begin();
  const std::size_t start = *(after - 1);
  const std::size_t column = CodePointsBefore(offset) - CodePointsBefore(start) + 1;
  return {static_cast<std::int32_t>(line), static_cast<std::int32_t>(column)};
}

}  // namespace communique::releases

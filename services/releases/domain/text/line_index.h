// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace communique::releases {

// A place in a text as an editor shows it: both from 1, the column in Unicode code points.
struct TextPosition {
  std::int32_t line = 1;
  std::int32_t column = 1;
  friend bool operator==(const TextPosition&, const TextPosition&) = default;
};

// Turns byte offsets of a text into lines and columns. A line ends with "\n", "\r\n" or a "\r" alone. Made in one pass;
// looking up is quick even in a text of one long line. Refers to the text, which must outlive it.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text);

  // Requires: offset <= text.size().
  TextPosition Find(std::size_t offset) const;
  // Where a line (from 1) starts, in bytes. Requires: it exists.
  std::size_t LineStart(std::int32_t line) const { return line_starts_[static_cast<std::size_t>(line) - 1]; }
  std::size_t size() const { return line_starts_.size(); }

 private:
  std::size_t CodePointsBefore(std::size_t offset) const;

  std::string_view text_;
  std::vector<std::size_t> line_starts_;
  // How many code points begin before each multiple of the stride.
  std::vector<std::size_t> counts_;
};

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "services/releases/domain/text/line_index.h"

namespace communique::releases {

// One line of a file, without what ends it.
struct Line {
  std::size_t begin = 0;
  std::size_t end = 0;
  // Without white space and invisible marks at its ends; empty for a line that prints nothing.
  std::size_t text_begin = 0;
  std::size_t text_end = 0;
  // Code points between the two.
  std::size_t length = 0;

  bool blank() const { return text_begin == text_end; }
};

// A file as the importer reads it: the same text with "\n" for its line break, where the file has one and the same
// throughout. Where it mixes them, the text is the file and the odd ones stay in it.
class SourceText {
 public:
  explicit SourceText(std::string_view file);

  std::string_view text() const { return text_; }
  // What ends the lines of the file: "\n", "\r\n" or "\r".
  const std::string& line_break() const { return line_break_; }
  const std::vector<Line>& lines() const { return lines_; }
  // Where an offset of text() is in the file.
  std::size_t FileOffset(std::size_t offset) const;
  // The line and column of an offset of text(); the same in the file.
  TextPosition Position(std::size_t offset) const { return index_.Find(offset); }

 private:
  void SplitLines();

  std::string line_break_;
  std::string text_;
  LineIndex index_;
  std::vector<Line> lines_;
};

}  // namespace communique::releases

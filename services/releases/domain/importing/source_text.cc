// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/source_text.h"

#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

std::string LineBreakOf(std::string_view file) {
  bool pairs = false;
  bool feeds = false;
  bool returns = false;
  for (std::size_t i = 0; i < file.size(); ++i) {
    if (file[i] == '\r') {
      const bool pair = i + 1 < file.size() && file[i + 1] == '\n';
      (pair ? pairs : returns) = true;
      if (pair) ++i;
    } else if (file[i] == '\n') {
      feeds = true;
    }
  }
  if (pairs && !feeds && !returns) return "\r\n";
  if (returns && !feeds && !pairs) return "\r";
  return "\n";
}

std::string WithLineFeeds(std::string_view file, std::string_view line_break) {
  std::string text;
  if (line_break == "\n") return std::string(file);
  text.reserve(file.size());
  for (const char c : file) {
    // Either every "\r" has its "\n", or there is no "\n" at all.
    if (c != '\r') text.push_back(c);
    if (c == '\r' && line_break == "\r") text.push_back('\n');
  }
  return text;
}

}  // namespace

SourceText::SourceText(std::string_view file)
    : line_break_(LineBreakOf(file)), text_(WithLineFeeds(file, line_break_)), index_(text_) {
  SplitLines();
}

void SourceText::SplitLines() {
  const std::string_view text = text_;
  lines_.reserve(index_.size());
  for (std::size_t i = 1; i <= index_.size(); ++i) {
    Line line;
    line.begin = index_.LineStart(static_cast<std::int32_t>(i));
    line.end = i < index_.size() ? index_.LineStart(static_cast<std::int32_t>(i + 1)) : text.size();
    while (line.end > line.begin && (text[line.end - 1] == '\n' || text[line.end - 1] == '\r')) --line.end;
    const std::string_view whole = text.substr(line.begin, line.end - line.begin);
    line.text_begin = line.text_end = line.begin;
    if (!IsBlank(whole)) {
      const std::string_view trimmed = TrimInvisible(whole);
      line.text_begin = static_cast<std::size_t>(trimmed.data() - text.data());
      line.text_end = line.text_begin + trimmed.size();
      line.length = CountCodePoints(trimmed);
    }
    lines_.push_back(line);
  }
}

std::size_t SourceText::FileOffset(std::size_t offset) const {
  if (line_break_.size() == 1) return offset;
  return offset + static_cast<std::size_t>(index_.Find(offset).line - 1);
}

}  // namespace communique::releases

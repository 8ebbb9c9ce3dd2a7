// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "communique/releases/v1/content.pb.h"

namespace communique::releases {

using MarkupList = google::protobuf::RepeatedPtrField<v1::Markup>;

// Writes the inside of one block as CommonMark 0.30. Whatever the words are, they are read as these words: what would
// be markup, an entity, a heading or a list is escaped. Line breaks stay where they were printed (as hard ones), empty
// lines begin a new paragraph, white space at the ends of lines goes.
class MarkdownInlines {
 public:
  enum class Lines { kKept, kJoined };

  // With kJoined, line breaks become spaces and "#" is escaped everywhere: for headings.
  explicit MarkdownInlines(Lines lines = Lines::kKept) : lines_(lines) {}

  void Text(std::string_view text);

  // `text` with its emphasis and links. Emphasis that CommonMark cannot express where it stands (inside a word, beside
  // a bracket) is left out, and so are links to anything but http, https, mailto and tel; the words stay.
  void Marked(std::string_view text, const MarkupList& markup);

  // An e-mail or web address as a link to itself, any other text as it is.
  void Address(std::string_view printed);

  // Bold, for a label in front of a text.
  void Strong(std::string_view text);

  void LineBreak() { ++breaks_; }

  // What was written; nothing but white space is nothing.
  std::string Take();

 private:
  void Flush();
  void Put(std::string_view text, std::size_t at, char32_t value, std::size_t size);
  bool MustEscape(std::string_view text, std::size_t at) const;
  void Raw(std::string_view markup);
  void Emphasized(std::string_view text, std::string_view delimiter, char32_t next);
  void Linked(std::string_view text, std::string_view uri);
  char32_t Before();

  Lines lines_;
  std::string out_;
  // White space not written yet, since it may turn out to end a line.
  std::string spaces_;
  int breaks_ = 0;
  // At the beginning of a line; behind digits and nothing else.
  bool line_start_ = true;
  bool line_digits_ = false;
  // Where the last delimiter of an emphasis ends in out_.
  std::size_t delimiter_end_ = static_cast<std::size_t>(-1);
};

// Blocks of Markdown with `first` before the first line, `others` before each of the others, and `empty` on those
// without words: what puts them into a list or a quotation.
std::string Prefixed(std::string_view blocks, std::string_view first, std::string_view others, std::string_view empty);
std::string BlockQuote(std::string_view blocks);

}  // namespace communique::releases

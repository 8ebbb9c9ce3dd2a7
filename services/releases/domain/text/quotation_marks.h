// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace communique::releases {

// A stretch in quotation marks. Positions are byte offsets: the opening mark is [begin, text_begin), what stands
// between the marks [text_begin, text_end), the closing mark [text_end, end); the closing one is empty where none was
// found before the end of the paragraph. White space that French and others put inside the marks belongs to the marks.
struct QuotedStretch {
  std::size_t begin = 0;
  std::size_t text_begin = 0;
  std::size_t text_end = 0;
  std::size_t end = 0;

  bool closed() const { return end != text_end; }
  std::string_view Opening(std::string_view text) const { return text.substr(begin, text_begin - begin); }
  std::string_view Text(std::string_view text) const { return text.substr(text_begin, text_end - text_begin); }
  std::string_view Closing(std::string_view text) const { return text.substr(text_end, end - text_end); }
};

// The outermost stretches in double or angle marks in one paragraph, in any mixture of national styles: an opening mark
// is closed by the first mark that can close it, whether or not the two belong together. Single marks are taken for
// quotation marks only where `single` says so, because they are apostrophes elsewhere.
std::vector<QuotedStretch> FindQuoted(std::string_view paragraph, bool single = false);

// The mark alone, without the white space inside it: "«" of "« ".
std::string_view BareMark(std::string_view mark);

// Whether `closing` is a mark that closes `opening` in `language` (BCP 47). Languages disagree: „ is closed by “ in
// German and by ” in Polish. One whose marks are not known accepts every pair that some language uses.
bool MarksMatch(std::string_view opening, std::string_view closing, std::string_view language);

// The mark that closes `opening` in `language`, for messages: "“".
std::string_view ClosingMarkFor(std::string_view opening, std::string_view language);

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "services/releases/domain/importing/source_text.h"
#include "services/releases/domain/importing/vocabulary.h"

namespace communique::releases {

// A paragraph of the file: a line, or the lines a mail program broke a paragraph into. [begin, end) are offsets in the
// source text, without white space at the ends.
struct Unit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t first_line = 0;
  std::size_t last_line = 0;
  // Code points.
  std::size_t length = 0;
  // Whether an empty line stands before it.
  bool after_blank = false;

  std::string_view In(std::string_view text) const { return text.substr(begin, end - begin); }
};

// The file as paragraphs, in order; only blank lines are left out. Lines are joined where the file is hard-wrapped:
// where its lines keep within a width and the next word would not have fitted.
std::vector<Unit> SplitUnits(const SourceText& source, const Vocabulary& vocabulary);

// The width a file is wrapped to, in code points; 0 when it is not.
std::size_t WrapWidth(const SourceText& source);

}  // namespace communique::releases

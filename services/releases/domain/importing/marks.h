// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string_view>

#include "services/releases/domain/importing/vocabulary.h"

namespace communique::releases {

// What a line that is a mark and nothing else says.
enum class MarkKind {
  // It is not a mark.
  kNone,
  // The copy ends here, in so many words or signs: "ENDS", "– Ende –", "-30-", "###".
  kEnd,
  // "***", "* * *", "-----": the copy ends, or passages are set apart.
  kOrnament,
  // "(more)": the copy goes on over the page.
  kMore,
};

MarkKind MarkKindOf(std::string_view line, const Vocabulary& vocabulary);

// What is left of `line` without ornaments, brackets and white space at its ends: "EMBARGO" of "*** EMBARGO ***".
std::string_view WithoutDecoration(std::string_view line);

// How many bytes the marker of a list item takes at the beginning of `line`, white space behind it included: of "- ",
// "• ", "1. ", "(a) ". 0 when there is none.
std::size_t ListMarkerSize(std::string_view line);

// Whether the marker counts: "1. ", "a) ".
bool IsCountingMarker(std::string_view marker);

}  // namespace communique::releases

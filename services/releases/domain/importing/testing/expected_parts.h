// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "services/releases/domain/importing/import_text.h"

namespace communique::releases {

// What a reader finds in a press text, written by hand beside it: lines of "key: value", "#" begins a comment.
//
//   direction                           ltr or rtl
//   headline, subhead, embargo, notes   as printed, on one line; without the line there is none
//   embargo-time                        when the embargo ends, in UTC
//   places                              the dateline's, parted by " / "; "none"
//   date                                the dateline's: 2026-05-03; 05-03 when it has no year; "none"
//   lead                                how it begins
//   paragraphs                          lead, paragraphs and quotations of the body
//   lists                               how many points each list of the body has
//   subheading, end, about              one line for each; an about text's heading, or "(no heading)"
//   quote                               speaker | role | before, middle or after: where it says who spoke | first words
//   partial                             first words of what is quoted inside a sentence; may be taken for a quotation
//   contact                             person, or (what the line is for) | e-mail | telephone numbers parted by ";"
//   navigation                          words that were set apart with the page
//   miss                                what the importer does not get right in this text, as a Check's name
struct ExpectedParts {
  std::vector<std::pair<std::string, std::string>> lines;
  std::set<std::string> misses;
};

ExpectedParts ReadExpectedParts(const std::string& text);

// One thing that a reader finds and whether the importer found it, too.
struct Check {
  // "headline", "speaker": what scores are counted by.
  std::string field;
  // "speaker of Wir haben gezeigt": unique in its text.
  std::string name;
  bool right = false;
  // What the importer made of it.
  std::string found;
};

std::vector<Check> CheckParts(const ExpectedParts& expected, const ImportResult& result);

}  // namespace communique::releases

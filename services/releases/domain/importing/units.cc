// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/units.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "services/releases/domain/importing/marks.h"
#include "services/releases/domain/text/addresses.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

// Mail and text programs wrap somewhere between these.
constexpr std::size_t kNarrowest = 45;
constexpr std::size_t kWidest = 100;
// Bytes.
constexpr std::size_t kLongestLine = 400;

std::string_view TextOf(const SourceText& source, const Line& line) {
  return source.text().substr(line.text_begin, line.text_end - line.text_begin);
}

// Code points of the first word of a line.
std::size_t FirstWordLength(std::string_view line) {
  std::size_t count = 0;
  while (!line.empty() && count < kWidest) {
    const CodePoint point = FirstCodePoint(line);
    if (IsWhiteSpace(point.value)) break;
    ++count;
    line.remove_prefix(point.size);
  }
  return count;
}

bool EndsSentence(std::string_view line) {
  constexpr std::u32string_view kEnds = U".!?:…؟۔\"”“»’)";
  return kEnds.find(LastCodePoint(line).value) != std::u32string_view::npos;
}

// A letter that goes on with a sentence: lower case, or of a script that has no case.
bool GoesOn(std::string_view line) {
  const auto first = static_cast<UChar32>(FirstCodePoint(line).value);
  return u_islower(first) != 0;
}

// A contact's line: what comes below is somebody else's.
bool EndsWithEmail(std::string_view line) {
  if (line.size() > kLongestLine) return false;
  const auto addresses = FindAddresses(line);
  return !addresses.empty() && addresses.back().kind == Address::Kind::kEmail && addresses.back().end == line.size();
}

class Joiner {
 public:
  Joiner(const SourceText& source, const Vocabulary& vocabulary)
      : source_(source), vocabulary_(vocabulary), width_(WrapWidth(source)) {}

  // Whether `next` goes on with the paragraph that `line` is a part of.
  bool Joins(const Line& line, const Line& next) const {
    if (width_ == 0 || next.blank()) return false;
    const std::string_view text = TextOf(source_, line);
    const std::string_view next_text = TextOf(source_, next);
    if (ListMarkerSize(next_text) != 0 || MarkKindOf(next_text, vocabulary_) != MarkKind::kNone) return false;
    if (line.length <= kWidest && MarkKindOf(text, vocabulary_) != MarkKind::kNone) return false;
    if (EndsWithEmail(text) && !GoesOn(next_text)) return false;
    const bool would_not_fit = line.length + 1 + FirstWordLength(next_text) > width_;
    const bool ragged = line.length * 4 >= width_ * 3 && !EndsSentence(text) && GoesOn(next_text);
    return would_not_fit || ragged;
  }

 private:
  const SourceText& source_;
  const Vocabulary& vocabulary_;
  std::size_t width_;
};

}  // namespace

std::size_t WrapWidth(const SourceText& source) {
  std::vector<std::size_t> lengths;
  std::size_t followed = 0;
  const std::vector<Line>& lines = source.lines();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].length < kNarrowest / 2) continue;
    lengths.push_back(lines[i].length);
    if (i + 1 < lines.size() && !lines[i + 1].blank() && lines[i].length >= kNarrowest) ++followed;
  }
  // Too few full lines in a row to speak of a width.
  if (lengths.size() < 4 || followed < 3) return 0;
  std::sort(lengths.begin(), lengths.end());
  // One line in twenty may stick out: web addresses do.
  const std::size_t width = lengths[lengths.size() - 1 - lengths.size() / 20];
  return width >= kNarrowest && width <= kWidest ? width : 0;
}

std::vector<Unit> SplitUnits(const SourceText& source, const Vocabulary& vocabulary) {
  const Joiner joiner(source, vocabulary);
  const std::vector<Line>& lines = source.lines();
  std::vector<Unit> units;
  bool after_blank = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].blank()) {
      after_blank = true;
      continue;
    }
    Unit unit{lines[i].text_begin, lines[i].text_end, i, i, lines[i].length, after_blank};
    while (i + 1 < lines.size() && joiner.Joins(lines[i], lines[i + 1])) {
      ++i;
      unit.end = lines[i].text_end;
      unit.last_line = i;
      unit.length += lines[i].length + 1;
    }
    units.push_back(unit);
    after_blank = false;
  }
  return units;
}

}  // namespace communique::releases

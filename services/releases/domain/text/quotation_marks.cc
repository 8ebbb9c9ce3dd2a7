// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/quotation_marks.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

enum class Family { kNone, kDouble, kAngle, kSingleAngle, kSingle };

Family FamilyOf(char32_t value) {
  switch (value) {
    case U'"':
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2E42:
    case 0xFF02:
    case 0x300C:
    case 0x300D:
      return Family::kDouble;
    case 0x00AB:
    case 0x00BB:
      return Family::kAngle;
    case 0x2039:
    case 0x203A:
      return Family::kSingleAngle;
    case 0x2018:
    case 0x2019:
    case 0x201A:
      return Family::kSingle;
    default:
      return Family::kNone;
  }
}

bool IsHebrewLetter(char32_t value) { return value >= 0x05D0 && value <= 0x05EA; }

bool IsWordCharacter(char32_t value) { return u_isalnum(static_cast<UChar32>(value)) != 0; }

bool IsSentenceEnd(char32_t value) {
  return value == '.' || value == '!' || value == '?' || value == ',' || value == 0x2026 || value == 0x061F;
}

// A mark in its surroundings.
struct Mark {
  char32_t before = 0;
  char32_t value = 0;
  char32_t after = 0;
  std::size_t size = 0;
};

Mark MarkAt(std::string_view text, std::size_t i) {
  const CodePoint point = CodePointAt(text, i);
  return {LastCodePoint(text.substr(0, i)).value, point.value, CodePointAt(text, i + point.size).value, point.size};
}

bool IsBoundary(char32_t value) { return value == 0 || !IsWordCharacter(value); }

bool CanOpen(const Mark& mark) {
  switch (FamilyOf(mark.value)) {
    case Family::kNone:
      return false;
    case Family::kAngle:
    case Family::kSingleAngle:
      // "« Bonjour »" has a space inside, »Hallo« has none.
      return IsBoundary(mark.before) && mark.after != 0;
    case Family::kSingle:
      return mark.value != 0x2019 && IsBoundary(mark.before) && IsWordCharacter(mark.after);
    case Family::kDouble:
      return IsBoundary(mark.before) && mark.after != 0 && !IsWhiteSpace(mark.after);
  }
  return false;
}

// Whether `mark` closes what `opening` has opened. `opening` decides: a low or directed mark cannot be closed by one of
// another family.
bool CanClose(char32_t opening, const Mark& mark) {
  const Family family = FamilyOf(mark.value);
  if (family != FamilyOf(opening)) return false;
  switch (family) {
    case Family::kDouble:
      // A low mark only opens; a mark between two Hebrew letters is gershayim; one behind white space opens.
      if (mark.value == 0x201E || mark.value == 0x2E42) return false;
      if (IsHebrewLetter(mark.before) && IsHebrewLetter(mark.after)) return false;
      return !IsWhiteSpace(mark.before) && (IsBoundary(mark.after) || mark.value == 0x201D || mark.value == 0x300D);
    case Family::kAngle:
    case Family::kSingleAngle:
      return mark.value != opening || opening == 0x00BB;
    case Family::kSingle:
      return mark.value != 0x201A && !IsWhiteSpace(mark.before) && IsBoundary(mark.after) &&
             (IsSentenceEnd(mark.before) || IsSentenceEnd(mark.after) || mark.after == 0);
    case Family::kNone:
      return false;
  }
  return false;
}

std::size_t SpaceAfter(std::string_view text, std::size_t i) {
  return text.size() - i - TrimLeadingWhiteSpace(text.substr(i)).size();
}

std::size_t SpaceBefore(std::string_view text, std::size_t i) {
  const std::string_view head = text.substr(0, i);
  return head.size() - TrimTrailingWhiteSpace(head).size();
}

// Pairs in use, by language; "*" holds everywhere.
struct Pair {
  std::string_view opening;
  std::string_view closing;
  std::string_view languages;
};
constexpr std::array kPairs = {
    Pair{"\"", "\"", "*"},
    Pair{"«", "»", "*"},
    Pair{"‹", "›", "*"},
    Pair{"„", "“", "de cs sk sl bg mk is lt lv et da ka lb hsb dsb sq"},
    Pair{"„", "”", "pl hu ro hr sr bs nl he yi af"},
    Pair{"“", "”", "en es fr it pt ca gl eu tr ar fa ur he zh ja ko vi th id ms hi bn sw nl ga cy el ru uk pl"},
    Pair{"“", "“", "sq"},
    Pair{"”", "”", "sv fi he nb nn no da"},
    Pair{"»", "«", "de da cs sk sl hr sr hu pl"},
    Pair{"»", "»", "fi sv"},
    Pair{"›", "‹", "de da"},
    Pair{"‘", "’", "*"},
    Pair{"‚", "‘", "de cs sk sl bg is lt"},
    Pair{"‚", "’", "pl nl hu ro hr sr"},
    Pair{"「", "」", "zh ja ko"},
    Pair{"‟", "”", "*"},
};

bool Lists(std::string_view languages, std::string_view language) {
  if (languages == "*") return true;
  while (!languages.empty()) {
    const std::size_t space = std::min(languages.find(' '), languages.size());
    if (languages.substr(0, space) == language) return true;
    languages.remove_prefix(std::min(space + 1, languages.size()));
  }
  return false;
}

bool IsKnown(std::string_view language) {
  return std::any_of(kPairs.begin(), kPairs.end(),
                     [&](const Pair& pair) { return pair.languages != "*" && Lists(pair.languages, language); });
}

std::string_view PrimarySubtag(std::string_view tag) { return tag.substr(0, tag.find_first_of("-_")); }

}  // namespace

std::vector<QuotedStretch> FindQuoted(std::string_view paragraph, bool single) {
  std::vector<QuotedStretch> found;
  QuotedStretch open;
  char32_t opening = 0;
  for (std::size_t i = 0; i < paragraph.size();) {
    const CodePoint point = CodePointAt(paragraph, i);
    const Family family = FamilyOf(point.value);
    if (family == Family::kNone || (family == Family::kSingle && !single)) {
      i += point.size;
      continue;
    }
    const Mark mark = MarkAt(paragraph, i);
    if (opening == 0 && CanOpen(mark)) {
      opening = mark.value;
      open.begin = i;
      open.text_begin = i + mark.size + SpaceAfter(paragraph, i + mark.size);
    } else if (opening != 0 && i >= open.text_begin && CanClose(opening, mark)) {
      open.text_end = std::max(i - SpaceBefore(paragraph, i), open.text_begin);
      open.end = i + mark.size;
      found.push_back(open);
      opening = 0;
    }
    i += point.size;
  }
  if (opening != 0) {
    open.text_begin = std::min(open.text_begin, paragraph.size());
    open.text_end = open.end = paragraph.size();
    found.push_back(open);
  }
  return found;
}

std::string_view BareMark(std::string_view mark) { return TrimWhiteSpace(mark); }

bool MarksMatch(std::string_view opening, std::string_view closing, std::string_view language) {
  const std::string_view bare_opening = BareMark(opening);
  const std::string_view bare_closing = BareMark(closing);
  const std::string_view primary = PrimarySubtag(language);
  const bool known = IsKnown(primary);
  return std::any_of(kPairs.begin(), kPairs.end(), [&](const Pair& pair) {
    return pair.opening == bare_opening && pair.closing == bare_closing && (!known || Lists(pair.languages, primary));
  });
}

std::string_view ClosingMarkFor(std::string_view opening, std::string_view language) {
  const std::string_view bare = BareMark(opening);
  const std::string_view primary = PrimarySubtag(language);
  for (const Pair& pair : kPairs) {
    if (pair.opening == bare && Lists(pair.languages, primary)) return pair.closing;
  }
  for (const Pair& pair : kPairs) {
    if (pair.opening == bare) return pair.closing;
  }
  return "\"";
}

}  // namespace communique::releases

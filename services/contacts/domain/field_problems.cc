// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/field_problems.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/text/code_points.h"
#include "services/platform/base/string_view.h"
#include "services/platform/locale/text.h"

namespace communique::contacts {
namespace {

bool IsLetter(char32_t c) { return u_isalpha(static_cast<UChar32>(c)); }

// Letters and the marks on them: what a joiner can join.
bool IsPartOfWord(char32_t c) { return IsLetter(c) || (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0; }

// Joiners shape Persian and Indic words, and variation selectors choose the form of a Japanese or Mongolian letter;
// anywhere else they are not seen.
bool BelongsToWord(std::u32string_view points, std::size_t i) {
  if (i == 0 || !IsPartOfWord(points[i - 1])) return false;
  if (points[i] == 0x200C || points[i] == 0x200D) return i + 1 < points.size() && IsPartOfWord(points[i + 1]);
  return u_hasBinaryProperty(static_cast<UChar32>(points[i]), UCHAR_VARIATION_SELECTOR) != 0;
}

std::optional<Problem> CheckUnseen(std::u32string_view points) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    const char32_t c = points[i];
    const auto type = u_charType(static_cast<UChar32>(c));
    const bool breaks = (c >= U'\n' && c <= U'\r') || c == 0x85;
    if (breaks || type == U_LINE_SEPARATOR || type == U_PARAGRAPH_SEPARATOR) {
      return Problem{"NAME_LINE_BREAK", i + 1, "must be one line"};
    }
    if (type == U_CONTROL_CHAR) {
      return Problem{"NAME_CONTROL", i + 1, absl::StrCat("holds the control character ", Named(c), "; take it out")};
    }
    if (c == 0xFFFD) return Problem{"NAME_CONTROL", i + 1, "holds a broken character (U+FFFD); type it anew"};
    if (PrintsNothing(c) && !BelongsToWord(points, i)) {
      return Problem{"NAME_INVISIBLE", i + 1, absl::StrCat("holds ", Named(c), ", which nobody sees; take it out")};
    }
  }
  return std::nullopt;
}

// Whether "&amp;", "&#233;" or the like begins at `i`; "AT&T" has none.
bool IsEntity(std::u32string_view points, std::size_t i) {
  std::size_t end = i + 1;
  if (end < points.size() && points[end] == U'#') ++end;
  const std::size_t first = end;
  while (end < points.size() && points[end] < 0x80 && u_isalnum(static_cast<UChar32>(points[end]))) ++end;
  return end > first && end < points.size() && points[end] == U';';
}

std::optional<Problem> CheckMarkup(std::u32string_view points) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points[i] == U'<' || points[i] == U'>') {
      return Problem{"NAME_MARKUP", i + 1, "has \"<\" or \">\"; write plain text without markup"};
    }
    if (points[i] == U'&' && IsEntity(points, i)) {
      return Problem{"NAME_MARKUP", i + 1, "has a character as markup; write the character itself"};
    }
  }
  return std::nullopt;
}

std::optional<Problem> CheckLetters(std::u32string_view points, NameLetters letters) {
  if (letters == NameLetters::kNone) return std::nullopt;
  const bool digits = letters == NameLetters::kLetterOrDigit;
  if (std::any_of(points.begin(), points.end(),
                  [&](char32_t c) { return IsLetter(c) || (digits && u_isdigit(static_cast<UChar32>(c))); })) {
    return std::nullopt;
  }
  return Problem{"NAME_NO_LETTERS", 0,
                 digits ? "has neither a letter nor a digit; write it in words" : "has no letter; write it in letters"};
}

std::optional<Problem> FindProblem(std::string_view text, const NameRule& rule) {
  if (platform::IsBlank(text)) {
    if (text.empty() && !rule.required) return std::nullopt;
    return Problem{"NAME_EMPTY", 0,
                   rule.required ? "must not be empty" : "holds nothing but white space; leave it out"};
  }
  const std::u32string points = ToCodePoints(text);
  if (points.size() > rule.max_characters) {
    return Problem{"NAME_TOO_LONG", rule.max_characters + 1,
                   absl::StrCat("has ", points.size(), " characters; at most ", rule.max_characters, " are allowed")};
  }
  if (auto problem = CheckUnseen(points)) return problem;
  if (auto problem = CheckMarkup(points)) return problem;
  return CheckLetters(points, rule.letters);
}

}  // namespace

void AddProblem(const std::string& path, const Problem& problem, platform::FieldViolations& violations) {
  std::string description = absl::StrCat(problem.sentence, " (", platform::ToAbsl(problem.code));
  if (problem.position > 0) absl::StrAppend(&description, ", character ", problem.position);
  violations.Add(path, absl::StrCat(description, ")"));
}

void CheckName(const std::string& path, std::string_view text, const NameRule& rule,
               platform::FieldViolations& violations) {
  if (const auto problem = FindProblem(text, rule)) AddProblem(path, *problem, violations);
}

}  // namespace communique::contacts

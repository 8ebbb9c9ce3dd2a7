// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/phone_text.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/text/code_points.h"

namespace communique::contacts {
namespace {

// No number with its extension and brackets is longer.
constexpr std::size_t kMaxCharacters = 100;
constexpr std::size_t kMaxExtension = 10;
constexpr std::size_t kFewestDigitsOfANumber = 7;
constexpr std::size_t kMaxDigitsBehindPause = 5;

// "Extension" in the languages of our newsrooms, folded.
constexpr std::string_view kExtensionWords[] = {
    "ext",        "extn", "extension", "x",       "durchwahl", "dw",    "dwahl", "apparat", "app",     "nebenstelle",
    "poste",      "p",    "interno",   "interne", "int",       "anexo", "ramal", "wew",     "toestel", "доб",
    "добавочный", "вн",   "داخلي",     "תוספ",    "שלוחה",     "内線",  "分机",  "內線"};

constexpr std::string_view kOrWords[] = {"or", "and", "oder", "und", "bzw", "ou", "et", "o", "u",  "y",  "e",
                                         "of", "en",  "lub",  "i",   "или", "и",  "أو", "و", "או", "或", "または"};

template <typename Words>
bool IsOneOf(std::string_view word, const Words& words) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool IsLetter(char32_t c) { return u_isalpha(static_cast<UChar32>(c)); }
bool IsDigit(char32_t c) {
  return u_charDigitValue(static_cast<UChar32>(c)) >= 0 && u_isdigit(static_cast<UChar32>(c));
}
bool IsMark(char32_t c) { return U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK; }

char Digit(char32_t c) { return static_cast<char>('0' + u_charDigitValue(static_cast<UChar32>(c))); }

// The one way to write `c`; 0 when it has no place in a number.
char Plain(char32_t c) {
  switch (c) {
    case U'+':
    case 0xFF0B:
      return '+';
    case U'(':
    case U'[':
    case 0xFF08:
      return '(';
    case U')':
    case U']':
    case 0xFF09:
      return ')';
    case U'/':
    case U'|':
    case U'&':
    case 0xFF0F:
      return '/';
    case U',':
    case U';':
    case 0x060C:
    case 0x3001:
    case 0xFF0C:
      return ',';
    case U'#':
    case 0xFF03:
      return '#';
    case U'.':
    case U':':
    case U'=':
    case 0x00B7:
    case 0x2022:
      return '.';
    case 0x30FC:  // the long vowel mark, which Japanese keyboards give for a dash
    case 0x2212:
    case U'~':
      return '-';
    default:
      break;
  }
  if (u_isUWhiteSpace(static_cast<UChar32>(c))) return ' ';
  return u_charType(static_cast<UChar32>(c)) == U_DASH_PUNCTUATION ? '-' : '\0';
}

std::optional<Problem> CheckCharacters(std::u32string_view points) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    const char32_t c = points[i];
    if (u_charType(static_cast<UChar32>(c)) == U_CONTROL_CHAR) {
      return Problem{"PHONE_CONTROL", i + 1,
                     absl::StrCat("holds the control character ", Named(c), "; a number is one line of digits")};
    }
    if (PrintsNothing(c)) {
      return Problem{"PHONE_INVISIBLE", i + 1, absl::StrCat("holds ", Named(c), ", which nobody sees; take it out")};
    }
    if (!IsDigit(c) && !IsLetter(c) && !IsMark(c) && Plain(c) == '\0') {
      return Problem{"PHONE_CHARACTER", i + 1,
                     absl::StrCat("holds ", Named(c), ", which is in no number; write it as \"+41 22 717 91 11\"")};
    }
  }
  return std::nullopt;
}

Problem Several(std::size_t position) {
  return {"PHONE_SEVERAL", position, "holds more than one number; give each a place of its own"};
}

Problem BadExtension(std::size_t position) {
  return {"PHONE_EXTENSION", position,
          absl::StrCat("has an extension that is not 1 to ", kMaxExtension,
                       " digits; write it as \"+41 22 717 91 11 ext. 12\"")};
}

// Where the number itself begins: at its first digit, "+" or "(" that a digit follows.
std::size_t BeginOfNumber(std::u32string_view points) {
  const auto digit = static_cast<std::size_t>(std::find_if(points.begin(), points.end(), IsDigit) - points.begin());
  std::size_t begin = digit;
  while (begin > 0) {
    const char before = Plain(points[begin - 1]);
    if (before != '+' && before != '(' && before != ' ') break;
    --begin;
  }
  return begin;
}

class Reader {
 public:
  explicit Reader(std::u32string_view points) : points_(points) {}

  OrProblem<PhoneText> Read() {
    i_ = BeginOfNumber(points_);
    const auto* const word = std::find_if(points_.begin(), points_.begin() + static_cast<std::ptrdiff_t>(i_), IsLetter);
    if (word != points_.begin() + static_cast<std::ptrdiff_t>(i_) && !IsUriScheme()) {
      text_.words_before = static_cast<std::size_t>(word - points_.begin()) + 1;
    }
    while (i_ < points_.size()) {
      auto problem = IsLetter(points_[i_]) ? TakeWord() : TakeCharacter();
      if (problem) return *std::move(problem);
    }
    return std::move(text_);
  }

 private:
  // "tel:+41…" of RFC 3966, as address books export it.
  bool IsUriScheme() const { return NfkcCaseFold(ToUtf8(points_.substr(0, i_))) == "tel:"; }

  std::size_t Digits() const {
    return static_cast<std::size_t>(
        std::count_if(text_.number.begin(), text_.number.end(), [](char c) { return c >= '0' && c <= '9'; }));
  }

  bool DigitsFollow() const {
    return std::any_of(points_.begin() + static_cast<std::ptrdiff_t>(i_), points_.end(), IsDigit);
  }

  // Behind a mark, and not a word first (";ext=12").
  bool NumberFollows() const {
    const auto rest = points_.substr(i_);
    const auto next = std::find_if(rest.begin(), rest.end(), [](char32_t c) { return IsDigit(c) || IsLetter(c); });
    return next != rest.end() && IsDigit(*next);
  }

  // "+41227179111,12", as telephones store it; "717 91 11, 12" are two numbers.
  bool IsPause() const {
    const auto rest = points_.substr(i_);
    return Digits() >= kFewestDigitsOfANumber && !rest.empty() && rest.size() <= kMaxDigitsBehindPause &&
           std::all_of(rest.begin(), rest.end(), IsDigit);
  }

  std::optional<Problem> TakeCharacter() {
    const char32_t c = points_[i_++];
    if (IsMark(c)) return std::nullopt;
    if (IsDigit(c)) {
      text_.number += Digit(c);
      return std::nullopt;
    }
    const char plain = Plain(c);
    if (plain == '#' || (plain == ',' && IsPause())) return TakeExtension(i_);
    if (plain == '+' && Digits() > 0) {
      // Less than a number before it: "0041+22".
      if (Digits() >= 5) return Several(i_);
      return Problem{"PHONE_CHARACTER", i_, "has a \"+\" in its middle; it stands in front of the country code alone"};
    }
    if ((plain == '/' || plain == ',') && NumberFollows()) text_.partings.push_back({text_.number.size(), i_});
    text_.number += plain == ',' || plain == '/' || plain == '.' ? ' ' : plain;
    return std::nullopt;
  }

  std::optional<Problem> TakeWord() {
    const std::size_t begin = i_;
    while (i_ < points_.size() && (IsLetter(points_[i_]) || IsMark(points_[i_]))) ++i_;
    const std::string written = ToUtf8(points_.substr(begin, i_ - begin));
    const std::string word = NfkcCaseFold(written);
    if (IsOneOf(word, kExtensionWords) && Digits() > 0 && DigitsFollow()) return TakeExtension(begin + 1);
    if (IsOneOf(word, kOrWords) && Digits() >= 5 && DigitsFollow()) return Several(begin + 1);
    if (text_.letters == 0) text_.letters = begin + 1;
    text_.number += written;
    return std::nullopt;
  }

  // What is left is the extension and nothing else. `position` is that of its word.
  std::optional<Problem> TakeExtension(std::size_t position) {
    for (; i_ < points_.size(); ++i_) {
      const char32_t c = points_[i_];
      const char plain = Plain(c);
      if (IsDigit(c)) {
        text_.extension += Digit(c);
      } else if (plain == '+') {
        return Several(i_ + 1);
      } else if (plain != ' ' && plain != '.' && plain != '-' && plain != '(' && plain != ')') {
        return BadExtension(position);
      }
    }
    if (text_.extension.empty() || text_.extension.size() > kMaxExtension) return BadExtension(position);
    return std::nullopt;
  }

  std::u32string_view points_;
  std::size_t i_ = 0;
  PhoneText text_;
};

}  // namespace

OrProblem<PhoneText> ReadPhoneText(std::string_view raw) {
  const std::u32string points = ToCodePoints(raw.substr(0, 4 * kMaxCharacters + 4));
  if (points.empty()) return Problem{"PHONE_EMPTY", 0, "must not be empty"};
  if (points.size() > kMaxCharacters) {
    return Problem{"PHONE_TOO_LONG", kMaxCharacters + 1,
                   absl::StrCat("is longer than ", kMaxCharacters, " characters; write the number alone")};
  }
  if (auto problem = CheckCharacters(points)) return *std::move(problem);
  if (std::none_of(points.begin(), points.end(), IsDigit)) {
    return Problem{"PHONE_NO_DIGITS", 0, "has no digits; write a number such as \"+41 22 717 91 11\""};
  }
  return Reader(points).Read();
}

}  // namespace communique::contacts

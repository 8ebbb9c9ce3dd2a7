// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/contact_addresses.h"

#include <re2/re2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <numeric>

#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

constexpr std::size_t kFewestDigits = 7;
constexpr std::size_t kMostDigits = 15;
// So many digits in a row are a telephone number rather than a register's.
constexpr std::size_t kDigitsInARow = 9;
constexpr int kLongestGap = 3;
// A label is looked for in this many bytes before a number.
constexpr std::size_t kReachOfLabel = 40;

// Of any script: "٠١ ٥٥٥ ٠١٧".
bool IsDigit(char32_t value) { return u_charDigitValue(static_cast<UChar32>(value)) >= 0; }

bool StartsWithDigit(std::string_view text) { return IsDigit(FirstCodePoint(text).value); }

// Code points of the groups of digits in `text`.
std::vector<std::size_t> GroupsOf(std::string_view text) {
  std::vector<std::size_t> groups;
  bool inside = false;
  while (!text.empty()) {
    const CodePoint point = FirstCodePoint(text);
    text.remove_prefix(point.size);
    const bool digit = IsDigit(point.value);
    if (digit && !inside) groups.push_back(0);
    if (digit) ++groups.back();
    inside = digit;
  }
  return groups;
}

std::size_t CountDigits(std::string_view text) {
  const std::vector<std::size_t> groups = GroupsOf(text);
  return std::accumulate(groups.begin(), groups.end(), std::size_t{0});
}

bool IsInsideNumber(char32_t value) {
  constexpr std::u32string_view kMarks = U" -/.()\u00A0\u202F\u2011\u2013";
  return kMarks.find(value) != std::u32string_view::npos;
}

// The end of the digits, and marks between them, that begin at `begin`.
std::size_t EndOfNumber(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  int gap = 0;
  for (std::size_t i = begin; i < text.size() && gap <= kLongestGap;) {
    const CodePoint point = CodePointAt(text, i);
    // A second number begins with its area code.
    const bool another = text[i] == '(' && CountDigits(text.substr(begin, i - begin)) >= kFewestDigits;
    if (another) break;
    if (IsDigit(point.value)) {
      end = i + point.size;
      gap = 0;
    } else if (IsInsideNumber(point.value) || (text[i] == '+' && i == begin)) {
      ++gap;
    } else {
      break;
    }
    i += point.size;
  }
  return end;
}

// Where the first of two numbers ends that are parted by a spaced slash or dash; the end of the text where there is
// one.
std::size_t EndOfFirst(std::string_view number) {
  for (const std::string_view mark : {" / ", " - ", " – ", " — "}) {
    const std::size_t at = number.find(mark);
    if (at == std::string_view::npos) continue;
    if (CountDigits(number.substr(0, at)) >= kFewestDigits && CountDigits(number.substr(at)) >= kFewestDigits)
      return at;
  }
  return number.size();
}

// "9.00-17.00", "2024/2025", "04.03.2026 – 14".
bool IsTimeOrDate(std::string_view number) {
  static const auto& kHours = *new RE2(R"(^\d{1,2}[.:]\d\d\s*[-–]\s*\d{1,2}[.:]\d\d$)");
  static const auto& kYears = *new RE2(R"(^(19|20)\d\d\s*[-–/]\s*(19|20)\d\d$)");
  static const auto& kDate = *new RE2(R"(^(\d{1,2}[./]\d{1,2}[./](19|20)?\d\d\b|\d{4}-\d\d-\d\d))");
  return RE2::PartialMatch(number, kHours) || RE2::PartialMatch(number, kYears) || RE2::PartialMatch(number, kDate);
}

// "606-555-0134": nothing else is written like this.
bool IsNorthAmerican(std::string_view number) {
  if (number.find(' ') != std::string_view::npos || number.find('/') != std::string_view::npos) return false;
  const std::vector<std::size_t> groups = GroupsOf(number);
  constexpr std::size_t kGroups[] = {3, 3, 4};
  return std::equal(groups.begin(), groups.end(), std::begin(kGroups), std::end(kGroups));
}

// Behind "Tel.", "Mobile:".
bool IsLabeled(std::string_view before, const Vocabulary& vocabulary) {
  std::size_t begin = before.size() - std::min(before.size(), kReachOfLabel);
  while (begin < before.size() && (static_cast<unsigned char>(before[begin]) & 0xC0U) == 0x80U) ++begin;
  const FoldedTokens tokens = vocabulary.Tokens(before.substr(begin));
  std::size_t last = tokens.size();
  while (last > 0 && !tokens.IsWord(last - 1)) --last;
  for (std::size_t i = 0; i < last; ++i) {
    if (!tokens.IsWord(i)) continue;
    const auto label = vocabulary.Match(Cue::kPhoneLabel, tokens, i);
    if (label.has_value() && i + label->tokens >= last) return true;
  }
  return false;
}

bool IsBorder(char32_t value) {
  constexpr std::u32string_view kBorders = U",;:|()\u2022\u00B7\u2013\u2014\u060C/";
  return value == 0 || kBorders.find(value) != std::u32string_view::npos;
}

bool StandsAlone(std::string_view before, std::string_view behind) {
  const std::string_view left = TrimTrailingWhiteSpace(before);
  const std::string_view right = TrimLeadingWhiteSpace(behind);
  const bool begins = before.find('\n', left.size()) != std::string_view::npos || IsBorder(LastCodePoint(left).value);
  const std::size_t space = behind.size() - right.size();
  const bool ends = behind.substr(0, space).find('\n') != std::string_view::npos ||
                    IsBorder(FirstCodePoint(right).value) || right == ".";
  return begins && ends;
}

class NumberFinder {
 public:
  NumberFinder(std::string_view text, const Vocabulary& vocabulary) : text_(text), vocabulary_(vocabulary) {}

  std::vector<Address> Find() {
    std::size_t from = 0;
    for (const Address& address : FindAddresses(text_)) {
      if (address.kind == Address::Kind::kPhone) continue;
      FindNumbers(from, address.begin);
      found_.push_back(address);
      from = address.end;
    }
    FindNumbers(from, text_.size());
    return std::move(found_);
  }

 private:
  void FindNumbers(std::size_t begin, std::size_t end) {
    const std::string_view reach = text_.substr(0, end);
    for (std::size_t i = begin; i < end;) {
      const CodePoint point = CodePointAt(text_, i);
      const bool prefix = text_[i] == '+' || text_[i] == '(';
      const bool starts = IsDigit(point.value) || (prefix && i + 1 < end && IsBehindPrefix(i + 1));
      // Not inside a word: "B12".
      const char32_t before = i > begin ? LastCodePoint(text_.substr(0, i)).value : 0;
      if (!starts || IsDigit(before) || u_isalpha(static_cast<UChar32>(before)) != 0) {
        i += point.size;
        continue;
      }
      std::size_t stop = EndOfNumber(reach, i);
      stop = i + EndOfFirst(text_.substr(i, stop - i));
      while (stop > i && !IsDigit(LastCodePoint(text_.substr(0, stop)).value)) {
        stop -= LastCodePoint(text_.substr(0, stop)).size;
      }
      if (IsNumber(i, stop)) found_.push_back({Address::Kind::kPhone, i, stop});
      i = std::max(stop, i + point.size);
    }
  }

  bool IsBehindPrefix(std::size_t i) const { return StartsWithDigit(text_.substr(i)) || text_[i] == '+'; }

  bool IsNumber(std::size_t begin, std::size_t end) const {
    const std::string_view number = text_.substr(begin, end - begin);
    const std::size_t digits = CountDigits(number);
    if (digits < kFewestDigits || digits > kMostDigits) return false;
    if (number[0] == '(' && number.find(')') == std::string_view::npos) return false;
    const bool telling = number[0] == '+' || number[0] == '(';
    if (telling || IsLabeled(text_.substr(0, begin), vocabulary_)) return true;
    if (IsTimeOrDate(number)) return false;
    if (u_charDigitValue(static_cast<UChar32>(FirstCodePoint(number).value)) == 0 || IsNorthAmerican(number))
      return true;
    const bool parted = digits < number.size();
    return (parted || digits >= kDigitsInARow) && StandsAlone(text_.substr(0, begin), text_.substr(end));
  }

  std::string_view text_;
  const Vocabulary& vocabulary_;
  std::vector<Address> found_;
};

}  // namespace

std::vector<Address> FindContactAddresses(std::string_view text, const Vocabulary& vocabulary) {
  return NumberFinder(text, vocabulary).Find();
}

}  // namespace communique::releases

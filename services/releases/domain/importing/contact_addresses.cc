// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/contact_addresses.h"

#include <algorithm>
#include <cstddef>

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

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::size_t CountDigits(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), IsDigit));
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
    if (IsDigit(text[i])) {
      end = i + 1;
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

// Where the first of two numbers parted by a spaced slash ends; the end of the text where there is one.
std::size_t EndOfFirst(std::string_view number) {
  const std::size_t slash = number.find(" / ");
  if (slash == std::string_view::npos) return number.size();
  const bool two =
      CountDigits(number.substr(0, slash)) >= kFewestDigits && CountDigits(number.substr(slash)) >= kFewestDigits;
  return two ? slash : number.size();
}

// "9.00-17.00", "2024/2025", "04.03.2026": three groups of a date, or two of hours or years.
bool IsTimeOrDate(std::string_view number) {
  std::vector<std::size_t> groups = {0};
  for (const char c : number) {
    if (IsDigit(c)) {
      ++groups.back();
    } else if (groups.back() > 0) {
      groups.push_back(0);
    }
  }
  const auto is = [&](std::initializer_list<std::size_t> sizes) {
    return std::equal(sizes.begin(), sizes.end(), groups.begin(), groups.end());
  };
  return is({1, 2, 2, 2}) || is({2, 2, 2, 2}) || is({4, 4}) || is({2, 2, 4}) || is({4, 2, 2});
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
      const bool starts = IsDigit(text_[i]) || ((text_[i] == '+' || text_[i] == '(') && i + 1 < end && IsPrefix(i + 1));
      // Not inside a word: "B12".
      const bool inside = i > begin && (IsDigit(text_[i - 1]) || IsAsciiLetter(text_[i - 1]));
      if (!starts || inside) {
        ++i;
        continue;
      }
      std::size_t stop = EndOfNumber(reach, i);
      stop = i + EndOfFirst(text_.substr(i, stop - i));
      while (stop > i && !IsDigit(text_[stop - 1])) --stop;
      if (IsNumber(i, stop)) found_.push_back({Address::Kind::kPhone, i, stop});
      i = std::max(stop, i + 1);
    }
  }

  bool IsPrefix(std::size_t i) const { return IsDigit(text_[i]) || text_[i] == '+'; }
  static bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

  bool IsNumber(std::size_t begin, std::size_t end) const {
    const std::string_view number = text_.substr(begin, end - begin);
    const std::size_t digits = CountDigits(number);
    if (digits < kFewestDigits || digits > kMostDigits) return false;
    if (number[0] == '(' && number.find(')') == std::string_view::npos) return false;
    const bool telling = number[0] == '+' || number[0] == '(';
    if (telling || IsLabeled(text_.substr(0, begin), vocabulary_)) return true;
    if (IsTimeOrDate(number)) return false;
    if (number[0] == '0') return true;
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

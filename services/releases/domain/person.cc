// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/person.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "services/releases/domain/text/addresses.h"
#include "services/releases/domain/text/fold.h"
#include "services/releases/domain/text/utf8.h"

namespace communique::releases {
namespace {

using Segment = v1::ContactSegment;

// A number is told from years, sums and post codes by how many digits it has.
constexpr std::size_t kFewestDigits = 7;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The digits of a folded number, without the zero that is only dialled at home: of "+49 (0)30 1234567" and "030
// 1234567" what follows it. Two such numbers are the same when one ends with the other.
std::string DigitsOf(std::string_view folded) {
  std::string digits;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (folded.substr(i).starts_with("(0)")) {
      i += 2;
    } else if (IsDigit(folded[i])) {
      digits += folded[i];
    }
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  return digits;
}

bool SameNumber(std::string_view a, std::string_view b) {
  return std::min(a.size(), b.size()) >= kFewestDigits && (a.ends_with(b) || b.ends_with(a));
}

// Of nothing but digits and what stands between them, and of enough; with an extension as RFC 3966 writes it. In print
// other words stand before an extension, and its digits behind those of the number all the same.
bool LooksLikeNumber(std::string_view folded) {
  const std::string_view number = folded.substr(0, folded.find(";ext="));
  const bool plain = number.find_first_not_of("0123456789 +-/().") == std::string_view::npos;
  return plain && DigitsOf(number).size() >= kFewestDigits;
}

std::string_view WithoutScheme(std::string_view folded) {
  for (const std::string_view start : {"https://", "http://", "www."}) {
    if (folded.starts_with(start)) folded.remove_prefix(start.size());
  }
  if (folded.ends_with('/')) folded.remove_suffix(1);
  return folded;
}

bool LooksLikeWebAddress(std::string_view folded) {
  const bool marked = folded.starts_with("http://") || folded.starts_with("https://") || folded.starts_with("www.");
  return marked || (folded.find('/') != std::string_view::npos && folded.find('.') != std::string_view::npos &&
                    folded.find(' ') == std::string_view::npos);
}

// A letter or digit that goes on with its neighbours. Ideographs stand alone.
bool IsPartOfWord(CodePoint point) {
  if (point.size == 0) return false;
  const auto value = static_cast<UChar32>(point.value);
  if (u_hasBinaryProperty(value, UCHAR_IDEOGRAPHIC) != 0) return false;
  return u_isalnum(value) != 0 || (U_GET_GC_MASK(value) & U_GC_M_MASK) != 0;
}

// Whether `words` stands in `text`, both folded, and ends on both sides where words do.
bool HasWords(std::string_view text, std::string_view words) {
  const bool word_begins = IsPartOfWord(FirstCodePoint(words));
  const bool word_ends = IsPartOfWord(LastCodePoint(words));
  for (auto at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
    const bool goes_on = word_begins && IsPartOfWord(LastCodePoint(text.substr(0, at)));
    if (!goes_on && !(word_ends && IsPartOfWord(FirstCodePoint(text.substr(at + words.size()))))) return true;
  }
  return false;
}

bool Contains(const std::vector<std::string>& values, std::string_view value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool HasAny(std::string_view text, const std::vector<std::string>& values) {
  return std::any_of(values.begin(), values.end(), [&](const std::string& value) { return HasWords(text, value); });
}

bool IsNumberOf(const std::vector<std::string>& numbers, std::string_view folded) {
  const std::string digits = DigitsOf(folded);
  return std::any_of(numbers.begin(), numbers.end(), [&](const auto& number) { return SameNumber(number, digits); });
}

}  // namespace

void Person::Add(std::string_view value) {
  const std::string folded = Fold(value);
  if (folded.empty()) return;
  if (const std::string mail = Fold(MailAddress(value)); mail.find('@') != std::string::npos) {
    mails_.push_back(mail);
  } else if (LooksLikeNumber(folded)) {
    numbers_.push_back(DigitsOf(folded));
  } else if (LooksLikeWebAddress(folded)) {
    web_addresses_.emplace_back(WithoutScheme(folded));
  } else {
    names_.push_back(folded);
  }
}

bool Person::HasAddress(const Segment& segment) const {
  switch (segment.kind()) {
    case Segment::KIND_EMAIL:
      return Contains(mails_, Fold(MailAddress(segment.value())));
    case Segment::KIND_PHONE:
      return IsNumberOf(numbers_, Fold(segment.value()));
    case Segment::KIND_URL:
      return Contains(web_addresses_, WithoutScheme(Fold(segment.value())));
    default:
      return false;
  }
}

bool Person::IsNamedIn(std::string_view text) const { return HasAny(Fold(text), names_); }

bool Person::StandsIn(std::string_view text) const {
  const std::string folded = Fold(text);
  if (HasAny(folded, names_) || HasAny(folded, mails_) || HasAny(folded, web_addresses_)) return true;
  if (numbers_.empty() && mails_.empty()) return false;
  const std::vector<Address> addresses = FindAddresses(folded);
  return std::any_of(addresses.begin(), addresses.end(), [&](const Address& address) {
    const std::string_view found = std::string_view(folded).substr(address.begin, address.end - address.begin);
    if (address.kind == Address::Kind::kPhone) return IsNumberOf(numbers_, found);
    return address.kind == Address::Kind::kEmail && Contains(mails_, Fold(MailAddress(found)));
  });
}

}  // namespace communique::releases

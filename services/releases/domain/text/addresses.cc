// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/addresses.h"

#include <algorithm>

#include "services/releases/domain/text/tokens.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }
bool IsBeyondAscii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

bool IsLocalPart(char c) {
  return IsAsciiLetter(c) || IsAsciiDigit(c) || std::string_view("._%+-'").find(c) != std::string_view::npos;
}

// Letters beyond ASCII take part in domains (IDN), the marks and spaces beyond ASCII do not.
std::size_t DomainCharacter(std::string_view text, std::size_t i) {
  if (i >= text.size()) return 0;
  if (IsAsciiLetter(text[i]) || IsAsciiDigit(text[i]) || text[i] == '-') return 1;
  if (!IsBeyondAscii(text[i])) return 0;
  const std::string_view point = text.substr(i, CodePointAt(text, i).size);
  return Tokenize(point).front().kind == TokenKind::kWord ? point.size() : 0;
}

// The end of a domain of at least two labels that begins at `begin`; `begin` when there is none.
std::size_t EndOfDomain(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  int labels = 0;
  while (true) {
    std::size_t i = end == begin ? begin : end + 1;
    const std::size_t label = i;
    while (const std::size_t size = DomainCharacter(text, i)) i += size;
    if (i == label) break;
    ++labels;
    end = i;
    if (i >= text.size() || text[i] != '.') break;
  }
  return labels >= 2 ? end : begin;
}

// An e-mail address around the "@" (or "(at)") that spans [at, behind).
bool EmailAround(std::string_view text, std::size_t at, std::size_t behind, std::size_t floor, Address& address) {
  std::size_t begin = at;
  while (begin > floor && IsLocalPart(text[begin - 1])) --begin;
  while (begin < at && (text[begin] == '.' || text[begin] == '\'')) ++begin;
  const std::size_t end = EndOfDomain(text, behind);
  if (begin == at || end == behind) return false;
  address = {Address::Kind::kEmail, begin, end};
  return true;
}

bool StartsWithIgnoringCase(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() && std::equal(lower.begin(), lower.end(), text.begin(), [](char a, char b) {
           return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
         });
}

// Marks at the end of a web address that belong to the sentence around it.
bool IsSentenceMark(std::string_view text) {
  constexpr std::string_view kAscii = ".,;:!?'\")]}>";
  if (text.size() == 1) return kAscii.find(text[0]) != std::string_view::npos;
  constexpr std::string_view kOthers[] = {"”", "“", "»", "«", "’", "…", "،", "؛", "؟"};
  return std::find(std::begin(kOthers), std::end(kOthers), text) != std::end(kOthers);
}

bool UrlAt(std::string_view text, std::size_t begin, Address& address) {
  const std::string_view rest = text.substr(begin);
  const bool scheme = StartsWithIgnoringCase(rest, "http://") || StartsWithIgnoringCase(rest, "https://");
  if (!scheme && !StartsWithIgnoringCase(rest, "www.")) return false;
  const std::size_t domain = scheme ? text.find("//", begin) + 2 : begin;
  std::size_t end = EndOfDomain(text, domain);
  if (end == domain) return false;
  while (end < text.size()) {
    const CodePoint point = CodePointAt(text, end);
    if (IsInvisible(point.value) || point.value == '<' || point.value == '>' || point.value == '"') break;
    end += point.size;
  }
  const std::string_view whole = text.substr(begin, end - begin);
  const auto open = std::count(whole.begin(), whole.end(), '(');
  auto closed = std::count(whole.begin(), whole.end(), ')');
  while (end > begin) {
    const std::size_t size = LastCodePoint(text.substr(begin, end - begin)).size;
    const std::string_view last = text.substr(end - size, size);
    if (!IsSentenceMark(last)) break;
    if (last == ")") {
      if (closed <= open) break;
      --closed;
    }
    end -= size;
  }
  address = {Address::Kind::kUrl, begin, end};
  return true;
}

// "01.02.2024", "16/10/26": eight digits or six, parted into three.
bool LooksLikeDate(std::string_view text) {
  if (text.size() != 10 && text.size() != 8) return false;
  const auto digit = [&](std::size_t i) { return IsAsciiDigit(text[i]); };
  return digit(0) && digit(1) && digit(3) && digit(4) && !digit(2) && text[2] == text[5] && text[2] != ' ';
}

bool PhoneAt(std::string_view text, std::size_t begin, Address& address) {
  if (text[begin] != '+' && text[begin] != '0' && text[begin] != '(') return false;
  int digits = 0;
  std::size_t end = begin;
  int gap = 0;
  for (std::size_t i = begin; i < text.size() && gap <= 3 && digits <= 16;) {
    const CodePoint point = CodePointAt(text, i);
    if (point.value < 0x80 && IsAsciiDigit(text[i])) {
      ++digits;
      gap = 0;
      end = i + 1;
    } else if (point.value == ' ' || point.value == 0xA0 || point.value == 0x202F || point.value == '-' ||
               point.value == '/' || point.value == '.' || point.value == '(' || point.value == ')' ||
               point.value == 0x2011 || point.value == 0x2013 || (point.value == '+' && i <= begin + 1)) {
      ++gap;
    } else {
      break;
    }
    i += point.size;
  }
  if (digits < 7 || digits > 16 || LooksLikeDate(text.substr(begin, end - begin))) return false;
  if (text[begin] == '(') {
    // "(2019 bis 2024)" is no number: behind the bracket stands "+", "0" or an area code that is closed again.
    const std::string_view inside = text.substr(begin, end - begin);
    if (inside.find(')') == std::string_view::npos) return false;
  }
  address = {Address::Kind::kPhone, begin, end};
  return true;
}

}  // namespace

std::vector<Address> FindAddresses(std::string_view text) {
  std::vector<Address> addresses;
  std::size_t floor = 0;
  const auto take = [&](const Address& address) {
    addresses.push_back(address);
    floor = address.end;
  };
  for (std::size_t i = 0; i < text.size();) {
    Address address;
    const char c = text[i];
    const bool word_start = i == floor || (!IsAsciiLetter(text[i - 1]) && !IsAsciiDigit(text[i - 1]));
    bool found = false;
    if (c == '@') {
      found = EmailAround(text, i, i + 1, floor, address);
    } else if (c == '(' || c == '[') {
      const std::string_view rest = text.substr(i);
      found = (rest.starts_with("(at)") || rest.starts_with("[at]")) && EmailAround(text, i, i + 4, floor, address);
    }
    if (!found && word_start && (c == 'h' || c == 'H' || c == 'w' || c == 'W')) found = UrlAt(text, i, address);
    if (!found && word_start && (c == '+' || c == '0' || c == '(')) found = PhoneAt(text, i, address);
    if (found) {
      take(address);
      i = address.end;
    } else {
      ++i;
    }
  }
  return addresses;
}

std::string LinkTarget(std::string_view printed) {
  return printed.find("://") == std::string_view::npos ? "https://" + std::string(printed) : std::string(printed);
}

std::string MailAddress(std::string_view printed) {
  std::string address(TrimWhiteSpace(printed));
  for (const std::string_view at : {"(at)", "[at]"}) {
    if (const std::size_t found = address.find(at); found != std::string::npos) address.replace(found, at.size(), "@");
  }
  return address;
}

std::string MailDomain(std::string_view address) {
  std::size_t at = address.rfind('@');
  std::size_t size = 1;
  for (const std::string_view written : {"(at)", "[at]"}) {
    if (at == std::string_view::npos) at = address.rfind(written), size = written.size();
  }
  if (at == std::string_view::npos) return {};
  std::string domain(address.substr(at + size));
  std::transform(domain.begin(), domain.end(), domain.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return domain;
}

}  // namespace communique::releases

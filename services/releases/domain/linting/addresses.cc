// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/addresses.h"

#include <algorithm>
#include <string>

#include "services/releases/domain/linting/lint_rules.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

constexpr std::size_t kLongestAddress = 400;

bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLocal(char c) { return IsAsciiLetter(c) || IsAsciiDigit(c) || c == '.' || c == '_' || c == '-' || c == '+'; }

// What is wrong with an address that reads like one; empty when nothing is.
std::string FaultOf(std::string_view address) {
  const std::size_t at = address.find('@');
  if (at == std::string_view::npos) return {};
  const std::string_view local = address.substr(0, at);
  const std::string_view domain = address.substr(at + 1);
  if (local.ends_with('.') || local.find("..") != std::string_view::npos) return "dots stand wrong before the @";
  if (domain.find("-.") != std::string_view::npos || domain.find(".-") != std::string_view::npos ||
      domain.starts_with('-')) {
    return "a part of the domain begins or ends with a hyphen";
  }
  const std::string_view top = domain.substr(domain.rfind('.') + 1);
  if (top.size() < 2 || std::all_of(top.begin(), top.end(), IsAsciiDigit)) {
    return "\"." + std::string(top) + "\" is no top-level domain";
  }
  return {};
}

// The word without the marks of the sentence around it.
std::string_view Trimmed(std::string_view word, std::size_t& begin) {
  constexpr std::string_view kAround = "<>()[]{},;:.!?\"'";
  const std::size_t first = word.find_first_not_of(kAround);
  if (first == std::string_view::npos) return {};
  begin += first;
  return word.substr(first, word.find_last_not_of(kAround) - first + 1);
}

// In running text, "tod@s" and "C@fe" are words; a contact line has no such.
std::string EmailFault(std::string_view word, bool contact) {
  if (word.size() > kLongestAddress || word.find('/') != std::string_view::npos) return {};
  const auto addresses = FindAddresses(word);
  for (std::size_t at = word.find('@', 1); at != std::string_view::npos; at = word.find('@', at + 1)) {
    const auto address = std::find_if(addresses.begin(), addresses.end(), [&](const Address& found) {
      return found.kind == Address::Kind::kEmail && found.begin <= at && at < found.end;
    });
    if (address != addresses.end()) {
      const std::string fault = FaultOf(word.substr(address->begin, address->end - address->begin));
      if (!fault.empty()) return fault;
      continue;
    }
    // "@handle@server" and the like are no addresses; nor is a price ("3@5").
    std::size_t local = at;
    while (local > 0 && IsLocal(word[local - 1])) --local;
    const bool has_letter = std::any_of(word.begin() + static_cast<std::ptrdiff_t>(local),
                                        word.begin() + static_cast<std::ptrdiff_t>(at), IsAsciiLetter);
    if (!has_letter || (local > 0 && word[local - 1] == '@')) return {};
    const std::string_view behind = word.substr(at + 1);
    if (!contact && behind.find_first_of("@.,") == std::string_view::npos) return {};
    return "it has no domain such as \"example.org\" behind one @";
  }
  return {};
}

// "http:/example.org", "https//example.org", "www.example".
std::string UrlFault(std::string_view word) {
  std::string lower(word.substr(0, 12));
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  for (const std::string_view scheme : {"https", "http"}) {
    if (!lower.starts_with(scheme)) continue;
    const std::string_view rest = std::string_view(lower).substr(scheme.size());
    if (rest.starts_with("://http")) return "the scheme stands there twice";
    if (rest.starts_with("://") && rest.size() > 3) return {};
    if (rest.starts_with(":/") || rest.starts_with("//") || rest.starts_with(":\\")) {
      return "\"" + std::string(scheme) + "://\" and the address would be right";
    }
    return {};
  }
  if (lower.starts_with("www,") || (lower.starts_with("www.") && word.find('.', 4) == std::string_view::npos)) {
    return "\"www.\" and a domain such as \"example.org\" would be right";
  }
  return {};
}

void CheckWord(const Passage& passage, std::size_t begin, std::size_t end, LintFindings& findings) {
  const std::string_view word = Trimmed(passage.text.substr(begin, end - begin), begin);
  if (word.find('@') != std::string_view::npos) {
    const std::string fault = EmailFault(word, passage.kind == PassageKind::kContact);
    if (fault.empty()) return;
    findings.Add(kEmailMalformed, passage, begin, begin + word.size(),
                 "Mail to this address will not arrive: " + fault + ".");
  } else if (!word.empty() && (word[0] == 'h' || word[0] == 'H' || word[0] == 'w' || word[0] == 'W')) {
    const std::string fault = UrlFault(word);
    if (fault.empty()) return;
    findings.Add(kUrlMalformed, passage, begin, begin + word.size(),
                 "This web address cannot be opened: " + fault + ".");
  }
}

// What a contact line calls an e-mail address without an @ in it; one with it was looked at as a word.
void CheckEmailSegments(const Passage& passage, LintFindings& findings) {
  std::size_t at = 0;
  for (const v1::ContactSegment& segment : passage.part->contact_line->segments()) {
    const std::string& value = segment.value();
    if (segment.kind() == v1::ContactSegment::KIND_EMAIL && !IsBlank(value) && value.find('@') == std::string::npos &&
        FindAddresses(value).empty()) {
      findings.Add(kEmailMalformed, passage, at, at + value.size(),
                   "This is no e-mail address; one such as \"press@example.org\" would be right.");
    }
    at += value.size();
  }
}

}  // namespace

void LintAddresses(const LintText& text, LintFindings& findings) {
  for (const Passage& passage : text.passages()) {
    std::size_t begin = 0;
    for (const Token& token : passage.tokens) {
      if (token.kind != TokenKind::kSpace) continue;
      CheckWord(passage, begin, token.begin, findings);
      begin = token.end;
    }
    CheckWord(passage, begin, passage.text.size(), findings);
    if (passage.part->contact_line != nullptr) CheckEmailSegments(passage, findings);
  }
}

}  // namespace communique::releases

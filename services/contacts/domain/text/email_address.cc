// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/email_address.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/contacts/domain/text/code_points.h"
#include "services/contacts/domain/text/confusables.h"
#include "services/contacts/domain/text/mail_domain.h"
#include "services/platform/base/string_view.h"

namespace communique::contacts {
namespace {

constexpr std::size_t kMaxLocalPart = 64;
constexpr std::size_t kMaxAddress = 254;
// What can become an address of kMaxAddress octets is shorter than this; more is not even looked at.
constexpr std::size_t kMaxInput = 1024;
constexpr std::string_view kExample = "write it as \"name@example.org\"";

Problem WithExample(std::string_view code, std::size_t position, std::string_view sentence) {
  return {code, position, absl::StrCat(platform::ToAbsl(sentence), "; ", platform::ToAbsl(kExample))};
}

bool IsSeparator(char32_t c) {
  return c == U',' || c == U';' || c == U'/' || c == U'|' || u_isUWhiteSpace(static_cast<UChar32>(c));
}

std::optional<Problem> CheckUnseen(std::u32string_view points) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    const char32_t c = points[i];
    if (c == U'\n' || c == U'\r') return Problem{"EMAIL_CONTROL", i + 1, "holds a line break; take it out"};
    if (u_charType(static_cast<UChar32>(c)) == U_CONTROL_CHAR) {
      return Problem{"EMAIL_CONTROL", i + 1, absl::StrCat("holds the control character ", Named(c), "; take it out")};
    }
    if (c == 0xFFFD) return Problem{"EMAIL_CHARACTER", i + 1, "holds a broken character (U+FFFD); type it anew"};
  }
  return std::nullopt;
}

// What people write who mean an address and more.
std::optional<Problem> CheckShape(std::string_view text, std::u32string_view points) {
  if (absl::StartsWithIgnoreCase(platform::ToAbsl(text), "mailto:")) {
    return WithExample("EMAIL_CHARACTER", 1, "begins with \"mailto:\"");
  }
  const std::size_t first = points.find(U'@');
  const std::size_t last = points.rfind(U'@');
  if (first != last && points.front() != U'"') {
    for (std::size_t i = first; i < last; ++i) {
      if (IsSeparator(points[i])) {
        return WithExample("EMAIL_SEVERAL", i + 1, "holds more than one address; give each a place of its own");
      }
    }
  }
  if (const std::size_t bracket = points.find_first_of(U"<>"); bracket != std::u32string_view::npos) {
    return WithExample("EMAIL_DISPLAY_NAME", bracket + 1,
                       "has angle brackets; the address stands alone, without a name");
  }
  return std::nullopt;
}

std::optional<Problem> CheckSpaces(std::u32string_view points) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (u_isUWhiteSpace(static_cast<UChar32>(points[i]))) {
      return Problem{"EMAIL_SPACE", i + 1, "holds white space; take it out"};
    }
  }
  return std::nullopt;
}

// Zero width joiners are part of some domains (Persian, Sinhala); IDNA knows where.
std::optional<Problem> CheckInvisible(std::u32string_view points, std::size_t at) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool joiner = i > at && (points[i] == 0x200C || points[i] == 0x200D);
    if (PrintsNothing(points[i]) && !joiner) {
      return Problem{"EMAIL_INVISIBLE", i + 1,
                     absl::StrCat("holds ", Named(points[i]), ", which nobody sees; take it out")};
    }
  }
  return std::nullopt;
}

bool IsAtomCharacter(char32_t c) {
  if (c < 0x80) {
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9') ||
           std::u32string_view(U"!#$%&'*+-/=?^_`{|}~").find(c) != std::u32string_view::npos;
  }
  const std::int8_t type = u_charType(static_cast<UChar32>(c));
  if (type == U_UNASSIGNED || type == U_PRIVATE_USE_CHAR || type == U_SURROGATE) return false;
  // "ａ", "ﬁ", "．" are other ways to write ASCII; nobody's mailbox is called so, and somebody's who deceives.
  const std::u32string plain = ToCodePoints(Nfkc(ToUtf8(std::u32string_view(&c, 1))));
  return std::none_of(plain.begin(), plain.end(), [](char32_t p) { return p < 0x80; });
}

std::optional<Problem> CheckLocalPart(std::u32string_view local) {
  for (std::size_t i = 0; i < local.size(); ++i) {
    if (local[i] == U'.') {
      if (i == 0) return Problem{"EMAIL_DOT", 1, "begins with a dot; take it out"};
      if (i + 1 == local.size()) return Problem{"EMAIL_DOT", i + 1, "has a dot before the \"@\"; take it out"};
      if (local[i - 1] == U'.') return Problem{"EMAIL_DOT", i + 1, "has two dots in a row; write one"};
    } else if (local[i] == U'@') {
      return WithExample("EMAIL_TWO_AT", i + 1, "has more than one \"@\"");
    } else if (!IsAtomCharacter(local[i])) {
      return WithExample("EMAIL_CHARACTER", i + 1,
                         absl::StrCat("has ", Named(local[i]), " before the \"@\", where it cannot be"));
    }
  }
  return std::nullopt;
}

// Word by word: "иван.press" is two words, each in one script.
std::optional<Problem> CheckScripts(std::u32string_view local) {
  for (std::size_t begin = 0; begin < local.size();) {
    const std::size_t end = std::min(local.find_first_of(U"._-+", begin), local.size());
    if (MixesScripts(ToUtf8(local.substr(begin, end - begin)))) {
      return Problem{"EMAIL_MIXED_SCRIPTS", begin + 1,
                     "mixes letters of several scripts that look alike in one word; type it anew in one script"};
    }
    begin = end + 1;
  }
  return std::nullopt;
}

Problem NoAt(std::u32string_view points) {
  const std::size_t wide = points.find_first_of(U"\uFF20\uFE6B");
  return WithExample("EMAIL_NO_AT", wide == std::u32string_view::npos ? 0 : wide + 1, "has no \"@\"");
}

}  // namespace

OrProblem<EmailAddress> ParseEmailAddress(std::string_view text, const EmailRules& rules) {
  if (text.empty()) return WithExample("EMAIL_EMPTY", 0, "must not be empty");
  const Problem too_long{"EMAIL_TOO_LONG", 0,
                         absl::StrCat("is longer than ", kMaxAddress, " octets, which no mail server takes")};
  if (text.size() > kMaxInput) return too_long;
  const std::u32string points = ToCodePoints(text);
  if (auto problem = CheckUnseen(points)) return *std::move(problem);
  if (auto problem = CheckShape(text, points)) return *std::move(problem);
  const std::size_t at = points.rfind(U'@');
  if (at != std::u32string::npos && points.front() == U'"') {
    return WithExample("EMAIL_QUOTED", 1, "has quotation marks before the \"@\", which are not supported");
  }
  if (auto problem = CheckSpaces(points)) return *std::move(problem);
  if (at == std::u32string::npos) return NoAt(points);
  if (auto problem = CheckInvisible(points, at)) return *std::move(problem);
  if (at == 0) return WithExample("EMAIL_NO_LOCAL_PART", 1, "has nothing before the \"@\"");
  const std::u32string_view local = std::u32string_view(points).substr(0, at);
  if (auto problem = CheckLocalPart(local)) return *std::move(problem);
  if (auto problem = CheckScripts(local)) return *std::move(problem);

  EmailAddress result;
  result.address = text;
  result.local_part = ToUtf8(local);
  const std::string composed = Nfc(result.local_part);
  if (std::max(result.local_part.size(), composed.size()) > kMaxLocalPart) {
    return Problem{
        "EMAIL_LOCAL_TOO_LONG", 1,
        absl::StrCat("has ", composed.size(), " octets before the \"@\"; at most ", kMaxLocalPart, " are possible")};
  }
  const auto domain = ParseMailDomain(text.substr(result.local_part.size() + 1), rules.allow_single_label_domain);
  if (!domain.ok()) {
    Problem problem = domain.problem();
    problem.position += at + 1;
    return problem;
  }
  result.domain_ascii = domain->ascii;
  result.domain_unicode = domain->unicode;
  result.domain_looks_latin = domain->looks_latin;
  result.ascii_address = absl::StrCat(composed, "@", result.domain_ascii);
  if (result.ascii_address.size() > kMaxAddress) return too_long;
  result.needs_smtputf8 =
      std::any_of(composed.begin(), composed.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return result;
}

std::string MailboxKey(const EmailAddress& address) { return address.ascii_address; }

std::string MailboxHint(const EmailAddress& address) {
  std::string_view local = address.local_part;
  // A "+" in front is no tag but a name.
  if (const std::size_t tag = local.find('+', 1); tag != std::string_view::npos) local = local.substr(0, tag);
  return absl::StrCat(NfkcCaseFold(local), "@", address.domain_ascii);
}

}  // namespace communique::contacts

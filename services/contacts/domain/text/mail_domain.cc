// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/mail_domain.h"

#include <idn2.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/contacts/domain/text/code_points.h"
#include "services/contacts/domain/text/confusables.h"
#include "services/platform/base/string_view.h"

namespace communique::contacts {
namespace {

constexpr std::size_t kMaxLabel = 63;
constexpr std::size_t kMaxDomain = 253;
// What can become a domain of kMaxDomain octets is shorter than this; more is not even looked at.
constexpr std::size_t kMaxInput = 1024;
constexpr std::string_view kExample = "; domains look like \"example.org\"";

using Idn2Text = std::unique_ptr<char, void (*)(void*)>;

bool IsAscii(std::u32string_view points) {
  return std::all_of(points.begin(), points.end(), [](char32_t c) { return c < 0x80; });
}

bool IsLetterOrDigit(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9');
}

// Input methods for Chinese and Japanese write these for "." (UTS 46 maps them).
bool IsDot(char32_t c) { return c == U'.' || c == 0x3002 || c == 0xFF0E || c == 0xFF61; }

Problem WithExample(std::string_view code, std::size_t position, std::string sentence) {
  absl::StrAppend(&sentence, platform::ToAbsl(kExample));
  return {code, position, std::move(sentence)};
}

// A label on its way to its two forms. `position` is where it begins.
struct Label {
  std::u32string_view points;
  std::size_t position = 0;
  std::string ascii;
  std::string unicode;
};

std::optional<Problem> CheckCharacters(const Label& label) {
  for (std::size_t i = 0; i < label.points.size(); ++i) {
    const char32_t c = label.points[i];
    if (c == U'_') {
      return Problem{"EMAIL_DOMAIN_UNDERSCORE", label.position + i,
                     "has an underscore in its domain; domains of mail have letters, digits and hyphens alone"};
    }
    if ((c < 0x80 && !IsLetterOrDigit(c) && c != U'-') || (c >= 0x80 && c < 0xA0) || c == 0xFFFD) {
      return WithExample("EMAIL_CHARACTER", label.position + i,
                         absl::StrCat("has ", Named(c), " in its domain, where it cannot be"));
    }
  }
  const bool ends = label.points.back() == U'-';
  if (ends || label.points.front() == U'-') {
    return WithExample("EMAIL_DOMAIN_HYPHEN", label.position + (ends ? label.points.size() - 1 : 0),
                       "has a part of its domain that begins or ends with a hyphen");
  }
  return std::nullopt;
}

Problem IdnaProblem(const Label& label, int error) {
  if (error == IDN2_PUNYCODE_BIG_OUTPUT || error == IDN2_TOO_BIG_LABEL || error == IDN2_TOO_BIG_DOMAIN) {
    return {"EMAIL_DOMAIN_LABEL_TOO_LONG", label.position,
            absl::StrCat("has a part of its domain that takes more than ", kMaxLabel, " octets in ASCII")};
  }
  return WithExample(
      "EMAIL_DOMAIN_IDNA", label.position,
      absl::StrCat("has a part of its domain that no domain may have (IDNA: ", idn2_strerror(error), ")"));
}

// TRANSITIONAL would make "strasse" of "straße", which is another domain.
std::pair<int, std::string> ToALabel(const std::string& text) {
  char* result = nullptr;
  const int error = idn2_to_ascii_8z(text.c_str(), &result, IDN2_NONTRANSITIONAL);
  const Idn2Text owner(result, idn2_free);
  return {error, error == IDN2_OK && result != nullptr ? std::string(result) : std::string()};
}

std::string ToULabel(const std::string& text) {
  char* result = nullptr;
  const int error = idn2_to_unicode_8z8z(text.c_str(), &result, 0);
  const Idn2Text owner(result, idn2_free);
  return error == IDN2_OK && result != nullptr ? std::string(result) : std::string();
}

// Sets `unicode` of a label whose `ascii` is set.
std::optional<Problem> Decode(Label& label) {
  if (!absl::StartsWith(label.ascii, "xn--")) {
    label.unicode = label.ascii;
    return std::nullopt;
  }
  label.unicode = ToULabel(label.ascii);
  // libidn2 decodes much that nobody can encode ("xn--a" to nothing): only what comes back the same is a name.
  if (label.unicode.empty() || IsAscii(ToCodePoints(label.unicode)) || ToALabel(label.unicode).second != label.ascii) {
    return Problem{"EMAIL_DOMAIN_A_LABEL", label.position,
                   "has a part of its domain that encodes no name; write the name itself, as people read it"};
  }
  return std::nullopt;
}

std::optional<Problem> Encode(Label& label) {
  if (auto problem = CheckCharacters(label)) return problem;
  const std::string text = ToUtf8(label.points);
  if (IsAscii(label.points)) {
    label.ascii = absl::AsciiStrToLower(text);
  } else {
    auto [error, ascii] = ToALabel(text);
    if (error != IDN2_OK) return IdnaProblem(label, error);
    // What is mapped may be what was refused above: U+FF3F becomes "_", U+2100 becomes "a/c".
    const bool plain = std::all_of(ascii.begin(), ascii.end(),
                                   [](char c) { return c == '-' || IsLetterOrDigit(static_cast<unsigned char>(c)); });
    if (ascii.empty() || !plain || ascii.front() == '-' || ascii.back() == '-')
      return IdnaProblem(label, IDN2_DISALLOWED);
    label.ascii = std::move(ascii);
  }
  if (label.ascii.size() > kMaxLabel) {
    return Problem{"EMAIL_DOMAIN_LABEL_TOO_LONG", label.position,
                   absl::StrCat("has a part of its domain of ", label.ascii.size(), " octets; at most ", kMaxLabel,
                                " are possible")};
  }
  if (auto problem = Decode(label)) return problem;
  if (MixesScripts(label.unicode)) {
    return Problem{
        "EMAIL_MIXED_SCRIPTS", label.position,
        "has a part of its domain that mixes letters of several scripts that look alike; type it anew in one script"};
  }
  return std::nullopt;
}

// The labels of `points`, one at least; a problem when one is empty.
std::optional<Problem> Split(std::u32string_view points, std::vector<Label>& labels) {
  for (std::size_t begin = 0; begin <= points.size();) {
    const auto* const dot = std::find_if(points.begin() + static_cast<std::ptrdiff_t>(begin), points.end(), IsDot);
    const auto end = static_cast<std::size_t>(dot - points.begin());
    if (begin == end) {
      return WithExample("EMAIL_DOT", std::min(begin + 1, points.size()),
                         begin == 0               ? "has a dot at the beginning of its domain"
                         : begin == points.size() ? "has a dot at the end of its domain"
                                                  : "has two dots in a row in its domain");
    }
    labels.push_back({points.substr(begin, end - begin), begin + 1, {}, {}});
    begin = end + 1;
  }
  return std::nullopt;
}

Problem NoDot(std::size_t position) {
  return {"EMAIL_DOMAIN_NO_DOT", position,
          "has a domain without a dot, which is nobody's on the Internet; domains look like \"example.org\""};
}

}  // namespace

OrProblem<MailDomain> ParseMailDomain(std::string_view domain, bool allow_single_label) {
  if (domain.empty()) return WithExample("EMAIL_NO_DOMAIN", 0, "has no domain behind the \"@\"");
  const Problem too_long{"EMAIL_DOMAIN_TOO_LONG", 1,
                         absl::StrCat("has a domain of more than ", kMaxDomain, " octets, which the DNS cannot hold")};
  if (domain.size() > kMaxInput) return too_long;
  const std::u32string points = ToCodePoints(domain);
  if (points.front() == U'[') {
    return WithExample("EMAIL_DOMAIN_LITERAL", 1, "has a network address in brackets for a domain; write a name");
  }
  std::vector<Label> labels;
  if (auto problem = Split(points, labels)) return *std::move(problem);
  MailDomain result;
  for (Label& label : labels) {
    if (auto problem = Encode(label)) return *std::move(problem);
    absl::StrAppend(&result.ascii, result.ascii.empty() ? "" : ".", label.ascii);
    absl::StrAppend(&result.unicode, result.unicode.empty() ? "" : ".", label.unicode);
    result.looks_latin = result.looks_latin || LooksLatin(label.unicode);
  }
  if (result.ascii.size() > kMaxDomain) return too_long;
  const std::string& last = labels.back().ascii;
  if (std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return WithExample("EMAIL_DOMAIN_NUMERIC", labels.back().position,
                       "has a domain that ends in a number, as no name does; write a name");
  }
  if (labels.size() == 1 && !allow_single_label) return NoDot(labels.front().position);
  return result;
}

}  // namespace communique::contacts

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/resources/field_checks.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/platform/base/string_view.h"
#include "services/platform/locale/language_tag.h"
#include "services/platform/locale/text.h"

namespace communique::platform {
namespace {

constexpr std::size_t kMaxUriCharacters = 2000;

}  // namespace

void CheckText(const std::string& path, std::string_view text, const TextRule& rule, FieldViolations& violations) {
  if (rule.required && IsBlank(text)) {
    violations.Add(path, "must not be empty");
    return;
  }
  const std::size_t characters = CountCharacters(text);
  if (characters > rule.max_characters) {
    violations.Add(path,
                   absl::StrCat("has ", characters, " characters; at most ", rule.max_characters, " are allowed"));
  }
  if (const std::string control = FindControlCharacter(text); !control.empty()) {
    violations.Add(path, absl::StrCat("holds the control character ", control, "; take it out"));
  }
  if (rule.single_line && HasLineBreak(text)) violations.Add(path, "must be one line");
}

void CheckCount(const std::string& path, int count, int max, FieldViolations& violations) {
  if (count > max) violations.Add(path, absl::StrCat("has ", count, " entries; at most ", max, " are allowed"));
}

void CheckLanguage(const std::string& path, std::string_view tag, FieldViolations& violations) {
  const auto canonical = CanonicalLanguageTag(tag);
  if (!canonical.ok()) {
    violations.Add(path, ToStd(canonical.status().message()));
  } else if (*canonical != tag) {
    violations.Add(path, absl::StrCat("is not in canonical form; write \"", *canonical, "\""));
  }
}

void CheckUri(const std::string& path, std::string_view uri, std::string_view schemes, FieldViolations& violations) {
  if (uri.empty()) {
    violations.Add(path, "must not be empty");
    return;
  }
  if (CountCharacters(uri) > kMaxUriCharacters) {
    violations.Add(path, absl::StrCat("is longer than ", kMaxUriCharacters, " characters"));
  }
  bool known = false;
  for (const absl::string_view scheme : absl::StrSplit(ToAbsl(schemes), ", ")) {
    const std::string start = absl::StrCat(scheme, ToStd(scheme).starts_with("http") ? "://" : ":");
    const std::string given = absl::AsciiStrToLower(ToAbsl(uri.substr(0, start.size())));
    known = known || (given == start && uri.size() > start.size());
  }
  if (!known) violations.Add(path, absl::StrCat("must be an address that begins with one of: ", ToAbsl(schemes)));
  for (const char c : uri) {
    if (static_cast<unsigned char>(c) <= 0x20 || c == '<' || c == '>' || c == '"' || c == 0x7f) {
      violations.Add(path, "holds white space or one of < > \"; percent-encode it (RFC 3986)");
      break;
    }
  }
}

void CheckKey(const std::string& path, std::string_view key, std::size_t max, FieldViolations& violations) {
  bool good = !key.empty() && key.size() <= max;
  for (const char c : key) good = good && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
  if (!good) {
    violations.Add(path, absl::StrCat("\"", Excerpt(key, 100), "\" is not a key; use 1 to ", max,
                                      " lower-case letters, digits and dashes"));
  }
}

void Canonicalize(std::string& tag) {
  if (auto canonical = CanonicalLanguageTag(tag); canonical.ok()) tag = *std::move(canonical);
}

}  // namespace communique::platform

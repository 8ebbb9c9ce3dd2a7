// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/import_card.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/contacts/domain/text/language.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"
#include "services/platform/locale/language_tag.h"
#include "services/platform/resources/field_checks.h"

namespace communique::contacts {

bool ImportCard::refused() const {
  return std::any_of(findings.begin(), findings.end(),
                     [](const v1::CardFinding& finding) { return finding.refused(); });
}

std::string ImportCard::display_name() const {
  if (contact.person_names_size() > 0) return contact.person_names(0).display_name();
  return contact.desk_names().empty() ? std::string() : contact.desk_names(0).text();
}

std::optional<std::string> LanguageInFile(std::string_view text) {
  auto canonical = platform::CanonicalLanguageTag(platform::ToStd(absl::StripAsciiWhitespace(platform::ToAbsl(text))));
  if (!canonical.ok() || CheckKnownLanguage(*canonical)) return std::nullopt;
  return *std::move(canonical);
}

bool IsWebAddress(std::string_view uri) {
  platform::FieldViolations violations;
  platform::CheckUri("uri", uri, "https, http", violations);
  return violations.ToStatus().ok();
}

std::string NumberInFile(std::string_view text) {
  const std::string value(absl::StripAsciiWhitespace(platform::ToAbsl(text)));
  if (!absl::StartsWithIgnoreCase(value, "tel:")) return value;
  const std::vector<std::string> parts = absl::StrSplit(value.substr(value.find(':') + 1), ';');
  std::string number = parts.front();
  std::string extension;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (absl::StartsWithIgnoreCase(parts[i], "ext=")) extension = parts[i].substr(4);
    const bool context = absl::StartsWithIgnoreCase(parts[i], "phone-context=+") && !absl::StartsWith(number, "+");
    if (context) number = absl::StrCat(parts[i].substr(parts[i].find('=') + 1), number);
  }
  return extension.empty() ? number : absl::StrCat(number, " ext. ", extension);
}

}  // namespace communique::contacts

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/language.h"

#include <unicode/locid.h>
#include <unicode/region.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>

#include <array>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/text/country.h"
#include "services/platform/locale/text.h"

namespace communique::contacts {
namespace {

bool HasName(const std::string& language) {
  std::array<UChar, 100> name;
  UErrorCode status = U_ZERO_ERROR;
  uloc_getDisplayLanguage(language.c_str(), "en", name.data(), static_cast<std::int32_t>(name.size()), &status);
  return U_SUCCESS(status) && status != U_USING_DEFAULT_WARNING;
}

bool IsLanguage(const std::string& language) {
  if (language.size() == 2) return HasName(language);
  if (language.size() != 3 || (language >= "qaa" && language <= "qtz")) return false;
  return language != "mis" && language != "mul" && language != "und" && language != "zxx";
}

bool IsScript(const std::string& script) {
  return u_getPropertyValueEnum(UCHAR_SCRIPT, script.c_str()) != UCHAR_INVALID_CODE;
}

bool IsRegion(const std::string& region) {
  if (region.size() == 2) return IsCountry(region);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Region* const known = icu::Region::getInstance(region.c_str(), status);
  return U_SUCCESS(status) && known->getType() != URGN_UNKNOWN;
}

Problem Unknown(std::string_view tag, std::string_view part, const std::string& code) {
  return {"LANGUAGE_UNKNOWN", 0,
          absl::StrCat("\"", platform::Excerpt(tag, 40), "\" names the ", std::string(part), " \"", code,
                       "\", which does not exist; language tags look like \"de\", \"pt-BR\" or \"zh-Hant\"")};
}

}  // namespace

std::optional<Problem> CheckKnownLanguage(std::string_view tag) {
  UErrorCode status = U_ZERO_ERROR;
  const auto size = static_cast<std::int32_t>(tag.size());
  const icu::Locale locale = icu::Locale::forLanguageTag(icu::StringPiece(tag.data(), size), status);
  const std::string language = U_SUCCESS(status) ? locale.getLanguage() : "";
  const std::string script = locale.getScript();
  const std::string region = locale.getCountry();
  if (!IsLanguage(language)) return Unknown(tag, "language", language);
  if (!script.empty() && !IsScript(script)) return Unknown(tag, "script", script);
  if (!region.empty() && !IsRegion(region)) return Unknown(tag, "region", region);
  return std::nullopt;
}

bool IsSearchSpelling(std::string_view tag) {
  constexpr std::string_view kVariant = "alt";
  const std::string_view last = tag.substr(tag.rfind('-') + 1);
  return tag.find("-x-") != std::string_view::npos && last.size() > kVariant.size() && last.starts_with(kVariant) &&
         last.find_first_not_of("0123456789", kVariant.size()) == std::string_view::npos;
}

}  // namespace communique::contacts

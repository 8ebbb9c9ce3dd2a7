// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/country.h"

#include <unicode/region.h>
#include <unicode/uloc.h>

#include <algorithm>
#include <iterator>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/locale/text.h"

namespace communique::contacts {
namespace {

// The country that a code was withdrawn in favour of (UK, BU, DD); empty when there is none, or several (YU).
std::string Successor(const std::string& code) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Region* region = icu::Region::getInstance(code.c_str(), status);
  if (U_FAILURE(status) || !IsCountry(region->getRegionCode())) return {};
  return region->getRegionCode();
}

}  // namespace

bool IsCountry(std::string_view code) {
  // ICU's list is ISO's and these, which CLDR added: Diego Garcia, Ceuta and Melilla, the Canary Islands.
  constexpr std::string_view kParts[] = {"DG", "EA", "IC"};
  if (std::find(std::begin(kParts), std::end(kParts), code) != std::end(kParts)) return false;
  for (const char* const* country = uloc_getISOCountries(); *country != nullptr; ++country) {
    if (code == *country) return true;
  }
  return false;
}

std::optional<Problem> CheckCountry(std::string_view code) {
  if (IsCountry(code)) return std::nullopt;
  std::string sentence = absl::StrCat("\"", platform::Excerpt(code, 20), "\" is not a country; ");
  const std::string upper = absl::AsciiStrToUpper(platform::ToAbsl(code));
  if (const std::string right = code.size() == 2 ? Successor(upper) : ""; !right.empty()) {
    absl::StrAppend(&sentence, "write \"", right, "\"");
  } else {
    sentence += "write the two capitals of ISO 3166-1, such as \"CH\"";
  }
  return Problem{"COUNTRY_UNKNOWN", 0, std::move(sentence)};
}

}  // namespace communique::contacts

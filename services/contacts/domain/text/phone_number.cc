// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/phone_number.h"

#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/text/phone_text.h"
#include "services/platform/base/string_view.h"

namespace communique::contacts {
namespace {

using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::ShortNumberInfo;
using Parsed = i18n::phonenumbers::PhoneNumber;

// libphonenumber's word for "no region", and for a region that it cannot tell.
constexpr char kNoRegion[] = "ZZ";
constexpr std::size_t kMaxE164Digits = 15;
constexpr std::size_t kFewestDigitsOfANumber = 7;
constexpr std::size_t kFewestDigitsOfAnotherNumber = 5;

// Both are made once and may be used from all threads.
const PhoneNumberUtil& Plan() { return *PhoneNumberUtil::GetInstance(); }
const ShortNumberInfo& ShortNumbers() {
  static const ShortNumberInfo* const numbers = new ShortNumberInfo;
  return *numbers;
}

std::string RegionToReadIn(std::string_view default_region) {
  const std::string region(default_region);
  return !region.empty() && Plan().GetCountryCodeForRegion(region) != 0 ? region : kNoRegion;
}

// The country of a number, also of one in a block that nobody knows; empty when there is none.
std::string RegionOf(const Parsed& number, const std::string& reading) {
  std::string region;
  Plan().GetRegionCodeForNumber(number, &region);
  if (region != kNoRegion && !region.empty()) return region;
  // Several countries share a code: the one it was read in is likelier than the greatest of them.
  if (Plan().GetCountryCodeForRegion(reading) == number.country_code()) return reading;
  Plan().GetRegionCodeForCountryCode(number.country_code(), &region);
  return region == kNoRegion ? "" : region;
}

Problem NoRegion(std::string_view number, std::string_view default_region) {
  if (number.starts_with("00")) {
    return {"PHONE_NO_REGION", 1,
            "begins with \"00\", which is not how all countries dial abroad; write \"+\" instead"};
  }
  if (default_region.empty()) {
    return {"PHONE_NO_REGION", 0,
            "has no country code, and no region is set to read it in; write it as \"+41 22 717 91 11\""};
  }
  return {"PHONE_NO_REGION", 0,
          absl::StrCat("has no country code, and the numbers of region \"", platform::ToAbsl(default_region),
                       "\" are not known; write it as \"+41 22 717 91 11\"")};
}

Problem Unreadable(PhoneNumberUtil::ErrorType error, std::string_view number, std::string_view default_region) {
  if (error == PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR) {
    if (!number.starts_with("+")) return NoRegion(number, default_region);
    return {"PHONE_COUNTRY_CODE", 1,
            "begins with a country code that no country has; write it as \"+41 22 717 91 11\""};
  }
  if (error == PhoneNumberUtil::TOO_LONG_NSN) return {"PHONE_TOO_LONG", 0, "has more digits than any number"};
  return {"PHONE_TOO_SHORT", 0, "has fewer digits than any number; write it as \"+41 22 717 91 11\""};
}

// "112" and "+49 112", and what else a country answers to in a few digits.
std::optional<Problem> CheckShortCode(const Parsed& number, const std::string& region) {
  std::string digits;
  Plan().GetNationalSignificantNumber(number, &digits);
  if (ShortNumbers().IsEmergencyNumber(digits, region)) {
    return Problem{"PHONE_EMERGENCY", 0, "is an emergency number, which is no way to reach somebody in particular"};
  }
  if (Plan().IsValidNumber(number) || !ShortNumbers().IsValidShortNumberForRegion(number, region)) return std::nullopt;
  return Problem{"PHONE_SHORT_CODE", 0,
                 absl::StrCat("is a short number that only callers in ", region,
                              " reach; give the full number, as \"+41 22 717 91 11\"")};
}

std::optional<Problem> CheckLength(const Parsed& number) {
  switch (Plan().IsPossibleNumberWithReason(number)) {
    case PhoneNumberUtil::IS_POSSIBLE:
      return std::nullopt;
    case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY:
      return Problem{"PHONE_NO_AREA_CODE", 0, "lacks the area code; give the number as one dials it from abroad"};
    case PhoneNumberUtil::TOO_SHORT:
      return Problem{"PHONE_TOO_SHORT", 0, "has fewer digits than numbers of its country have"};
    case PhoneNumberUtil::TOO_LONG:
      return Problem{"PHONE_TOO_LONG", 0, "has more digits than numbers of its country have"};
    case PhoneNumberUtil::INVALID_COUNTRY_CODE:
    case PhoneNumberUtil::INVALID_LENGTH:
      break;
  }
  return Problem{"PHONE_LENGTH", 0, "has a number of digits that no number of its country has"};
}

// A mark parts two numbers when what stands before it is one already, not merely an area code ("030/204550").
std::optional<Problem> CheckPartings(const PhoneText& text, const std::string& region) {
  const auto digits_of = [](std::string_view part) {
    return static_cast<std::size_t>(
        std::count_if(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; }));
  };
  for (const PhoneText::Parting& parting : text.partings) {
    const std::string before = text.number.substr(0, parting.before);
    if (digits_of(before) < kFewestDigitsOfANumber) continue;
    Parsed first;
    if (Plan().Parse(before, region, &first) != PhoneNumberUtil::NO_PARSING_ERROR) continue;
    const bool another = digits_of(text.number) - digits_of(before) >= kFewestDigitsOfAnotherNumber;
    if (Plan().IsValidNumber(first) || (another && Plan().IsPossibleNumber(first))) {
      return Problem{"PHONE_SEVERAL", parting.position,
                     "holds more than one number; give each a place of its own, and write an extension as \"ext. 12\""};
    }
  }
  return std::nullopt;
}

// What is dialled must be the same number to whoever reads it again; with a prefix too many ("000412271" in Germany),
// each reading takes one away.
bool IsStable(const Parsed& number) {
  std::string written;
  Plan().Format(number, PhoneNumberUtil::E164, &written);
  Parsed again;
  return Plan().Parse(written, kNoRegion, &again) == PhoneNumberUtil::NO_PARSING_ERROR &&
         again.country_code() == number.country_code() && again.national_number() == number.national_number() &&
         again.italian_leading_zero() == number.italian_leading_zero() &&
         again.number_of_leading_zeros() == number.number_of_leading_zeros();
}

// Letters may stand for digits in numbers that are sold for it, and nowhere else: behind other numbers stand remarks.
std::optional<Problem> CheckLetters(const PhoneText& text, const Parsed& number, std::vector<Problem>& warnings) {
  if (text.letters == 0) return std::nullopt;
  const PhoneNumberUtil::PhoneNumberType type = Plan().GetNumberType(number);
  if (type != PhoneNumberUtil::TOLL_FREE && type != PhoneNumberUtil::SHARED_COST &&
      type != PhoneNumberUtil::PREMIUM_RATE) {
    return Problem{"PHONE_LETTERS", text.letters, "has words in it; write the number alone, in digits"};
  }
  warnings.push_back({"PHONE_VANITY", text.letters, "has letters for digits, which not all telephones show"});
  return std::nullopt;
}

void Warn(const PhoneText& text, const Parsed& number, PhoneNumber& result) {
  if (text.words_before > 0) {
    result.warnings.push_back(
        {"PHONE_WORDS", text.words_before, "begins with words; they are printed with the number"});
  }
  if (!Plan().IsValidNumber(number)) {
    result.warnings.push_back(
        {"PHONE_UNKNOWN_BLOCK", 0, "is in a block of numbers that was not in use in 2022; check it"});
  }
  if (result.e164.size() - 1 > kMaxE164Digits) {
    result.warnings.push_back(
        {"PHONE_LONG", 0,
         absl::StrCat("has ", result.e164.size() - 1, " digits; not all networks take more than ", kMaxE164Digits)});
  }
}

}  // namespace

OrProblem<PhoneNumber> ParsePhoneNumber(std::string_view raw, std::string_view default_region) {
  const auto text = ReadPhoneText(raw);
  if (!text.ok()) return text.problem();
  const std::string reading = RegionToReadIn(default_region);
  if (auto problem = CheckPartings(*text, reading)) return *std::move(problem);

  Parsed number;
  const auto error = Plan().Parse(text->number, reading, &number);
  if (error != PhoneNumberUtil::NO_PARSING_ERROR) {
    if (text->letters > 0)
      return Problem{"PHONE_LETTERS", text->letters, "has words in it; write the number alone, in digits"};
    return Unreadable(error, text->number, default_region);
  }
  PhoneNumber result;
  result.raw = raw;
  result.extension = text->extension;
  result.region = RegionOf(number, reading);
  if (auto problem = CheckLetters(*text, number, result.warnings)) return *std::move(problem);
  if (auto problem = CheckShortCode(number, result.region)) return *std::move(problem);
  if (auto problem = CheckLength(number)) return *std::move(problem);
  if (!IsStable(number)) {
    return Problem{"PHONE_PREFIX", 1, "begins with a dialling prefix too many; write it as \"+41 22 717 91 11\""};
  }
  Plan().Format(number, PhoneNumberUtil::E164, &result.e164);
  Warn(*text, number, result);
  return result;
}

}  // namespace communique::contacts

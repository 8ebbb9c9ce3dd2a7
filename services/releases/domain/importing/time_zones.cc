// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/time_zones.h"

#include <unicode/strenum.h>
#include <unicode/timezone.h>
#include <unicode/tznames.h>
#include <unicode/ucal.h>

#include <algorithm>
#include <array>
#include <memory>

#include "services/releases/domain/text/fold.h"
#include "services/releases/domain/text/icu_bridge.h"
#include "services/releases/domain/text/tokens.h"

namespace communique::releases {
namespace {

struct Abbreviation {
  std::string_view name;
  std::string_view zone;
};

// What press offices mean by them; daylight saving is the zone's business, not the abbreviation's.
constexpr std::array kAbbreviations = {
    Abbreviation{"UTC", "UTC"},
    Abbreviation{"GMT", "UTC"},
    Abbreviation{"CET", "Europe/Paris"},
    Abbreviation{"CEST", "Europe/Paris"},
    Abbreviation{"MEZ", "Europe/Berlin"},
    Abbreviation{"MESZ", "Europe/Berlin"},
    Abbreviation{"BST", "Europe/London"},
    Abbreviation{"WET", "Europe/Lisbon"},
    Abbreviation{"WEST", "Europe/Lisbon"},
    Abbreviation{"EET", "Europe/Helsinki"},
    Abbreviation{"EEST", "Europe/Helsinki"},
    Abbreviation{"MSK", "Europe/Moscow"},
    Abbreviation{"EST", "America/New_York"},
    Abbreviation{"EDT", "America/New_York"},
    Abbreviation{"ET", "America/New_York"},
    Abbreviation{"CST", "America/Chicago"},
    Abbreviation{"CDT", "America/Chicago"},
    Abbreviation{"CT", "America/Chicago"},
    Abbreviation{"MDT", "America/Denver"},
    Abbreviation{"PST", "America/Los_Angeles"},
    Abbreviation{"PDT", "America/Los_Angeles"},
    Abbreviation{"PT", "America/Los_Angeles"},
    Abbreviation{"EAT", "Africa/Nairobi"},
    Abbreviation{"CAT", "Africa/Harare"},
    Abbreviation{"WAT", "Africa/Lagos"},
    Abbreviation{"SAST", "Africa/Johannesburg"},
    Abbreviation{"IST", "Asia/Kolkata"},
    Abbreviation{"JST", "Asia/Tokyo"},
    Abbreviation{"SGT", "Asia/Singapore"},
    Abbreviation{"AEST", "Australia/Sydney"},
    Abbreviation{"AEDT", "Australia/Sydney"},
};

// What they are in French, where the same letters are words elsewhere.
constexpr std::array kFrenchAbbreviations = {
    Abbreviation{"HE", "America/Toronto"},  Abbreviation{"HNE", "America/Toronto"},
    Abbreviation{"HAE", "America/Toronto"}, Abbreviation{"HEC", "Europe/Paris"},
    Abbreviation{"HNEC", "Europe/Paris"},   Abbreviation{"HAEC", "Europe/Paris"},
};

// Seats of press offices that no zone is named after.
struct City {
  std::string_view name;
  std::string_view zone;
};
constexpr std::array kCities = {
    City{"geneva", "Europe/Zurich"},       City{"genf", "Europe/Zurich"},          City{"genfer", "Europe/Zurich"},
    City{"genève", "Europe/Zurich"},       City{"ginebra", "Europe/Zurich"},       City{"جنيف", "Europe/Zurich"},
    City{"bern", "Europe/Zurich"},         City{"bonn", "Europe/Berlin"},          City{"berliner", "Europe/Berlin"},
    City{"the hague", "Europe/Amsterdam"}, City{"washington", "America/New_York"}, City{"barcelona", "Europe/Madrid"},
};

// The zone that an abbreviation stands for; empty for any other word.
std::string_view ZoneOf(std::string_view word, std::string_view language) {
  const auto named = [&](const Abbreviation& abbreviation) { return abbreviation.name == word; };
  const auto found = std::find_if(kAbbreviations.begin(), kAbbreviations.end(), named);
  if (found != kAbbreviations.end()) return found->zone;
  if (LanguageSubtag(language) != "fr") return {};
  const auto french = std::find_if(kFrenchAbbreviations.begin(), kFrenchAbbreviations.end(), named);
  return french != kFrenchAbbreviations.end() ? french->zone : std::string_view();
}

std::int32_t RawOffset(std::string_view zone) {
  const std::unique_ptr<icu::TimeZone> made(icu::TimeZone::createTimeZone(ToUtf16(zone)));
  return made->getRawOffset();
}

// "+2" behind GMT or UTC, as the zone of that fixed offset (IANA's signs are the other way round); empty without one.
std::string FixedOffset(std::string_view text, const std::vector<Token>& tokens, std::size_t i) {
  if (i + 2 >= tokens.size() || tokens[i + 2].kind != TokenKind::kNumber) return {};
  const std::string_view sign = tokens[i + 1].In(text);
  if (sign != "+" && sign != "-" && sign != "−") return {};
  const std::int32_t hours = NumberValue(tokens[i + 2].In(text));
  if (hours < 1 || hours > 14) return {};
  return std::string("Etc/GMT") + (sign == "+" ? "-" : "+") + std::to_string(hours);
}

// The words of `text`, folded, with a space before and behind each.
std::string SpacedWords(std::string_view text) {
  std::string words = " ";
  for (const Token& token : Tokenize(text)) {
    if (token.kind == TokenKind::kWord) words += Fold(token.In(text)) + " ";
  }
  return words;
}

// A zone whose city, as `language` calls it, is named in the text.
std::string ZoneOfCity(std::string_view text, std::string_view language) {
  const std::string words = SpacedWords(text);
  const auto named = [&](std::string_view city) {
    const std::string spaced = SpacedWords(city);
    return spaced.size() > 1 && words.find(spaced) != std::string::npos;
  };
  for (const City& city : kCities) {
    if (named(city.name)) return std::string(city.zone);
  }
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::TimeZoneNames> names(icu::TimeZoneNames::createInstance(LocaleOf(language), status));
  const std::unique_ptr<icu::StringEnumeration> zones(
      icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL_LOCATION, nullptr, nullptr, status));
  if (U_FAILURE(status)) return {};
  while (const icu::UnicodeString* zone = zones->snext(status)) {
    icu::UnicodeString city;
    names->getExemplarLocationName(*zone, city);
    if (named(ToUtf8(city))) return ToUtf8(*zone);
  }
  return {};
}

}  // namespace

std::string FindTimeZone(std::string_view text, std::string_view language, std::string_view home) {
  const std::vector<Token> tokens = Tokenize(text);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view zone = ZoneOf(tokens[i].In(text), language);
    if (zone.empty()) continue;
    if (zone == "UTC") {
      const std::string fixed = FixedOffset(text, tokens, i);
      return fixed.empty() ? "UTC" : fixed;
    }
    const bool at_home = !home.empty() && RawOffset(home) == RawOffset(zone) &&
                         home.substr(0, home.find('/')) == zone.substr(0, zone.find('/'));
    return std::string(at_home ? home : zone);
  }
  return ZoneOfCity(text, language);
}

}  // namespace communique::releases

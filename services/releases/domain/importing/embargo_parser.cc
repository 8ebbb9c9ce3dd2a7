// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/embargo_parser.h"

#include <re2/re2.h>
#include <unicode/uchar.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

#include "services/releases/domain/importing/time_zones.h"
#include "services/releases/domain/importing/words.h"
#include "services/releases/domain/text/date_names.h"
#include "services/releases/domain/text/dates.h"
#include "services/releases/domain/text/fold.h"
#include "services/releases/domain/text/utf8.h"

namespace communique::releases {
namespace {

// Lines about an embargo are short; nothing beyond is looked at.
constexpr std::size_t kReach = 600;

struct TimeOfDay {
  int hour = 0;
  int minute = 0;
};

// Digits of every script as ASCII, for the patterns below.
std::string WithAsciiDigits(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const CodePoint point = FirstCodePoint(text);
    const std::int32_t digit = u_charDigitValue(static_cast<UChar32>(point.value));
    AppendUtf8(result, digit >= 0 ? U'0' + static_cast<char32_t>(digit) : point.value);
    text.remove_prefix(point.size);
  }
  return result;
}

// 12 to 24 hours; -1 for what no clock shows.
int HourOf(int hour, const std::string& half) {
  const bool evening = half.starts_with('p') || half.starts_with("مساء") || half.starts_with("בערב");
  const bool morning = half.starts_with('a') || half.starts_with("صباح") || half.starts_with("בבוקר");
  if (evening || morning) {
    if (hour < 1 || hour > 12) return -1;
    return hour % 12 + (evening ? 12 : 0);
  }
  return hour <= 24 ? hour : -1;
}

std::optional<TimeOfDay> FindTime(const std::string& text) {
  static const auto& kHalf = *new std::string(R"(\s?(am|pm|a\.m|p\.m|صباحا|مساء|בבוקר|בערב)?)");
  static const auto& kWithMinutes = *new RE2(R"((?:^|[^\d])(\d{1,2})\s?(?::|\.|h|uhr)\s?([0-5]\d)(?:[^\d]|$))");
  static const auto& kMinutesHalf = *new RE2(R"((?:^|[^\d])(\d{1,2})[:.]([0-5]\d))" + kHalf);
  static const auto& kHourOnly =
      *new RE2(R"((?:^|[^\d])(\d{1,2})\s?(uhr|h|heures?|horas?|hrs|o'clock|am|pm|a\.m|p\.m)\b)");
  static const auto& kArabicHour = *new RE2(R"(الساعة\s+(\d{1,2}))" + kHalf);
  static const auto& kHebrewHour = *new RE2(R"(בשעה\s+(\d{1,2}))" + kHalf);
  static const auto& kMilitary =
      *new RE2(R"((?:^|[^\d])([01]\d|2[0-4])([0-5]\d)\s?(?:hrs|hours|h|gmt|utc|cet|cest|bst)\b)");
  static const auto& kNoon = *new RE2(R"(\b(noon|midi|mittag|mediodía)\b)");
  int hour = 0;
  int minute = 0;
  std::string half;
  const auto made = [&](int h, int m) -> std::optional<TimeOfDay> {
    const int resolved = HourOf(h, half);
    if (resolved < 0 || (resolved == 24 && m != 0)) return std::nullopt;
    return TimeOfDay{resolved, m};
  };
  if (RE2::PartialMatch(text, kMinutesHalf, &hour, &minute, &half) && !half.empty()) return made(hour, minute);
  half.clear();
  if (RE2::PartialMatch(text, kWithMinutes, &hour, &minute)) return made(hour, minute);
  if (RE2::PartialMatch(text, kMilitary, &hour, &minute)) return made(hour, minute);
  if (RE2::PartialMatch(text, kArabicHour, &hour, &half)) return made(hour, 0);
  if (RE2::PartialMatch(text, kHebrewHour, &hour, &half)) return made(hour, 0);
  if (RE2::PartialMatch(text, kHourOnly, &hour, &half)) {
    if (half[0] != 'a' && half[0] != 'p') half.clear();
    return made(hour, 0);
  }
  if (RE2::PartialMatch(text, kNoon)) return TimeOfDay{12, 0};
  return std::nullopt;
}

std::string LocalTime(const google::type::Date& date, const TimeOfDay& time) {
  google::type::Date day = date;
  int hour = time.hour;
  if (hour == 24) {
    hour = 0;
    day.set_day(day.day() + 1);
    if (day.day() > DaysInMonth(day.year(), day.month())) {
      day.set_day(1);
      day.set_month(day.month() % 12 + 1);
      if (day.month() == 1) day.set_year(day.year() + 1);
    }
  }
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d", day.year(), day.month(), day.day(), hour,
                time.minute);
  return text.data();
}

bool SpeaksOfEmbargo(std::string_view text, const Vocabulary& vocabulary) {
  const FoldedTokens tokens = vocabulary.Tokens(text);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (vocabulary.Match(Cue::kEmbargo, tokens, i).has_value()) return true;
  }
  return false;
}

}  // namespace

std::optional<ParsedEmbargo> ParseEmbargo(std::string_view text, std::string_view language, std::string_view time_zone,
                                          const Vocabulary& vocabulary) {
  text = FirstCodePoints(text.substr(0, kReach), kReach);
  if (!SpeaksOfEmbargo(text, vocabulary)) return std::nullopt;
  ParsedEmbargo parsed;
  std::vector<FoundDate> dates = FindDates(text, language);
  // "DEL 8 DE ABRIL DE 2026".
  if (dates.empty() || !IsCompleteDate(dates.front().date)) dates = FindDates(InSmallLetters(text), language);
  if (dates.empty() || !IsCompleteDate(dates.front().date)) return parsed;
  const FoundDate& date = dates.front();
  // The date's own numbers are not a time.
  const std::string rest = std::string(text.substr(0, date.begin)) + " ; " + std::string(text.substr(date.end));
  const auto time = FindTime(Fold(WithAsciiDigits(rest)));
  parsed.has_time = time.has_value();
  const std::string zone = FindTimeZone(rest, language, time_zone);
  parsed.has_zone = !zone.empty();
  v1::Embargo embargo;
  embargo.mutable_end()->set_local(LocalTime(date.date, time.value_or(TimeOfDay{})));
  embargo.mutable_end()->set_time_zone(zone);
  parsed.embargo = embargo;
  return parsed;
}

}  // namespace communique::releases

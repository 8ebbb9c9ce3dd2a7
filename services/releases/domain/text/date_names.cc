// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/date_names.h"

#include <unicode/datefmt.h>
#include <unicode/dtfmtsym.h>
#include <unicode/dtptngen.h>
#include <unicode/gregocal.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <mutex>

#include "services/releases/domain/text/fold.h"
#include "services/releases/domain/text/icu_bridge.h"

namespace communique::releases {
namespace {

void AddName(const icu::UnicodeString& name, std::int32_t number, std::unordered_map<std::string, std::int32_t>& names,
             DateNames& all) {
  std::string folded = Fold(ToUtf8(name));
  if (folded.ends_with('.')) folded.pop_back();
  // Some languages abbreviate months as bare numbers: no names.
  if (folded.empty() || (folded[0] >= '0' && folded[0] <= '9')) return;
  const auto words = static_cast<std::size_t>(std::count(folded.begin(), folded.end(), ' ')) + 1;
  all.max_words = std::max(all.max_words, words);
  names.emplace(std::move(folded), number);
}

void AddLocale(const icu::Locale& locale, DateNames& names) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(locale, "gregorian", status);
  if (U_FAILURE(status)) return;
  for (const auto context : {icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::STANDALONE}) {
    for (const auto width : {icu::DateFormatSymbols::WIDE, icu::DateFormatSymbols::ABBREVIATED}) {
      std::int32_t count = 0;
      const icu::UnicodeString* months = symbols.getMonths(count, context, width);
      for (std::int32_t i = 0; i < count && i < 12; ++i) AddName(months[i], i + 1, names.months, names);
    }
    std::int32_t count = 0;
    // ICU's array has an empty entry first, then Sunday.
    const icu::UnicodeString* days = symbols.getWeekdays(count, context, icu::DateFormatSymbols::WIDE);
    for (std::int32_t i = 1; i < count && i < 8; ++i) AddName(days[i], i == 1 ? 7 : i - 1, names.weekdays, names);
  }
}

DateNames MakeDateNames(const std::string& language) {
  DateNames names;
  AddLocale(LocaleOf(language), names);
  // Regions whose names differ within their language.
  constexpr std::array<std::string_view, 6> kVariants = {"de-AT", "ar-SY", "ar-DZ", "ar-MA", "ar-MR", "es-UY"};
  for (const std::string_view variant : kVariants) {
    if (LanguageSubtag(variant) == LanguageSubtag(language)) AddLocale(LocaleOf(variant), names);
  }
  AddLocale(icu::Locale("en"), names);
  names.months.emplace("sept", 9);
  return names;
}

std::string Numbers(const google::type::Date& date) {
  return std::to_string(date.year()) + "-" + std::to_string(date.month()) + "-" + std::to_string(date.day());
}

}  // namespace

const DateNames& DateNamesFor(std::string_view language) {
  static std::mutex mutex;
  static auto& cache = *new std::unordered_map<std::string, std::unique_ptr<const DateNames>>();
  const std::string key(LanguageSubtag(language));
  const std::lock_guard<std::mutex> lock(mutex);
  std::unique_ptr<const DateNames>& entry = cache[key];
  if (entry == nullptr) entry = std::make_unique<const DateNames>(MakeDateNames(key));
  return *entry;
}

std::string FormatDate(const google::type::Date& date, std::string_view language) {
  google::type::Date in_year = date;
  // Any leap year does: it is not printed.
  if (date.year() == 0) in_year.set_year(2024);
  if (!IsCompleteDate(in_year)) return Numbers(date);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale = LocaleOf(language);
  const std::unique_ptr<icu::DateTimePatternGenerator> patterns(
      icu::DateTimePatternGenerator::createInstance(locale, status));
  if (U_FAILURE(status)) return Numbers(date);
  const icu::UnicodeString pattern = patterns->getBestPattern(date.year() == 0 ? u"MMMMd" : u"yMMMMd", status);
  icu::SimpleDateFormat format(pattern, locale, status);
  if (U_FAILURE(status)) return Numbers(date);
  auto calendar = std::make_unique<icu::GregorianCalendar>(*icu::TimeZone::getGMT(), status);
  if (U_FAILURE(status)) return Numbers(date);
  calendar->set(in_year.year(), in_year.month() - 1, in_year.day(), 12, 0);
  const UDate time = calendar->getTime(status);
  format.adoptCalendar(calendar.release());
  icu::UnicodeString text;
  format.format(time, text);
  return ToUtf8(text);
}

std::int32_t WeekdayOf(const google::type::Date& date) {
  const std::chrono::year_month_day day{std::chrono::year(date.year()),
                                        std::chrono::month(static_cast<unsigned>(date.month())),
                                        std::chrono::day(static_cast<unsigned>(date.day()))};
  return static_cast<std::int32_t>(std::chrono::weekday(std::chrono::sys_days(day)).iso_encoding());
}

std::int32_t DaysInMonth(std::int32_t year, std::int32_t month) {
  constexpr std::array<std::int32_t, 12> kDays = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool common = month == 2 && year != 0 && !std::chrono::year(year).is_leap();
  return common ? 28 : kDays[static_cast<std::size_t>(month) - 1];
}

bool IsCompleteDate(const google::type::Date& date) {
  return date.year() >= 1 && date.year() <= 9999 && date.month() >= 1 && date.month() <= 12 && date.day() >= 1 &&
         date.day() <= DaysInMonth(date.year(), date.month());
}

}  // namespace communique::releases

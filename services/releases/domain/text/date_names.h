// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "google/type/date.pb.h"

namespace communique::releases {

// The names of months and weekdays in one language, in every form and regional variant ICU knows ("Oktober", "Okt",
// "Jänner"; "أكتوبر", "تشرين الأول"), and in English, which turns up everywhere. Keys are case-folded and without a
// final dot. Not changed after it was made; any thread may read it.
struct DateNames {
  // 1 to 12.
  std::unordered_map<std::string, std::int32_t> months;
  // 1 (Monday) to 7 (Sunday), as ISO 8601 counts. Wide names only: short ones ("So", "Mar") are words of their own.
  std::unordered_map<std::string, std::int32_t> weekdays;
  // The most words a name has.
  std::size_t max_words = 1;
};

// The names for `language` (a BCP 47 tag). Made once per language and kept; any thread may call.
const DateNames& DateNamesFor(std::string_view language);

// `date` as `language` writes it in full: "16. Oktober 2026"; without a year when that is 0. A date that does not exist
// is written as numbers.
std::string FormatDate(const google::type::Date& date, std::string_view language);

// 1 (Monday) to 7 (Sunday). Requires: IsCompleteDate(date).
std::int32_t WeekdayOf(const google::type::Date& date);

// Whether year, month and day are given and exist in the calendar.
bool IsCompleteDate(const google::type::Date& date);

// How many days a month has; February has 29 when the year is 0. Requires: month is 1 to 12.
std::int32_t DaysInMonth(std::int32_t year, std::int32_t month);

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/date_names.h"

#include <gtest/gtest.h>

namespace communique::releases {
namespace {

google::type::Date MakeDate(int year, int month, int day) {
  google::type::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

TEST(DateNamesTest, KnowsMonthsInTheirForms) {
  EXPECT_EQ(DateNamesFor("de").months.at("oktober"), 10);
  EXPECT_EQ(DateNamesFor("de").months.at("jänner"), 1);
  EXPECT_EQ(DateNamesFor("de").months.at("sept"), 9);
  EXPECT_EQ(DateNamesFor("fr").months.at("août"), 8);
  EXPECT_EQ(DateNamesFor("es").months.at("septiembre"), 9);
  EXPECT_EQ(DateNamesFor("ar").months.at("أكتوبر"), 10);
  EXPECT_EQ(DateNamesFor("ar").months.at("تشرين الأول"), 10);
  EXPECT_EQ(DateNamesFor("he").months.at("אוקטובר"), 10);
  EXPECT_EQ(DateNamesFor("pl").months.at("października"), 10);
  EXPECT_EQ(DateNamesFor("de-CH").weekdays.at("mittwoch"), 3);
  EXPECT_EQ(DateNamesFor("fr").weekdays.at("sunday"), 7) << "English turns up everywhere";
}

TEST(DateNamesTest, WritesDatesInTheLanguage) {
  EXPECT_EQ(FormatDate(MakeDate(2026, 10, 16), "de"), "16. Oktober 2026");
  EXPECT_EQ(FormatDate(MakeDate(0, 10, 16), "de"), "16. Oktober");
  EXPECT_EQ(FormatDate(MakeDate(0, 2, 29), "en"), "February 29");
  EXPECT_EQ(FormatDate(MakeDate(2026, 10, 16), "en-GB"), "16 October 2026");
  EXPECT_EQ(FormatDate(MakeDate(2026, 10, 16), "fr"), "16 octobre 2026");
  EXPECT_EQ(FormatDate(MakeDate(2026, 13, 16), "fr"), "2026-13-16");
}

TEST(DateNamesTest, KnowsTheCalendar) {
  EXPECT_EQ(WeekdayOf(MakeDate(2026, 10, 16)), 5);
  EXPECT_EQ(WeekdayOf(MakeDate(2024, 2, 29)), 4);
  EXPECT_TRUE(IsCompleteDate(MakeDate(2024, 2, 29)));
  EXPECT_FALSE(IsCompleteDate(MakeDate(2025, 2, 29)));
  EXPECT_FALSE(IsCompleteDate(MakeDate(0, 2, 28)));
  EXPECT_FALSE(IsCompleteDate(MakeDate(2025, 0, 1)));
}

}  // namespace
}  // namespace communique::releases

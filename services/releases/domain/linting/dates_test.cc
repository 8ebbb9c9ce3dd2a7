// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/releases/domain/linting/testing/lint_content.h"

namespace communique::releases {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

v1::ReleaseContent Dated(const std::string& language, const std::string& printed, int year, int month, int day,
                         const std::string& lead = "Text.") {
  v1::ReleaseContent content = CleanContent(language, lead);
  v1::Dateline& dateline = *content.mutable_dateline();
  v1::DatelinePlace& place = *dateline.add_places();
  place.set_label("Musterstadt");
  place.set_joint(", ");
  dateline.set_date_text(printed);
  dateline.set_separator(" – ");
  dateline.mutable_date()->set_year(year);
  dateline.mutable_date()->set_month(month);
  dateline.mutable_date()->set_day(day);
  return content;
}

TEST(LintDatesTest, MissesTheYearOfADateline) {
  EXPECT_THAT(Found(Dated("de", "16. Oktober", 0, 10, 16)), ElementsAre("dateline-year-missing: 16. Oktober"));
  EXPECT_THAT(Found(Dated("de", "16. Oktober 2026", 2026, 10, 16)), IsEmpty());
  // Known though not printed.
  EXPECT_THAT(Found(Dated("de", "16. Oktober", 2026, 10, 16)), IsEmpty());
  EXPECT_THAT(Found(Dated("de", "", 0, 0, 0)), IsEmpty());
  EXPECT_EQ(Lint(Dated("de", "16. Oktober", 0, 10, 16)).at(0).part_id(), "dateline");
  EXPECT_EQ(Lint(Dated("de", "16. Oktober", 0, 10, 16)).at(0).column(), 14);
}

TEST(LintDatesTest, FindsADatelineWhoseDateDoesNotExist) {
  EXPECT_THAT(Found(Dated("de", "31. April", 2026, 4, 31)),
              ElementsAre("dateline-date-impossible: 31. April", "dateline-date-impossible: 31. April"));
  EXPECT_THAT(Found(Dated("en", "April", 2026, 2, 29)), ElementsAre("dateline-date-impossible: April"));
  EXPECT_THAT(Found(Dated("en", "29 February 2028", 2028, 2, 29)), IsEmpty());
}

TEST(LintDatesTest, FindsADatelineThatSaysAnotherDayThanItsDate) {
  EXPECT_THAT(Found(Dated("de", "16. Oktober 2026", 2026, 10, 17)),
              ElementsAre("dateline-date-differs: 16. Oktober 2026"));
  EXPECT_THAT(Found(Dated("de", "16. Oktober 2026", 2025, 10, 16)),
              ElementsAre("dateline-date-differs: 16. Oktober 2026"));
  // Either order of day and month.
  EXPECT_THAT(Found(Dated("en", "10/11/2026", 2026, 10, 11)), IsEmpty());
}

TEST(LintDatesTest, FindsDaysThatTheirMonthDoesNotHave) {
  EXPECT_THAT(FoundIn("de", "Bis zum 31. September 2026 gilt das."),
              ElementsAre("date-impossible: 31. September 2026"));
  EXPECT_THAT(FoundIn("en", "Until 30 February it holds."), ElementsAre("date-impossible: 30 February"));
  EXPECT_THAT(FoundIn("es", "Hasta el 31 de abril de 2026."), ElementsAre("date-impossible: 31 de abril de 2026"));
  EXPECT_THAT(FoundIn("fr", "Le 29 février 2026 à Paris."), ElementsAre("date-impossible: 29 février 2026"));
  EXPECT_THAT(FoundIn("it", "Il 31.04.2026."), ElementsAre("date-impossible: 31.04.2026"));
  EXPECT_THAT(FoundIn("en", "On 2026-06-31."), ElementsAre("date-impossible: 2026-06-31"));
  EXPECT_THAT(FoundIn("en", "Until 29 February 2028, 31 August 2026, 29 February and 31.01.2026."), IsEmpty());
  EXPECT_THAT(FoundIn("en", "In June 31 people came, in 1931 45 April showers, see 3.31.04.2026."), IsEmpty());
}

TEST(LintDatesTest, ComparesWeekdays) {
  EXPECT_THAT(FoundIn("en", "It begins on Friday, 10 October 2026."),
              ElementsAre("weekday-date-mismatch: Friday, 10 October 2026"));
  EXPECT_THAT(FoundIn("de", "Am Freitag, den 16. Oktober 2026, beginnt es."), IsEmpty());
  EXPECT_THAT(FoundIn("es", "El jueves, 18 de junio de 2026."), IsEmpty());
  EXPECT_THAT(FoundIn("en", "On Friday, 16 October, 2000 people came."), IsEmpty());
  EXPECT_THAT(Lint(CleanContent("en", "Friday, 10 October 2026")).at(0).message(),
              HasSubstr("10 October 2026 is a Saturday, not a Friday"));
}

TEST(LintDatesTest, TakesTheYearFromTheDateline) {
  EXPECT_THAT(Found(Dated("de", "1. Oktober 2026", 2026, 10, 1, "Am Donnerstag, 16. Oktober, beginnt es.")),
              ElementsAre("weekday-date-mismatch: Donnerstag, 16. Oktober"));
  EXPECT_THAT(Found(Dated("de", "1. Oktober 2026", 2026, 10, 1, "Am Freitag, 16. Oktober, beginnt es.")), IsEmpty());
  EXPECT_THAT(Found(Dated("de", "20. Dezember 2026", 2026, 12, 20, "Am Freitag, 8. Januar, geht es weiter.")),
              IsEmpty());
  // Too far to know the year.
  EXPECT_THAT(Found(Dated("de", "1. Oktober 2026", 2026, 10, 1, "Am Montag, 3. März, war es soweit.")), IsEmpty());
  EXPECT_THAT(FoundIn("de", "Am Montag, 16. Oktober, beginnt es."), IsEmpty());
}

TEST(LintDatesTest, FindsDaysCountedFromToday) {
  EXPECT_THAT(Found(Dated("de", "16. Oktober 2026", 2026, 10, 16, "Sie trafen sich heute in Genf.")),
              ElementsAre("relative-date: heute"));
  EXPECT_THAT(FoundIn("en", "The report published today says so."), ElementsAre("relative-date: today"));
  EXPECT_THAT(FoundIn("fr", "L’école inaugurée aujourd’hui est belle."), ElementsAre("relative-date: aujourd’hui"));
  EXPECT_THAT(FoundIn("es", "El informe publicado hoy lo dice."), ElementsAre("relative-date: hoy"));
  EXPECT_THAT(FoundIn("ar", "افتتحت المنظمة اليوم عيادة."), ElementsAre("relative-date: اليوم"));
  EXPECT_THAT(FoundIn("he", "העמותה פתחה היום ספרייה."), ElementsAre("relative-date: היום"));
  EXPECT_THAT(FoundIn("it", "Il rapporto pubblicato oggi."), IsEmpty());
}

TEST(LintDatesTest, SaysWhichDayItIs) {
  const auto message = [](int year, int month, int day, const std::string& lead) {
    return Lint(Dated("de", "", year, month, day, lead)).at(0).message();
  };
  EXPECT_THAT(message(2026, 10, 16, "Sie trafen sich heute."), HasSubstr("\"heute\" (today) is 16 October 2026 by"));
  EXPECT_THAT(message(0, 10, 16, "Sie trafen sich heute."), HasSubstr("is 16 October by the dateline"));
  EXPECT_THAT(message(2027, 3, 1, "Sie trafen sich gestern."), HasSubstr("is 28 February 2027 by"));
  EXPECT_THAT(message(2026, 12, 31, "Sie treffen sich morgen."), HasSubstr("is 1 January 2027 by"));
  EXPECT_THAT(message(0, 3, 1, "Sie trafen sich gestern."), HasSubstr("no dateline that says which"));
  EXPECT_THAT(Lint(CleanContent("en", "He came yesterday.")).at(0).message(),
              HasSubstr("\"yesterday\" is right on one"));
}

TEST(LintDatesTest, TellsNowadaysFromToday) {
  for (const char* lead : {"Das gilt bis heute.", "Die Welt von heute ist klein.", "Es ist heute noch so.",
                           "Am Morgen kam sie.", "Sie sagte: „Wir kommen heute.“", "Der heutige Tag.",
                           "Sie trafen sich heute, am 16. Oktober.", "Damals wie heute."}) {
    EXPECT_THAT(FoundIn("de", lead), IsEmpty()) << lead;
  }
  for (const char* lead :
       {"The world of today is small.", "Today's challenges are great.", "They met today, 16 October 2026, in Geneva.",
        "“I had a seat today,” she said.", "The report is needed today more than ever."}) {
    EXPECT_THAT(FoundIn("en", lead), IsEmpty()) << lead;
  }
  EXPECT_THAT(FoundIn("ar", "في اليوم العالمي للمياه."), IsEmpty());
  EXPECT_THAT(FoundIn("ar", "يصادف اليوم العالمي للمياه."), IsEmpty());
  EXPECT_THAT(FoundIn("he", "על סדר היום שלנו."), IsEmpty());
  EXPECT_THAT(FoundIn("fr", "Le monde d’aujourd’hui."), IsEmpty());
}

TEST(LintDatesTest, LooksForTodayWhereTheNewsIs) {
  v1::ReleaseContent content = CleanContent("de", "Anfang.");
  AddParagraph("Heute hilft sie weiter.", content);
  AddParagraph("Sie trafen sich heute.", content);
  AddParagraph("Ende.", content);
  AddParagraph("Sie hat heute 500 Mitglieder.", content);
  EXPECT_THAT(Found(content), ElementsAre("relative-date: heute"));
  content.set_kind(v1::RELEASE_KIND_SPEECH);
  EXPECT_THAT(Found(content), IsEmpty());
}

}  // namespace
}  // namespace communique::releases

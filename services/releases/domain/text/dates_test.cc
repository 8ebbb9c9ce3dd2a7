// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/dates.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace communique::releases {
namespace {

struct Case {
  std::string language;
  std::string text;
  // What is found: "printed=year-month-day/weekday", several parted by ";".
  std::string found;
};

std::string Find(const Case& c) {
  std::string result;
  for (const FoundDate& found : FindDates(c.text, c.language)) {
    if (!result.empty()) result += ";";
    result += c.text.substr(found.begin, found.end - found.begin) + "=" + std::to_string(found.date.year()) + "-" +
              std::to_string(found.date.month()) + "-" + std::to_string(found.date.day());
    if (found.weekday != 0) result += "/" + std::to_string(found.weekday);
  }
  return result;
}

TEST(DatesTest, ReadsDatesAsPeopleWriteThem) {
  const std::vector<Case> cases = {
      {"de", "Berlin/Genf, 16. Oktober - Die", "16. Oktober=0-10-16"},
      {"de", "am Freitag, den 16. Oktober 2026.", "Freitag, den 16. Oktober 2026=2026-10-16/5"},
      {"de", "Freitag, 16. Okt. 2026", "Freitag, 16. Okt. 2026=2026-10-16/5"},
      {"de", "vom 16.10.2026 bis 17.10.26", "16.10.2026=2026-10-16;17.10.26=2026-10-17"},
      {"de", "Wien, 5. Jänner 2026", "5. Jänner 2026=2026-1-5"},
      {"de", "im Mai. Danach", ""},
      {"de", "Ende Oktober 2026 beginnt", "Oktober 2026=2026-10-0"},
      {"en", "GENEVA, Oct. 16, 2026 /Example/", "Oct. 16, 2026=2026-10-16"},
      {"en", "Friday, October 16th, 2026", "Friday, October 16th, 2026=2026-10-16/5"},
      {"en", "Friday 16 October", "Friday 16 October=0-10-16/5"},
      {"en", "on 16 October. Then", "16 October=0-10-16"},
      {"en", "the 3rd of March 2026", "3rd of March 2026=2026-3-3"},
      {"en", "they may 5 times march 12 miles", ""},
      {"en", "on May 5", "May 5=0-5-5"},
      {"en", "2026-10-16T10:00", "2026-10-16=2026-10-16"},
      {"en", "16/10/2026 and 10/16/2026", "16/10/2026=2026-10-16;10/16/2026=2026-10-16"},
      {"en-US", "10/11/2026", "10/11/2026=2026-10-11"},
      {"en", "version 1.2.3, 30 February, 31.4.2026", ""},
      {"fr", "Paris, le 1er octobre 2026 –", "1er octobre 2026=2026-10-1"},
      {"fr", "vendredi 16 octobre", "vendredi 16 octobre=0-10-16/5"},
      {"es", "Madrid, 16 de octubre de 2026.- ", "16 de octubre de 2026=2026-10-16"},
      {"es", "viernes, 16 de octubre del 2026", "viernes, 16 de octubre del 2026=2026-10-16/5"},
      {"ar", "جنيف، 16 أكتوبر/تشرين الأول 2026 –", "16 أكتوبر/تشرين الأول 2026=2026-10-16"},
      {"ar", "الجمعة، ١٦ أكتوبر ٢٠٢٦", "الجمعة، ١٦ أكتوبر ٢٠٢٦=2026-10-16/5"},
      {"he", "תל אביב, 16 באוקטובר 2026", "16 באוקטובר 2026=2026-10-16"},
      {"zh", "日内瓦2026年10月16日电", "2026年10月16日=2026-10-16"},
  };
  for (const Case& c : cases) EXPECT_EQ(Find(c), c.found) << c.language << ": " << c.text;
}

TEST(DatesTest, ReadsADateAtAPlace) {
  const std::string text = "Genf, 16. Oktober 2026";
  EXPECT_EQ(DateAt(text, 6, "de")->end, text.size());
  EXPECT_FALSE(DateAt(text, 0, "de").has_value());
  EXPECT_FALSE(DateAt(text, text.size(), "de").has_value());
}

}  // namespace
}  // namespace communique::releases

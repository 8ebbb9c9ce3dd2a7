// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/quotation_marks.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace communique::releases {
namespace {

// Each stretch as opening|text|closing, several parted by ";".
std::string Find(const std::string& text, bool single = false) {
  std::string result;
  for (const QuotedStretch& stretch : FindQuoted(text, single)) {
    if (!result.empty()) result += ";";
    result += std::string(stretch.Opening(text)) + "|" + std::string(stretch.Text(text)) + "|" +
              std::string(stretch.Closing(text));
  }
  return result;
}

TEST(QuotationMarksTest, FindsEveryStyle) {
  EXPECT_EQ(Find("Er sagt: „Ja, gut.“ Und „Nein“."), "„|Ja, gut.|“;„|Nein|“");
  EXPECT_EQ(Find("She said: “Yes.” And \"no\"."), "“|Yes.|”;\"|no|\"");
  EXPECT_EQ(Find("Elle dit : « Oui, merci. »"), "« |Oui, merci.| »");
  EXPECT_EQ(Find("Elle dit\u00A0: «\u00A0Oui\u00A0»"), "«\u00A0|Oui|\u00A0»");
  EXPECT_EQ(Find("»Ja«, sagt sie"), "»|Ja|«");
  EXPECT_EQ(Find("قالت: «نعم، شكرا.»"), "«|نعم، شكرا.|»");
  EXPECT_EQ(Find("”Ja”, säger hon"), "”|Ja|”");
}

TEST(QuotationMarksTest, ClosesWithTheFirstMarkThatCan) {
  EXPECT_EQ(Find("Sie: „Eins. Zwei.” Danach."), "„|Eins. Zwei.|”");
  EXPECT_EQ(Find("Sie: „Eins. Zwei.\" Danach."), "„|Eins. Zwei.|\"");
  EXPECT_EQ(Find("„Außen ‚innen‘ und »Titel« weiter.“"), "„|Außen ‚innen‘ und »Titel« weiter.|“");
  EXPECT_EQ(Find("“Open to the end of the paragraph."), "“|Open to the end of the paragraph.|");
}

TEST(QuotationMarksTest, LeavesInchesGershayimAndApostrophesAlone) {
  EXPECT_EQ(Find("a 5\" screen"), "");
  EXPECT_EQ(Find("מנכ\"לית הארגון: \"כן, תודה לצה\"ל.\""), "\"|כן, תודה לצה\"ל.|\"");
  EXPECT_EQ(Find("It’s the workers’ right"), "");
  EXPECT_EQ(Find("It’s ‘the workers’ right’, he said.", true), "‘|the workers’ right|’");
}

TEST(QuotationMarksTest, KnowsWhichMarksBelongTogether) {
  EXPECT_TRUE(MarksMatch("„", "“", "de"));
  EXPECT_FALSE(MarksMatch("„", "”", "de-CH"));
  EXPECT_TRUE(MarksMatch("„", "”", "pl"));
  EXPECT_TRUE(MarksMatch("« ", " »", "fr"));
  EXPECT_TRUE(MarksMatch("“", "”", "en"));
  EXPECT_FALSE(MarksMatch("“", "\"", "en"));
  EXPECT_FALSE(MarksMatch("“", "“", "en"));
  EXPECT_TRUE(MarksMatch("»", "«", "de"));
  EXPECT_TRUE(MarksMatch("„", "“", "xx")) << "unknown languages accept every pair in use";
  EXPECT_EQ(ClosingMarkFor("„", "de"), "“");
  EXPECT_EQ(ClosingMarkFor("„", "pl"), "”");
}

}  // namespace
}  // namespace communique::releases

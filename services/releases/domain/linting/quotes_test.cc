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

v1::Quotation& AddQuotation(v1::ReleaseContent& content, const std::string& narrative, const std::string& speaker) {
  v1::Quote& quote = *content.add_body()->mutable_quote();
  quote.mutable_speaker()->set_display_name(speaker);
  quote.add_spans()->set_narrative(narrative);
  v1::Quotation& quotation = *quote.add_spans()->mutable_quotation();
  FillPartIds(content, 100);
  return quotation;
}

TEST(LintQuotesTest, KnowsThePairsOfEveryLanguage) {
  EXPECT_THAT(FoundIn("de", "Sie nannte es „gut“."), IsEmpty());
  EXPECT_THAT(FoundIn("de", "Sie nannte es »gut«."), IsEmpty());
  EXPECT_THAT(FoundIn("de-CH", "Sie nannte es «gut»."), IsEmpty());
  EXPECT_THAT(FoundIn("en", "She called it “good”."), IsEmpty());
  EXPECT_THAT(FoundIn("en", "She called it \"good\"."), IsEmpty());
  EXPECT_THAT(FoundIn("fr", "Elle l’appelle « bonne »."), IsEmpty());
  EXPECT_THAT(FoundIn("pl", "Nazwała to „dobrym”."), IsEmpty());
  EXPECT_THAT(FoundIn("sv", "Hon kallade det ”bra”."), IsEmpty());
  EXPECT_THAT(FoundIn("ar", "قالت: ”جيد“."), IsEmpty());
  EXPECT_THAT(FoundIn("he", "מנכ\"לית אמרה: \"טוב\"."), IsEmpty());
  EXPECT_THAT(FoundIn("ja", "「良い」と言った。"), IsEmpty());
}

TEST(LintQuotesTest, FindsMarksOfDifferentPairs) {
  EXPECT_THAT(FoundIn("de", "Sie nannte es „gut”."), ElementsAre("quote-marks-mismatched: ”"));
  EXPECT_THAT(FoundIn("de", "Sie nannte es „gut\"."), ElementsAre("quote-marks-mismatched: \""));
  EXPECT_THAT(FoundIn("en", "She called it “good“."), ElementsAre("quote-marks-mismatched: “"));
  EXPECT_THAT(FoundIn("en", "She called it \"good”."), ElementsAre("quote-marks-mismatched: ”"));
  const auto findings = Lint(CleanContent("de", "Sie nannte es „gut”."));
  EXPECT_EQ(findings.at(0).message(), "The quotation opened with „ is closed with ”; “ would close it.");
  EXPECT_EQ(findings.at(0).part_id(), "b1");
}

TEST(LintQuotesTest, LeavesForeignPairsAndOtherMarksAlone) {
  EXPECT_THAT(FoundIn("en", "She quoted „Wir schaffen das“ in German."), IsEmpty());
  EXPECT_THAT(FoundIn("en", "The screen measures 5\" by 7\"."), IsEmpty());
  EXPECT_THAT(FoundIn("en", "It's the visitors' favourite."), IsEmpty());
  EXPECT_THAT(FoundIn("de", "» Weiterlesen"), IsEmpty());
}

TEST(LintQuotesTest, KnowsAQuotationThatGoesOnBehindItsSpeaker) {
  v1::ReleaseContent content = CleanContent("en", "Beginning.");
  v1::Quotation& first = AddQuotation(content, "Then: ", "Jane Doe");
  first.set_opening("“");
  first.set_text("We came early");
  v1::Quote& quote = *content.mutable_body(content.body_size() - 1)->mutable_quote();
  quote.add_spans()->set_narrative(" —said Jane Doe— ");
  v1::Quotation& second = *quote.add_spans()->mutable_quotation();
  second.set_text("and left late.");
  EXPECT_THAT(Found(content), ElementsAre(HasSubstr("quote-unclosed")));
  quote.mutable_spans(3)->mutable_quotation()->set_closing("”");
  EXPECT_THAT(Found(content), IsEmpty());
  quote.mutable_spans(3)->mutable_quotation()->set_closing("“");
  EXPECT_THAT(Found(content), ElementsAre(HasSubstr("quote-marks-mismatched")));
}

TEST(LintQuotesTest, ComparesTheMarksOfAQuoteBlock) {
  v1::ReleaseContent content = CleanContent("de", "Anfang.");
  v1::Quotation& quotation = AddQuotation(content, "Anna Muster: ", "Anna Muster");
  quotation.set_opening("„");
  quotation.set_text("Wir sagten „ja“");
  quotation.set_closing("“");
  EXPECT_THAT(Found(content), IsEmpty());
  quotation.set_closing("”");
  EXPECT_THAT(Found(content), ElementsAre("quote-marks-mismatched: ”"));
  quotation.clear_closing();
  EXPECT_THAT(Found(content), ElementsAre("quote-unclosed: „Wir sagten „ja“"));
  quotation.clear_opening();
  EXPECT_THAT(Found(content), IsEmpty());
}

TEST(LintQuotesTest, FindsAQuotationThatNeverEnds) {
  EXPECT_THAT(FoundIn("de", "Sie sagte: „Das ist gut."), ElementsAre("quote-unclosed: „Das ist gut."));
  EXPECT_THAT(FoundIn("fr", "Elle dit : « C'est bon."), ElementsAre("quote-unclosed: « C'est bon."));
}

TEST(LintQuotesTest, LetsAQuotationGoOnInTheNextParagraph) {
  v1::ReleaseContent content = CleanContent("en", "She said: “One.");
  AddParagraph("“Two.”", content);
  EXPECT_THAT(Found(content), IsEmpty());
  // German opens it once.
  content = CleanContent("de", "Sie sagte: „Eins.");
  AddParagraph("Zwei.", content);
  AddParagraph("Drei.“", content);
  EXPECT_THAT(Found(content), IsEmpty());
  content.mutable_body()->RemoveLast();
  EXPECT_THAT(Found(content), ElementsAre("quote-unclosed: „Eins."));
}

TEST(LintQuotesTest, FindsASecondStyle) {
  v1::ReleaseContent content = CleanContent("de", "Sie sagte „eins“ und „zwei“.");
  AddParagraph("Er sagte «drei» und «vier».", content);
  AddParagraph("Sie sagte „fünf“.", content);
  EXPECT_THAT(Found(content), ElementsAre("quote-marks-mixed: «drei"));
  EXPECT_THAT(Lint(content).at(0).message(), HasSubstr("«…» here, „…“ elsewhere"));
  // One inside the other is the rule.
  EXPECT_THAT(FoundIn("fr", "« Il a dit “oui” hier », dit-elle."), IsEmpty());
}

TEST(LintQuotesTest, FindsAQuotationOfNobody) {
  v1::ReleaseContent content = CleanContent("en", "Beginning.");
  v1::Quotation& quotation = AddQuotation(content, "", "");
  quotation.set_opening("“");
  quotation.set_text("Well done.");
  quotation.set_closing("”");
  EXPECT_THAT(Found(content), ElementsAre("quote-without-speaker: “Well done.”"));
  content.mutable_body(0)->mutable_quote()->set_continued(true);
  EXPECT_THAT(Found(content), IsEmpty());
}

TEST(LintQuotesTest, TakesTheSpeakerBeforeForTheSpeaker) {
  v1::ReleaseContent content = CleanContent("en", "Beginning.");
  AddQuotation(content, "She said so. ", "Anna Muster").set_text("Well done.");
  AddQuotation(content, "And then: ", "").set_text("Once more.");
  EXPECT_THAT(Found(content), IsEmpty());
}

}  // namespace
}  // namespace communique::releases

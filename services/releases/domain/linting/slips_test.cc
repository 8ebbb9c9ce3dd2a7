// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/releases/domain/linting/testing/lint_content.h"

namespace communique::releases {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(LintSlipsTest, FindsWordsTwiceInARow) {
  EXPECT_THAT(FoundIn("en", "It is the the best."), ElementsAre("doubled-word: the the"));
  EXPECT_THAT(FoundIn("en", "The the best."), ElementsAre("doubled-word: The the"));
  EXPECT_THAT(FoundIn("en", "It is of\nof use."), ElementsAre("doubled-word: of\nof"));
  EXPECT_THAT(FoundIn("de", "Hilfe für für alle."), ElementsAre("doubled-word: für für"));
  EXPECT_THAT(FoundIn("fr", "Il vit dans dans la ville."), ElementsAre("doubled-word: dans dans"));
  EXPECT_THAT(FoundIn("es", "Vive en en la ciudad."), ElementsAre("doubled-word: en en"));
  EXPECT_THAT(FoundIn("ar", "يعيش في في المدينة."), ElementsAre("doubled-word: في في"));
  EXPECT_THAT(FoundIn("he", "הבית של של דנה."), ElementsAre("doubled-word: של של"));
}

TEST(LintSlipsTest, KnowsWhatIsRightTwice) {
  EXPECT_THAT(FoundIn("en", "She had had enough, and that that is so. Vitamin A a day. Pago Pago."), IsEmpty());
  EXPECT_THAT(FoundIn("de", "Menschen, die die Hilfe brauchen, und die Rede von von der Leyen."), IsEmpty());
  EXPECT_THAT(FoundIn("fr", "Nous nous voyons."), IsEmpty());
  EXPECT_THAT(FoundIn("en", "It is the, the best."), IsEmpty());
  EXPECT_THAT(FoundIn("it", "La casa del del."), IsEmpty());
}

TEST(LintSlipsTest, FindsAParagraphPastedTwice) {
  const std::string paragraph = "The clinic will stop in every village once in ten days.";
  v1::ReleaseContent content = CleanContent("en", paragraph);
  AddParagraph(paragraph, content);
  EXPECT_THAT(Found(content), ElementsAre("doubled-paragraph: " + paragraph));
  content.set_kind(v1::RELEASE_KIND_SPEECH);
  EXPECT_THAT(Found(content), IsEmpty());
  content = CleanContent("en", "Yes.");
  AddParagraph("Yes.", content);
  EXPECT_THAT(Found(content), IsEmpty());
}

TEST(LintSlipsTest, FindsPlaceholders) {
  EXPECT_THAT(FoundIn("en",
                      "Said XX"
                      "X, director."),
              ElementsAre("placeholder-left: XX"
                          "X"));
  EXPECT_THAT(FoundIn("en", "It helped xxx people."), ElementsAre("placeholder-left: xxx"));
  EXPECT_THAT(FoundIn("de", "Am XX.XX.2026 beginnt es."), ElementsAre("placeholder-left: XX"));
  EXPECT_THAT(FoundIn("de", "Ein Plus von XX % im Jahr."), ElementsAre("placeholder-left: XX"));
  EXPECT_THAT(FoundIn("en", "Speaker: TBC"), ElementsAre("placeholder-left: TBC"));
  EXPECT_THAT(FoundIn("fr", "Lieu : TBA."), ElementsAre("placeholder-left: TBA"));
  EXPECT_THAT(FoundIn("en", "It cost TK million."), ElementsAre("placeholder-left: TK"));
  EXPECT_THAT(FoundIn("en", "Said [Name] of [insert place]."),
              ElementsAre("placeholder-left: [Name]", "placeholder-left: [insert place]"));
  EXPECT_THAT(FoundIn("de", "So [Datum], [Zitat einfügen]."), ElementsAre("placeholder-left: [Datum]"));
  EXPECT_THAT(FoundIn("es", "Dijo [nombre]."), ElementsAre("placeholder-left: [nombre]"));
  EXPECT_THAT(FoundIn("it", "Lorem ipsum dolor."), ElementsAre("placeholder-left: Lorem ipsum"));
  EXPECT_THAT(FoundIn("en", "Dear {{name}}"), ElementsAre("placeholder-left: {{"));
}

TEST(LintSlipsTest, KnowsWhatIsNoPlaceholder) {
  EXPECT_THAT(FoundIn("en",
                      "The XX"
                      "X Olympiad, chapter XX, Louis XX"
                      "X. See xxx.example.org and tba@example.org."),
              IsEmpty());
  EXPECT_THAT(FoundIn("de", "Die TK zahlt, TBC ist heilbar."), IsEmpty());
  EXPECT_THAT(FoundIn("es",
                      "TO"
                      "DO POR LOS ALUMNOS"),
              IsEmpty());
  EXPECT_THAT(FoundIn("en", "“It [the bridge] is [sic] safe [...]”, she said [1]."), IsEmpty());
  EXPECT_THAT(FoundIn("en", "TK Maxx opens."), IsEmpty());
}

TEST(LintSlipsTest, FindsSpacesBeforeMarks) {
  EXPECT_THAT(FoundIn("en", "It came , at last ."),
              ElementsAre("space-before-punctuation: came ,", "space-before-punctuation: last ."));
  EXPECT_THAT(FoundIn("de", "Wirklich ? Ja."), ElementsAre("space-before-punctuation: Wirklich ?"));
  EXPECT_THAT(FoundIn("fr", "Vraiment ? Oui ; bien sûr !"), IsEmpty());
  EXPECT_THAT(FoundIn("en", "She said « Vraiment ? » and left . . . with .NET ... :-)"), IsEmpty());
  EXPECT_THAT(FoundIn("en", "Really\u00A0? Yes."), IsEmpty());
}

TEST(LintSlipsTest, FindsBracketsWithoutTheirOther) {
  EXPECT_THAT(FoundIn("en", "The fund (founded in 1998 helps."), ElementsAre("brackets-unbalanced: ("));
  EXPECT_THAT(FoundIn("en", "The fund founded in 1998) helps."), ElementsAre("brackets-unbalanced: )"));
  EXPECT_THAT(FoundIn("en", "It [the fund helps."), ElementsAre("brackets-unbalanced: ["));
  EXPECT_THAT(FoundIn("en", "The fund (in (1998)) helps: a) here, 2) there :) and (iv) everywhere."), IsEmpty());
}

TEST(LintSlipsTest, LetsARemarkGoOverParagraphs) {
  v1::ReleaseContent content = CleanContent("en", "(The first part of the remark.");
  AddParagraph("The second.)", content);
  EXPECT_THAT(Found(content), IsEmpty());
  content = CleanContent("en", "(The first part.");
  for (int i = 0; i < 5; ++i) AddParagraph("Number " + std::to_string(i) + ".", content);
  AddParagraph("The end.)", content);
  EXPECT_THAT(Found(content), ElementsAre("brackets-unbalanced: (", "brackets-unbalanced: )"));
}

TEST(LintSlipsTest, FindsDamagedCharacters) {
  EXPECT_THAT(FoundIn("de", "Hilfe fÃ¼r alle."), ElementsAre("encoding-damaged: Ã¼"));
  EXPECT_THAT(FoundIn("en", "They said â€œyes."), ElementsAre("encoding-damaged: â€"));
  EXPECT_THAT(FoundIn("en", "Women &amp; girls"), ElementsAre("encoding-damaged: &amp;"));
  EXPECT_THAT(FoundIn("en", "The child&#8217;s"), ElementsAre("encoding-damaged: &#8217;"));
  EXPECT_THAT(FoundIn("en", "What\uFFFDs this"), ElementsAre("encoding-damaged: \uFFFD"));
  EXPECT_THAT(FoundIn("pt", "SÃO PAULO, IRMÃ, Q&A; R&D; 5 € & mais"), IsEmpty());
}

}  // namespace
}  // namespace communique::releases

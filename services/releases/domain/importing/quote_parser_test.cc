// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/quote_parser.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/releases/domain/text/block_text.h"

namespace communique::releases {
namespace {

struct Case {
  std::string language;
  std::string text;
  // "PLACEMENT speaker: quotation / quotation", "several", or empty for a plain paragraph.
  std::string found;
};

std::string Show(const v1::Quote& quote) {
  std::string result =
      v1::Quote::Placement_Name(quote.placement()).substr(10) + " " + quote.speaker().display_name() + ":";
  std::string joint = " ";
  for (const v1::QuoteSpan& span : quote.spans()) {
    if (!span.has_quotation()) continue;
    result += joint + span.quotation().text();
    joint = " / ";
  }
  return result;
}

std::string Read(const Case& c) {
  KnownPersons known;
  const auto parsed = ParseQuote(c.text, nullptr, Vocabulary::For(c.language), known);
  if (!parsed.has_value()) return "";
  if (parsed->several_speakers) return "several";
  EXPECT_EQ(QuoteText(parsed->quote), c.text);
  return Show(parsed->quote);
}

TEST(QuoteParserTest, TellsQuotationsFromMarks) {
  const std::vector<Case> cases = {
      {"de", "Ministerin Anna Muster: „Das ist ein guter Tag.“", "LABEL Anna Muster: Das ist ein guter Tag."},
      {"de", "Ministerin Anna Muster: „Das ist ein guter Tag.”", "LABEL Anna Muster: Das ist ein guter Tag."},
      {"de", "Dazu erklärte die Direktorin, Anna Muster, am Abend: „Das ist gut.“", "RUN_IN Anna Muster: Das ist gut."},
      {"de", "„Das ist gut“, sagte Anna Muster, Direktorin. „Wir machen weiter.“",
       "RUN_IN Anna Muster: Das ist gut / Wir machen weiter."},
      {"de", "Für die Migrant:innen gilt: „Gemeinsam stark“ ist das Motto.", ""},
      {"de", "Der Bericht „Zahlen und Fakten“ erscheint morgen.", ""},
      {"de", "Das Motto lautet: „Zusammen“.", ""},
      {"en", "“We are ready,” said Jane Doe, director of Example Relief.", "RUN_IN Jane Doe: We are ready,"},
      {"en", "“We are ready to help everyone who asks for it today.” – Jane Doe, director",
       "BLOCK Jane Doe: We are ready to help everyone who asks for it today."},
      {"en", "“We are ready to help everyone who asks for it today.”",
       "BLOCK : We are ready to help everyone who asks for it today."},
      {"en", "Jane Doe, the director, called the plan “a turning point for the whole region”.",
       "RUN_IN Jane Doe: a turning point for the whole region"},
      {"en", "The “Green Deal” matters. Jane Doe, director, said: \"It helps us all.\"",
       "RUN_IN Jane Doe: It helps us all."},
      {"en", "The plan was “a turning point for the whole region”.", ""},
      {"en", "‘We are ready,’ said Jane Doe. ‘It’s the workers’ day.’",
       "RUN_IN Jane Doe: We are ready, / It’s the workers’ day."},
      {"en", "“We are ready,” said Jane Doe, director. “So are we,” said John Smith, chair.", "several"},
      {"en", "Jane Doe, director, said: “We begin today and", "RUN_IN Jane Doe: We begin today and"},
      {"fr", "« Nous sommes prêts », a déclaré Marie Durand, directrice. « Le travail commence. »",
       "RUN_IN Marie Durand: Nous sommes prêts / Le travail commence."},
      {"es", "«Estamos preparados», afirmó María López Ruiz, directora.",
       "RUN_IN María López Ruiz: Estamos preparados"},
      {"es", "La directora, María López Ruiz: \"Estamos preparados para todo\"",
       "LABEL María López Ruiz: Estamos preparados para todo"},
      // Inside the marks: the attribution is no part of what was said.
      {"es", "“Vamos a dormir una hora más —dijo Juan Peña, director de la escuela— y a llegar de día”.",
       "RUN_IN Juan Peña: Vamos a dormir una hora más / y a llegar de día"},
      {"fr", "« Planter, c’est promettre, explique Marie Durand, directrice du service. Nous le faisons. »",
       "RUN_IN Marie Durand: Planter, c’est promettre / Nous le faisons."},
      {"es", "“Vamos a dormir una hora más —dijo el río— y a llegar de día”.",
       "BLOCK : Vamos a dormir una hora más —dijo el río— y a llegar de día"},
      // A verb that no list knows.
      {"fr", "« On n’avait jamais vu autant de monde », se souvient Marie Durand.",
       "RUN_IN Marie Durand: On n’avait jamais vu autant de monde"},
      {"nl", "\"We bouwen niet tegen het water\", aldus Marie Durand.",
       "RUN_IN Marie Durand: We bouwen niet tegen het water"},
      {"en", "“The Long Way Home”, written by Jane Doe, is out today.", ""},
      {"en", "“We are ready,” said Hon. Jane Doe, director.", "RUN_IN Jane Doe: We are ready,"},
      {"ar", "وقالت المديرة العامة للمنظمة، سارة حداد: «نحن مستعدون للعمل معا.»",
       "RUN_IN سارة حداد: نحن مستعدون للعمل معا."},
      {"he", "\"אנחנו מוכנים לעבודה\", אמרה דנה לוי, מנכ\"לית הארגון.", "RUN_IN דנה לוי: אנחנו מוכנים לעבודה"},
  };
  for (const Case& c : cases) EXPECT_EQ(Read(c), c.found) << c.text;
}

TEST(QuoteParserTest, WhatSomebodyIsMayStandBehindTheirNameInAnyWords) {
  const std::vector<Case> cases = {
      {"en", "“We are ready to go,” said Jane Doe, a grower in the valley.", "a grower in the valley"},
      {"en", "“We are ready to go,” said Jane Doe, smiling at the crowd.", ""},
      {"de", "„Wir sind bereit dafür“, sagte Anna Muster, Imkerin aus Kassel.", "Imkerin aus Kassel"},
      {"de", "„Wir sind bereit dafür“, sagte Anna Muster, als sie ankam.", ""},
      {"fr", "« Nous sommes prêts à partir », a déclaré Marie Durand, apicultrice à Genève.", "apicultrice à Genève"},
      {"fr", "« Nous sommes prêts à partir », a déclaré Marie Durand, visiblement émue.", ""},
      {"es", "«Estamos todos preparados», afirmó Ana Gómez, productora de uva.", "productora de uva"},
      {"es", "«Estamos todos preparados», afirmó Ana Gómez, emocionada.", ""},
      {"it", "«Siamo tutti pronti a partire», ha detto Anna Rossi, presidente del gruppo.", "presidente del gruppo"},
  };
  for (const Case& c : cases) {
    KnownPersons known;
    const auto parsed = ParseQuote(c.text, nullptr, Vocabulary::For(c.language), known);
    ASSERT_TRUE(parsed.has_value()) << c.text;
    const v1::Speaker& speaker = parsed->quote.speaker();
    EXPECT_FALSE(speaker.display_name().empty()) << c.text;
    EXPECT_EQ(speaker.roles_size() == 0 ? "" : speaker.roles(0).title(), c.found) << c.text;
  }
}

TEST(QuoteParserTest, GoesOnWithAQuotationThatWasLeftOpen) {
  const Vocabulary& english = Vocabulary::For("en");
  KnownPersons known;
  const auto first = ParseQuote("Jane Doe, director: “It was long.", nullptr, english, known);
  ASSERT_TRUE(first.has_value());
  EXPECT_TRUE(IsLeftOpen(first->quote));
  const auto second = ParseQuote("“It was good.”", &first->quote, english, known);
  ASSERT_TRUE(second.has_value());
  EXPECT_TRUE(second->quote.continued());
  EXPECT_EQ(second->quote.speaker().display_name(), "Jane Doe");
  EXPECT_FALSE(ParseQuote("It was good.", &first->quote, english, known).has_value());
}

TEST(QuoteParserTest, TakesTheAttributionFromTheLineBelow) {
  const Vocabulary& english = Vocabulary::For("en");
  KnownPersons known;
  auto parsed = ParseQuote("“We are ready to help everyone who asks for it.”", nullptr, english, known);
  ASSERT_TRUE(parsed.has_value());
  v1::Quote quote = parsed->quote;
  EXPECT_FALSE(AddAttributionLine("\n", "- Food and water", english, known, quote));
  EXPECT_TRUE(AddAttributionLine("\n", "— Jane Doe, director of Example Relief", english, known, quote));
  EXPECT_EQ(QuoteText(quote),
            "“We are ready to help everyone who asks for it.”\n— Jane Doe, director of Example Relief");
  EXPECT_EQ(quote.speaker().display_name(), "Jane Doe");
}

TEST(QuoteParserTest, BelowAQuotationWhatStandsBehindTheNameIsTheOffice) {
  const Vocabulary& english = Vocabulary::For("en");
  KnownPersons known;
  v1::Quote quote = ParseQuote("“We are ready to help everyone who asks for it.”", nullptr, english, known)->quote;
  ASSERT_TRUE(AddAttributionLine("\n", "— Jane Doe, keeper of the bees", english, known, quote));
  ASSERT_EQ(quote.speaker().roles_size(), 1);
  EXPECT_EQ(quote.speaker().roles(0).title(), "keeper of the bees");
}

}  // namespace
}  // namespace communique::releases

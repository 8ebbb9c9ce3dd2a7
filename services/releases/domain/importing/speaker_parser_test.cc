// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/speaker_parser.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace communique::releases {
namespace {

struct Case {
  std::string language;
  std::string clause;
  // "honorific name | title @ organisation | ...".
  std::string speaker;
};

std::string Show(const v1::Speaker& speaker) {
  std::string result = speaker.honorific();
  if (!result.empty()) result += " ";
  result += speaker.display_name();
  for (const v1::SpeakerRole& role : speaker.roles()) {
    result += " | " + role.title();
    if (!role.organization().empty()) result += " @ " + role.organization();
  }
  return result;
}

KnownPersons Known() {
  KnownPersons known;
  known.organizations = {"example relief", "beispielhilfe", "exemple secours", "ayuda ejemplo"};
  return known;
}

TEST(SpeakerParserTest, ReadsWhoSaidIt) {
  const std::vector<Case> cases = {
      // Labels.
      {"de", "Bundesumweltministerin Jana Mustermann: ", "Jana Mustermann | Bundesumweltministerin"},
      {"de",
       "Ständige Vertreterin Musterlands bei den Flussräten und anderen zwischenstaatlichen Verbänden, Vorsitzende "
       "des IGH-Rats, Dr. Katharina Exempel: ",
       "Dr. Katharina Exempel | Ständige Vertreterin Musterlands bei den Flussräten und anderen zwischenstaatlichen "
       "Verbänden | Vorsitzende des IGH-Rats"},
      {"en", "Federal Minister of the Environment Jana Mustermann: ",
       "Jana Mustermann | Federal Minister of the Environment"},
      {"en", "Dr. Jane Q. Doe, Chair of the Council and Head of Programmes at Example Relief: ",
       "Dr. Jane Q. Doe | Chair of the Council | Head of Programmes @ Example Relief"},
      {"en", "Jane Doe (Director, Example Relief): ", "Jane Doe | Director"},
      // In sentences.
      {"de",
       "Am Rand der Eröffnung betonte die Generaldirektorin der IGH, Amara Lindqvist, den Wert der "
       "gemeinsamen Arbeit: ",
       "Amara Lindqvist | Generaldirektorin @ IGH"},
      {"de", ", sagte Max von der Muster, Geschäftsführer von Beispielhilfe.",
       "Max von der Muster | Geschäftsführer @ Beispielhilfe"},
      {"de", ", so Beispielhilfe-Sprecherin Anna Muster.", "Anna Muster | Beispielhilfe-Sprecherin"},
      {"de", ", erklärte die stellvertretende Vorsitzende Prof. Dr. Eva Beispiel am Montag.",
       "Prof. Dr. Eva Beispiel | stellvertretende Vorsitzende"},
      {"en",
       "Looking back on this shared history, IGH Director General Amara Lindqvist stressed how much the partnership "
       "means: ",
       "Amara Lindqvist | Director General @ IGH"},
      {"en", " said Jane Doe, President of the United States of Exampleland.",
       "Jane Doe | President of the United States of Exampleland"},
      {"en", " Jean-Luc O'Brien, head of mission at Example Relief, said.",
       "Jean-Luc O'Brien | head of mission @ Example Relief"},
      {"fr", ", a déclaré Marie Durand, directrice générale d'Exemple Secours.",
       "Marie Durand | directrice générale @ Exemple Secours"},
      {"fr", ", souligne le ministre de l'Intérieur Jean Dupont.", "Jean Dupont | ministre de l'Intérieur"},
      {"fr", "Pour Mme Claire Petit, présidente du conseil : ", "Mme Claire Petit | présidente du conseil"},
      {"es", ", afirmó María López Ruiz, directora general de Ayuda Ejemplo.",
       "María López Ruiz | directora general @ Ayuda Ejemplo"},
      {"es", ", señaló la portavoz de la organización, Ana Gómez.", "Ana Gómez | portavoz de la organización"},
      {"ar", "وقالت المديرة العامة للمنظمة، سارة حداد: ", "سارة حداد | المديرة العامة للمنظمة"},
      {"ar", "، قال الدكتور أحمد علي، رئيس الجمعية.", "الدكتور أحمد علي | رئيس الجمعية"},
      {"he", "אמרה דנה לוי, מנכ\"לית הארגון.", "דנה לוי | מנכ\"לית הארגון"},
      {"de", ", betont Verbandsvorsteherin Dr. Eva Beispiel.", "Dr. Eva Beispiel | Verbandsvorsteherin"},
      {"es", "Al respecto, la intendenta de Villa Rosa, Ana Gómez, expresó: ", "Ana Gómez | intendenta de Villa Rosa"},
      {"es", "Por su parte, Ana Gómez, de la Fundación Río Vivo, manifestó: ", "Ana Gómez |  @ Fundación Río Vivo"},
      {"fr",
       "M. Jean Dupont, du ministère de l'Intérieur, a souligné : ", "M. Jean Dupont |  @ ministère de l'Intérieur"},
      {"ar", "وقال مدير المؤسسة كريم العلوي: ", "كريم العلوي | مدير المؤسسة"},
      {"ar", "ومن جانبها، قالت المعلمة فاطمة الزهراء أمزيان: ", "فاطمة الزهراء أمزيان | المعلمة"},
      {"ar", "وقال وزير الثقافة الدكتور سامر النجار: ", "الدكتور سامر النجار | وزير الثقافة"},
      // Nobody.
      {"en", "Example Relief said in a statement: ", ""},
      {"en", "The motto is: ", ""},
      {"de", "Die Internationale Organisation erklärte: ", ""},
      {"de", "Das Motto lautet: ", ""},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Show(ParseAttribution(c.clause, Known(), Vocabulary::For(c.language)).speaker), c.speaker) << c.clause;
  }
}

TEST(SpeakerParserTest, ASurnameOrAPronounIsThePersonNamedBefore) {
  KnownPersons known = Known();
  const Vocabulary& english = Vocabulary::For("en");
  known.Remember(ParseAttribution("said Jane Doe, director.", known, english).speaker);
  known.Remember(ParseAttribution("said John Smith, chair.", known, english).speaker);
  EXPECT_EQ(Show(ParseAttribution(" Doe added.", known, english).speaker), "Jane Doe | director");
  EXPECT_EQ(Show(ParseAttribution(" said Ms. Doe.", known, english).speaker), "Jane Doe | director");
  EXPECT_EQ(Show(ParseAttribution(" he added.", known, english).speaker), "John Smith | chair");
  EXPECT_TRUE(ParseAttribution(" he added.", known, english).has_verb);
  EXPECT_EQ(Show(ParseAttribution(" the report said.", known, english).speaker), "");
}

TEST(SpeakerParserTest, ASurnameMayBeOfSomebodyWhoWasNamedButNotQuoted) {
  KnownPersons known = Known();
  known.text_before =
      "Am Donnerstag gaben Bürgermeisterin Lena Vogt und Franz Huber das Bauwerk frei. Die Vogtei war da.";
  const Vocabulary& german = Vocabulary::For("de");
  EXPECT_EQ(Show(ParseAttribution(", sagte Vogt.", known, german).speaker), "Lena Vogt | Bürgermeisterin");
  EXPECT_EQ(Show(ParseAttribution(", sagte Huber.", known, german).speaker), "Franz Huber");
  EXPECT_EQ(Show(ParseAttribution(", sagte Keiner.", known, german).speaker), "");
}

}  // namespace
}  // namespace communique::releases

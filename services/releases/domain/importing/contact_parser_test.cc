// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/contact_parser.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/releases/domain/text/block_text.h"

namespace communique::releases {
namespace {

struct Case {
  std::string language;
  std::string text;
  // Pieces that are not plain text: O(rganisation), P(erson), R(ole), E(-mail), T(elephone), U(RL).
  std::string pieces;
};

std::string Read(const Case& c) {
  KnownPersons known;
  known.organizations = {"example relief"};
  const v1::ContactLine line = ParseContact(c.text, "Example Aid Works has opened a house. Example Relief helps.",
                                            known, Vocabulary::For(c.language));
  EXPECT_EQ(ContactLineText(line), c.text) << "pieces must be what is printed";
  std::string result;
  for (const v1::ContactSegment& segment : line.segments()) {
    if (segment.kind() == v1::ContactSegment::KIND_TEXT) continue;
    if (!result.empty()) result += " ";
    result += std::string(1, "??OPRETU"[segment.kind()]) + "[" + segment.value() + "]";
  }
  return result;
}

TEST(ContactParserTest, TakesContactsApart) {
  const std::vector<Case> cases = {
      {"de", "IGH: Srđan Mušić, music@igh.example.org, medien@igh.example.org",
       "O[IGH] P[Srđan Mušić] E[music@igh.example.org] E[medien@igh.example.org]"},
      {"de", "Verbindungsbüro der Stadt bei der Stadt: Greta Muster, pr-1-io@seeburg.ministerium.example.com",
       "O[Verbindungsbüro der Stadt bei der Stadt] P[Greta Muster] E[pr-1-io@seeburg.ministerium.example.com]"},
      {"de", "Pressesprecherin Anna Muster, Tel.: 030 1234567", "R[Pressesprecherin] P[Anna Muster] T[030 1234567]"},
      {"de",
       "Dr. Max Muster\nLeiter Kommunikation\nBeispielhilfe e.V.\nMusterstraße 1, 12345 Berlin\nE-Mail: "
       "max@example.org",
       "P[Dr. Max Muster] R[Leiter Kommunikation] O[Beispielhilfe e.V.] E[max@example.org]"},
      {"en", "Jane Doe, Head of Media, Example Relief, +41 22 555 01 99, jane@example.org",
       "P[Jane Doe] R[Head of Media] O[Example Relief] T[+41 22 555 01 99] E[jane@example.org]"},
      {"en", "Jane Doe\nExample Aid Works\nM: +41 79 555 01 99 | www.example.org",
       "P[Jane Doe] O[Example Aid Works] T[+41 79 555 01 99] U[www.example.org]"},
      {"en", "For more information please contact Jane Doe at jane@example.org or +44 20 7946 0018.",
       "P[Jane Doe] E[jane@example.org] T[+44 20 7946 0018]"},
      {"en", "Jane Doe: jane@example.org", "P[Jane Doe] E[jane@example.org]"},
      {"en", "Press Office, press@example.org, @examplerelief",
       "O[Press Office] E[press@example.org] U[@examplerelief]"},
      {"en", "Out of hours: +41 79 555 01 98", "T[+41 79 555 01 98]"},
      {"en", "Jane Doe, Chief Executive\nJohn Roe, Chief Financial Officer\nTel: +41 22 555 01 98",
       "P[Jane Doe] R[Chief Executive] P[John Roe] R[Chief Financial Officer] T[+41 22 555 01 98]"},
      {"en", "Jane Doe / John Roe, press@example.org", "P[Jane Doe] P[John Roe] E[press@example.org]"},
      {"es", "Lucía Ferrer, jefa de prensa. Tel.: +34 600 555 019",
       "P[Lucía Ferrer] R[jefa de prensa] T[+34 600 555 019]"},
      {"es", "Se ruega confirmar asistencia: prensa@example.org", "E[prensa@example.org]"},
      {"fr", "Marie Durand, attachée de presse, Tél. : 01 70 18 99 00, presse@example.org",
       "P[Marie Durand] R[attachée de presse] T[01 70 18 99 00] E[presse@example.org]"},
      {"es", "Gabinete de prensa: Ana Gómez, correo electrónico: prensa@example.org",
       "O[Gabinete de prensa] P[Ana Gómez] E[prensa@example.org]"},
      // Numbers without + or 0: behind a label, or alone between marks.
      {"es", "Tel. 976 000 218 / 600 000 218, prensa@example.org",
       "T[976 000 218] T[600 000 218] E[prensa@example.org]"},
      {"fr", "Marie Durand, 514 555-0177, presse@example.org", "P[Marie Durand] T[514 555-0177] E[presse@example.org]"},
      {"it", "cell. 333 000 0127", "T[333 000 0127]"},
      {"da", "33 92 12 34, presse@example.org", "T[33 92 12 34] E[presse@example.org]"},
      {"en", "606-555-0134 (office) or 606-555-0135 (cell)", "T[606-555-0134] T[606-555-0135]"},
      {"ar", "٠١ ٥٥٥ ٠١٧ – ٠٣ ٥٥٥ ٠١٨", "T[٠١ ٥٥٥ ٠١٧] T[٠٣ ٥٥٥ ٠١٨]"},
      {"en", "(41) 3000-0192 | (41) 99000-0192", "T[(41) 3000-0192] T[(41) 99000-0192]"},
      {"en", "open, 9.00-17.00, 2024/2025, 04.03.2026", ""},
      {"en", "no. 1105851, 1105852", ""},
      // Who somebody is, and what is nobody.
      {"de", "Prof. Dr. Max Muster, presse@example.org", "P[Prof. Dr. Max Muster] E[presse@example.org]"},
      {"en", "Jane Doe, Senior Media Officer: jane@example.org",
       "P[Jane Doe] R[Senior Media Officer] E[jane@example.org]"},
      {"en", "Follow us on Instagram: @examplerelief", "U[@examplerelief]"},
      {"ar", "سارة حداد، هاتف: +961 1 555 019، البريد الإلكتروني: sara@example.org",
       "P[سارة حداد] T[+961 1 555 019] E[sara@example.org]"},
      {"he", "דנה לוי, דוברת הארגון, 03-555-0199, dana@example.org",
       "P[דנה לוי] R[דוברת הארגון] T[03-555-0199] E[dana@example.org]"},
  };
  for (const Case& c : cases) EXPECT_EQ(Read(c), c.pieces) << c.text;
}

TEST(ContactParserTest, KnowsAPersonByTheOfficeTheReleaseGivesThem) {
  KnownPersons known;
  const Vocabulary& english = Vocabulary::For("en");
  const auto kind = [&](const std::string& release) {
    return ParseContact("Jane Doe\njane@example.org", release, known, english).segments(0).kind();
  };
  EXPECT_EQ(kind("“Yes,” said Jane Doe, executive director of Example Relief."), v1::ContactSegment::KIND_PERSON);
  EXPECT_EQ(kind("Jane Doe has opened a house."), v1::ContactSegment::KIND_ORGANIZATION);
}

TEST(ContactParserTest, KnowsContactDataWhenItSeesIt) {
  const Vocabulary& english = Vocabulary::For("en");
  EXPECT_TRUE(HasContactData("Tel.: 555", english));
  EXPECT_TRUE(HasContactData("Jane Doe, jane@example.org", english));
  EXPECT_TRUE(ContinuesContact("E-mail: jane@example.org", english));
  EXPECT_TRUE(ContinuesContact("jane@example.org", english));
  EXPECT_TRUE(ContinuesContact("mailto:jane@example.org", english));
  EXPECT_FALSE(ContinuesContact("Jane Doe, jane@example.org", english));
  EXPECT_FALSE(HasContactData("Mobile clinics have reached 300 villages.", english));
  EXPECT_FALSE(HasContactData("20.08.2026 – 14:12", english));
  EXPECT_FALSE(HasContactData("More on https://example.org", english));
}

TEST(ContactParserTest, NeverLosesAnythingHoweverManyPieces) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "a" + std::to_string(i) + "@example.org, ";
  KnownPersons known;
  const v1::ContactLine line = ParseContact(text, "", known, Vocabulary::For("en"));
  EXPECT_LE(line.segments_size(), 50);
  EXPECT_EQ(ContactLineText(line), text);
}

}  // namespace
}  // namespace communique::releases

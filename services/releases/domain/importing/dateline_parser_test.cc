// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/dateline_parser.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/releases/domain/text/block_text.h"

namespace communique::releases {
namespace {

struct Case {
  std::string language;
  std::string text;
  // prefix<place>joint...{date}separator[year-month-day], or empty when there is no dateline.
  std::string found;
};

std::string Read(const Case& c) {
  const auto parsed = ParseDateline(c.text, c.language, Vocabulary::For(c.language));
  if (!parsed.has_value()) return "";
  const v1::Dateline& dateline = parsed->dateline;
  EXPECT_EQ(DatelineText(dateline), c.text.substr(0, parsed->size)) << "pieces must be what is printed";
  std::string result = dateline.prefix();
  const std::string date = dateline.date_text().empty() ? "" : "{" + dateline.date_text() + "}";
  if (!dateline.date_joint().empty()) result += date + dateline.date_joint();
  for (const v1::DatelinePlace& place : dateline.places()) result += "<" + place.label() + ">" + place.joint();
  if (dateline.date_joint().empty()) result += date;
  result += dateline.separator();
  if (parsed->dated) {
    result += "[" + std::to_string(dateline.date().year()) + "-" + std::to_string(dateline.date().month()) + "-" +
              std::to_string(dateline.date().day()) + "]";
  }
  return result + (parsed->alone ? "alone" : "");
}

TEST(DatelineParserTest, ReadsDatelinesAsNewsroomsWriteThem) {
  const std::vector<Case> cases = {
      {"de", "Berlin/Genf, 16. Oktober - Die Organisation", "<Berlin>/<Genf>, {16. Oktober} - [0-10-16]"},
      {"de", "Berlin, den 16. Oktober 2026. Die", "<Berlin>, den {16. Oktober 2026}. [2026-10-16]"},
      {"de", "Frankfurt am Main, 16.10.2026 – Die", "<Frankfurt am Main>, {16.10.2026} – [2026-10-16]"},
      {"de", "Bonn und Genf, 16. Oktober 2026: Die", "<Bonn> und <Genf>, {16. Oktober 2026}: [2026-10-16]"},
      {"de", "Berlin (abc) – Die Stadt", "<Berlin> (abc) – "},
      {"de", "Musterstadt, 3. März 2026", "<Musterstadt>, {3. März 2026}[2026-3-3]alone"},
      {"de", "Am 16. Oktober 2026 - so", ""},
      {"de", "Pressemitteilung, 16. Oktober 2026", ""},
      {"de", "Sperrfrist: 16. Oktober 2026, 10 Uhr", ""},
      {"de", "Die Organisation hat am 16. Oktober – wie", ""},
      {"de", "Migration – ein Thema für alle", ""},
      {"en", "GENEVA, Oct. 16, 2026 /Examplewire/ -- Example",
       "<GENEVA>, {Oct. 16, 2026} /Examplewire/ -- [2026-10-16]"},
      {"en", "Geneva (16 October 2026) – Example", "<Geneva> ({16 October 2026}) – [2026-10-16]"},
      {"en", "NEW YORK — Example Relief", "<NEW YORK> — "},
      {"en", "WASHINGTON, D.C., October 16, 2026 – Example", "<WASHINGTON, D.C.>, {October 16, 2026} – [2026-10-16]"},
      {"en", "Austin, TX, 16 October – Example", "<Austin, TX>, {16 October} – [0-10-16]"},
      {"en", "LONDON--(NEWSWIRE)--Example plc", "<LONDON>--(NEWSWIRE)--"},
      {"de", "Berlin (ots) - Die Organisation", "<Berlin> (ots) - "},
      {"en", "16 October 2026 | Geneva: Example", "{16 October 2026} | <Geneva>: [2026-10-16]"},
      {"en", "Friday, 16 October 2026", "{Friday, 16 October 2026}[2026-10-16]alone"},
      {"en", "16 October 2026 – The office", "{16 October 2026} – [2026-10-16]"},
      {"en", "(Geneva, 16 October) Example", ""},
      {"en", "(Geneva, 16 October) – Example", "(<Geneva>, {16 October}) – [0-10-16]"},
      {"en", "NAIROBI, Kenya, 16 October – Example", "<NAIROBI, Kenya>, {16 October} – [0-10-16]"},
      {"en", "Nairobi, Kenya, 16 October – Example", "<Nairobi, Kenya>, {16 October} – [0-10-16]"},
      {"en", "Kenya, Uganda, 16 October – Example", "<Kenya>, <Uganda>, {16 October} – [0-10-16]"},
      {"en", "EUGENE, Ore. — March 4, 2026 — Example", "<EUGENE, Ore.> — {March 4, 2026} — [2026-3-4]"},
      {"en", "EUGENE, Ore., Sept. 4, 2026 -- Example", "<EUGENE, Ore.>, {Sept. 4, 2026} -- [2026-9-4]"},
      {"en", "EUGENE, Sept. 4, 2026 -- Example", "<EUGENE>, {Sept. 4, 2026} -- [2026-9-4]"},
      {"en", "GENEVA – 4 March – Example", "<GENEVA> – {4 March} – [0-3-4]"},
      {"en", "GENEVA – 4 March is the day", "<GENEVA> – "},
      {"en", "16 June 2026 | Suva/Apia", "{16 June 2026} | <Suva>/<Apia>[2026-6-16]alone"},
      {"en", "Eugene, OR - (Feb. 14, 2026) – Example", "<Eugene, OR> - ({Feb. 14, 2026}) – [2026-2-14]"},
      {"de", "Bremen (abc)", "<Bremen> (abc)alone"},
      {"de", "Beispielhilfe (BH)", ""},
      {"de", "Köln, Deutschland, 4. März 2026: Beispiel", "<Köln, Deutschland>, {4. März 2026}: [2026-3-4]"},
      {"de", "Bremen (abc). Während das Beispiel", "<Bremen> (abc). "},
      {"es", "BOGOTÁ, D. C., 8 DE ABRIL DE 2026. Ejemplo", "<BOGOTÁ, D. C.>, {8 DE ABRIL DE 2026}. [2026-4-8]"},
      {"en", "The team, 16 October 2026, said", ""},
      {"fr", "Paris, le 1er octobre 2026 – L'association", "<Paris>, le {1er octobre 2026} – [2026-10-1]"},
      {"fr", "Genève, 16 octobre 2026. L'association", "<Genève>, {16 octobre 2026}. [2026-10-16]"},
      {"es", "Madrid, 16 de octubre de 2026.- La", "<Madrid>, {16 de octubre de 2026}.- [2026-10-16]"},
      {"es", "Ciudad de México, 16 de octubre de 2026 - La",
       "<Ciudad de México>, {16 de octubre de 2026} - [2026-10-16]"},
      {"es", "Villa (Ejemplia), 2 de mayo – La", "<Villa (Ejemplia)>, {2 de mayo} – [0-5-2]"},
      {"es", "MADRID, 12 Mar. (AGENCIA) - La", "<MADRID>, {12 Mar}. (AGENCIA) - [0-3-12]"},
      {"ar", "جنيف، 16 أكتوبر 2026 – أعلنت", "<جنيف>، {16 أكتوبر 2026} – [2026-10-16]"},
      {"he", "תל אביב, 16 באוקטובר 2026 – הארגון", "<תל אביב>, {16 באוקטובר 2026} – [2026-10-16]"},
  };
  for (const Case& c : cases) EXPECT_EQ(Read(c), c.found) << c.language << ": " << c.text;
}

TEST(DatelineParserTest, ReadsOverWrappedLines) {
  EXPECT_EQ(Read({"en", "GENEVA, 16 October\n2026 -\nExample", ""}), "<GENEVA>, {16 October\n2026} -\n[2026-10-16]");
  EXPECT_EQ(Read({"de", "Berlin, 16. Oktober 2026\nDie Organisation", ""}),
            "<Berlin>, {16. Oktober 2026}\n[2026-10-16]");
}

}  // namespace
}  // namespace communique::releases

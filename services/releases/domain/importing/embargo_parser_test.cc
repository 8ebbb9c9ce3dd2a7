// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/embargo_parser.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace communique::releases {
namespace {

struct Case {
  std::string language;
  std::string text;
  // "local zone", "?" when no time was understood, empty when there is no embargo.
  std::string found;
  std::string home = "Europe/Zurich";
};

std::string Read(const Case& c) {
  const auto parsed = ParseEmbargo(c.text, c.language, c.home, Vocabulary::For(c.language));
  if (!parsed.has_value()) return "";
  if (!parsed->embargo.has_value()) return "?";
  std::string result = parsed->embargo->end().local();
  if (!parsed->has_time) result += " (day)";
  if (parsed->has_zone) result += " " + parsed->embargo->end().time_zone();
  return result;
}

TEST(EmbargoParserTest, ReadsTheEndAsPressOfficesWriteIt) {
  const std::vector<Case> cases = {
      {"de", "Sperrfrist: 16. Oktober 2026, 10:00 Uhr MESZ", "2026-10-16T10:00 Europe/Zurich"},
      {"de", "Sperrfrist: 16. Oktober 2026, 10:00 Uhr MESZ", "2026-10-16T10:00 Europe/Berlin", ""},
      {"de", "Frei ab: Freitag, 16.10.2026, 6 Uhr", "2026-10-16T06:00"},
      {"de", "Gesperrt bis 16. Oktober 2026, 12.30 Uhr Genfer Zeit", "2026-10-16T12:30 Europe/Zurich"},
      {"de", "Sperrfrist: morgen früh", "?"},
      {"de", "Zur sofortigen Veröffentlichung", ""},
      {"en", "EMBARGOED UNTIL 00:01 GMT, 16 OCTOBER 2026", "2026-10-16T00:01 UTC"},
      {"en", "Under embargo until 16 October 2026 at 2:30 p.m. EDT", "2026-10-16T14:30 America/New_York"},
      {"en", "Strictly embargoed until 1000 hours CET, Friday 16 October 2026", "2026-10-16T10:00 Europe/Zurich"},
      {"en", "PRESS RELEASE – EMBARGOED UNTIL 10am, October 16, 2026 (New York time)",
       "2026-10-16T10:00 America/New_York"},
      {"en", "Embargo: 16 October 2026, 14:00 UTC+3", "2026-10-16T14:00 Etc/GMT-3"},
      {"en", "Not for publication before 16 October 2026", "2026-10-16T00:00 (day)"},
      {"en", "Embargoed until 12 noon Nairobi time on 16 October 2026", "2026-10-16T12:00 Africa/Nairobi"},
      {"en", "Embargoed until 31 December 2026, 24:00", "2027-01-01T00:00"},
      {"en", "Embargoed until 16 October", "?"},
      {"fr", "SOUS EMBARGO JUSQU’AU 16 OCTOBRE 2026 À 10 H 30 (HEURE DE PARIS)", "2026-10-16T10:30 Europe/Paris"},
      {"fr", "Embargo jusqu'au vendredi 16 octobre 2026 à 6h00", "2026-10-16T06:00"},
      {"es", "EMBARGADO HASTA el 16 de octubre de 2026 a las 10:00 (hora de Madrid)", "2026-10-16T10:00 Europe/Madrid"},
      {"es", "EMBARGADO HASTA LAS 10:00 HORAS DEL 16 DE OCTUBRE DE 2026", "2026-10-16T10:00"},
      {"fr", "Sous embargo jusqu'au 16 octobre 2026 à 6 h (HE)", "2026-10-16T06:00 America/Toronto"},
      {"nl", "Onder embargo tot vrijdag 16 oktober 2026, 06.00 uur", "2026-10-16T06:00"},
      {"ar", "محظور النشر حتى الساعة ١٠:٠٠ صباحاً بتوقيت بيروت، ١٦ أكتوبر ٢٠٢٦", "2026-10-16T10:00 Asia/Beirut"},
      {"he", "אמברגו עד 16 באוקטובר 2026 בשעה 10:00", "2026-10-16T10:00"},
  };
  for (const Case& c : cases) EXPECT_EQ(Read(c), c.found) << c.text;
}

}  // namespace
}  // namespace communique::releases

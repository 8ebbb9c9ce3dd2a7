// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/linting/lint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <random>
#include <set>
#include <string>

#include "services/platform/testing/histories.h"
#include "services/releases/domain/importing/import_text.h"
#include "services/releases/domain/importing/testing/import_summary.h"
#include "services/releases/domain/linting/testing/lint_content.h"
#include "services/releases/domain/text/line_index.h"
#include "services/releases/domain/text/plain_text.h"
#include "services/releases/domain/text/utf8.h"

namespace communique::releases {
namespace {

using testing::ElementsAre;

constexpr char kTexts[] = "services/releases/domain/importing/testdata";

// A release with the slips that such releases have.
TEST(LintTest, ReadsARelease) {
  const std::string file =
      "Die Flusshilfe und das Land räumen drei Flüsse frei\n"
      "Musterstadt/Seedorf, 16. Oktober - Die Flusshilfe (FH) und das Land haben drei Flüsse von Treibgut befreit.\n"
      "Vierzig Freiwillige aus fünf Gemeinden feierten das heute in Seedorf.\n"
      "Die Vorsitzende der FH, Anna Muster, sagte dazu: „Das Wasser ist so klar wie lange nicht.“\n"
      "Ministerin Eva Beispiel: „Wer einen Fluss aufräumt, kennt ihn bis ans andere Ufer.”\n"
      "***\n"
      "Redaktionshinweise:\n"
      "Die FH ist seit 1976 im Land tätig. Heute betreut sie dort vierzig Gemeinden.\n"
      "***\n"
      "Kontakt für die Presse:\n"
      "FH: Max Muster, muster@fh.example.org, medien@fh.example.org\n"
      "Büro der Vereinten Nationen: Ina Exempel, pr-1@seedorf.hafenamt.example.org\n";
  const auto result = ImportText(file, "de", {});
  ASSERT_TRUE(result.ok()) << result.status();
  std::vector<std::string> found;
  for (const v1::Finding& finding : Lint(result->content)) {
    found.push_back(std::to_string(finding.line()) + ":" + std::to_string(finding.column()) + " " + finding.rule());
  }
  EXPECT_THAT(found, ElementsAre("2:22 dateline-year-missing", "3:53 relative-date", "5:83 quote-marks-mismatched",
                                 "12:1 contact-domain-mismatch"));
}

// Texts without slips are left in peace: nothing is found in the importer's texts but what is really there.
TEST(LintTest, FindsNothingElseInGoodTexts) {
  const std::map<std::string, std::set<std::string>> slips = {
      {"zitate-mit-rollen.de.txt", {"quote-marks-mixed"}},
      {"lighthouse.ar.txt", {"quote-marks-mixed"}},
  };
  const std::set<std::string> habits = {"relative-date", "dateline-year-missing"};
  std::vector<std::string> files = FilesIn(kTexts, ".txt");
  const std::vector<std::string> unseen = FilesIn(std::string(kTexts) + "/unseen", ".txt");
  files.insert(files.end(), unseen.begin(), unseen.end());
  for (const std::string& file : files) {
    const auto result = ImportText(ReadFile(file), LanguageOf(file), {});
    ASSERT_TRUE(result.ok()) << result.status();
    const auto expected = slips.find(file.substr(file.rfind('/') + 1));
    for (const v1::Finding& finding : Lint(result->content)) {
      // Some of them are pieces of a release.
      if (finding.line() == 0) continue;
      const bool known = expected != slips.end() && expected->second.contains(finding.rule());
      EXPECT_TRUE(known || habits.contains(finding.rule())) << file << ": " << finding.ShortDebugString();
    }
  }
}

// Every finding is about words that stand where it says.
void ExpectPlaces(const v1::ReleaseContent& content) {
  const std::string text = WithLineBreak(RenderPlainText(content), "");
  const LineIndex lines(text);
  int last_line = 0;
  for (const v1::Finding& finding : Lint(content)) {
    EXPECT_FALSE(finding.rule().empty());
    EXPECT_FALSE(finding.message().empty());
    EXPECT_NE(finding.severity(), v1::Finding::SEVERITY_UNSPECIFIED);
    EXPECT_EQ(finding.source(), v1::Finding::SOURCE_LINT);
    EXPECT_LE(CountCodePoints(finding.excerpt()), 200U);
    EXPECT_EQ(finding.excerpt().empty(), finding.line() == 0);
    EXPECT_GE(finding.line(), last_line);
    last_line = finding.line();
    if (finding.line() == 0) continue;
    ASSERT_LE(static_cast<std::size_t>(finding.line()), lines.size());
    const std::string_view line = std::string_view(text).substr(lines.LineStart(finding.line()));
    const std::size_t before = FirstCodePoints(line, static_cast<std::size_t>(finding.column()) - 1).size();
    EXPECT_TRUE(line.substr(before).starts_with(finding.excerpt())) << finding.ShortDebugString();
  }
}

std::string Piece(std::mt19937& random) {
  static const std::vector<std::string> kPieces = {"the",
                                                   " the ",
                                                   "„",
                                                   "“",
                                                   "”",
                                                   "\"",
                                                   "«",
                                                   "» ",
                                                   "(",
                                                   ")",
                                                   "[",
                                                   "]",
                                                   "[Name]",
                                                   "XX"
                                                   "X",
                                                   " ,",
                                                   "today",
                                                   "heute",
                                                   "اليوم",
                                                   "31",
                                                   ". ",
                                                   "April",
                                                   "2026",
                                                   "Friday, ",
                                                   "16",
                                                   " October",
                                                   "press@",
                                                   "@example.org",
                                                   "http:/",
                                                   "www.",
                                                   "Ã¼",
                                                   "&amp;",
                                                   "\n",
                                                   " ",
                                                   "UN",
                                                   " of the ",
                                                   "WHO: ",
                                                   "für für",
                                                   "\u00A0",
                                                   "\u200F",
                                                   "lorem ipsum",
                                                   "-",
                                                   "{{",
                                                   "TBC",
                                                   "😀",
                                                   "日本",
                                                   "é",
                                                   "31.04.2026",
                                                   "a) ",
                                                   ":)",
                                                   "שר\"ת",
                                                   "x@y",
                                                   "xx %",
                                                   "\t",
                                                   "…"};
  std::string text;
  for (auto count = random() % 30; count > 0; --count) text += kPieces[random() % kPieces.size()];
  return text;
}

void AddRandomBlock(std::mt19937& random, v1::Block& block) {
  switch (random() % 7) {
    case 0:
      block.mutable_heading()->set_text(Piece(random));
      return;
    case 1:
      for (auto items = random() % 3; items > 0; --items) {
        v1::ListItem& item = *block.mutable_list()->add_items();
        item.set_marker(random() % 2 == 0 ? "- " : "");
        item.set_text(Piece(random));
        item.set_gap(random() % 2 == 0 ? "\n\n" : "");
      }
      return;
    case 2:
      for (auto spans = random() % 4; spans > 0; --spans) {
        v1::QuoteSpan& span = *block.mutable_quote()->add_spans();
        if (random() % 2 == 0) {
          span.set_narrative(Piece(random));
        } else {
          span.mutable_quotation()->set_opening(random() % 2 == 0 ? "„" : Piece(random));
          span.mutable_quotation()->set_text(Piece(random));
          span.mutable_quotation()->set_closing(random() % 2 == 0 ? "“" : "");
        }
      }
      return;
    case 3:
      for (auto rows = random() % 3; rows > 0; --rows) {
        v1::TableRow& row = *block.mutable_table()->add_rows();
        for (auto cells = random() % 3; cells > 0; --cells) row.add_cells(Piece(random));
      }
      return;
    case 4:
      block.mutable_separator()->set_text("***");
      return;
    case 5:
      return;
    default:
      block.mutable_paragraph()->set_text(Piece(random));
  }
}

v1::ReleaseContent RandomContent(unsigned seed) {
  std::mt19937 random(seed);
  v1::ReleaseContent content;
  static const std::vector<std::string> kLanguages = {"de", "en", "fr", "es", "ar", "he", "ja", "", "en-US", "x"};
  content.set_language(kLanguages[random() % kLanguages.size()]);
  if (random() % 4 != 0) content.set_headline(Piece(random));
  content.mutable_dateline()->set_date_text(random() % 2 == 0 ? "31. April" : Piece(random));
  content.mutable_dateline()->mutable_date()->set_month(static_cast<int>(random() % 14) - 1);
  content.mutable_dateline()->mutable_date()->set_day(static_cast<int>(random() % 34) - 1);
  content.mutable_dateline()->mutable_date()->set_year(random() % 2 == 0 ? 0 : 2026);
  if (random() % 4 != 0) AddRandomBlock(random, *content.mutable_lead());
  for (auto blocks = random() % 6; blocks > 0; --blocks) AddRandomBlock(random, *content.add_body());
  for (auto notes = random() % 2; notes > 0; --notes) AddRandomBlock(random, *content.add_notes());
  for (auto contacts = random() % 3; contacts > 0; --contacts) {
    v1::ContactLine& line = *content.add_contact_lines();
    for (auto segments = random() % 4; segments > 0; --segments) {
      v1::ContactSegment& segment = *line.add_segments();
      segment.set_kind(static_cast<v1::ContactSegment::Kind>(random() % 7));
      segment.set_value(Piece(random));
    }
  }
  v1::Event& event = *content.add_events();
  event.set_title(Piece(random));
  if (random() % 2 == 0) FillPartIds(content, 0);
  return content;
}

TEST(LintTest, PointsAtTheWordsItIsAbout) {
  for (unsigned seed = 1; seed <= static_cast<unsigned>(platform::OfHistories(3000)); ++seed) {
    SCOPED_TRACE(seed);
    ASSERT_NO_FATAL_FAILURE(ExpectPlaces(RandomContent(seed)));
  }
  ExpectPlaces({});
}

TEST(LintTest, PointsAtTheWordsOfImportedTexts) {
  for (const std::string& file : FilesIn(kTexts, ".txt")) {
    SCOPED_TRACE(file);
    for (const char* language : {"de", "ar", "ja"}) {
      const auto result = ImportText(ReadFile(file), language, {});
      ASSERT_TRUE(result.ok()) << result.status();
      ExpectPlaces(result->content);
    }
  }
}

TEST(LintTest, SaysTheSameTwice) {
  for (unsigned seed = 1; seed <= 50; ++seed) {
    EXPECT_EQ(Found(RandomContent(seed)), Found(RandomContent(seed)));
  }
}

// Texts made to be slow: a mebibyte of each (under a sanitizer a sixteenth of one) must not take longer than reading it
// a few times.
TEST(LintTest, TakesLinearTime) {
  constexpr std::size_t kBytes = (1U << 20) / (platform::kHistoriesDivisor * platform::kHistoriesDivisor);
  for (const std::string piece :
       {"the the ", "„heute” ", "(", ") ", "[Name", "“", "\" ", "a@", "www.", "31. April 2026 ",
        "Friday, 10 October 2026 ", "UN of ", "xx", "Ã¼ ", "{{", "word ", "heute,", "\n\n"}) {
    std::string text;
    while (text.size() < kBytes) text += piece;
    const auto started = std::chrono::steady_clock::now();
    EXPECT_LE(Lint(CleanContent("de", text)).size(), 400U);
    // Some tens of times what it takes in a debug build; quadratic time is thousands of times more.
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(10)) << piece;
  }
}

}  // namespace
}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/testing/golden.h"
#include "services/releases/domain/importing/import_text.h"
#include "services/releases/domain/importing/testing/expected_parts.h"
#include "services/releases/domain/importing/testing/import_summary.h"

// Press texts that the importer was not written with, each beside what a reader finds in it. What the importer does not
// find is listed there as a miss; one that it finds after all has to be taken off the list.

namespace communique::releases {
namespace {

constexpr char kTexts[] = "services/releases/domain/importing/testdata/unseen";

ImportResult Import(const std::string& file) {
  const auto result =
      ImportText(ReadFile(file), LanguageOf(file), {.newsroom = "newsrooms/example", .time_zone = "Europe/Zurich"});
  EXPECT_TRUE(result.ok()) << file << ": " << result.status();
  return result.ok() ? *result : ImportResult();
}

ExpectedParts ExpectedOf(const std::string& file) {
  return ReadExpectedParts(ReadFile(file.substr(0, file.size() - 4) + ".expected"));
}

TEST(UnseenTextsTest, FindWhatAReaderFinds) {
  const std::vector<std::string> files = FilesIn(kTexts, ".txt");
  ASSERT_GE(files.size(), 20U);
  // Field: right, all.
  std::map<std::string, std::pair<int, int>> score;
  std::pair<int, int> all;
  for (const std::string& file : files) {
    SCOPED_TRACE(file);
    const ExpectedParts expected = ExpectedOf(file);
    std::set<std::string> misses = expected.misses;
    for (const Check& check : CheckParts(expected, Import(file))) {
      const bool known = misses.erase(check.name) > 0;
      EXPECT_EQ(check.right, !known) << check.name << (known ? " is found now; take its miss out of the file" : "")
                                     << "\nfound: " << check.found;
      for (std::pair<int, int>* counted : {&score[check.field], &all}) {
        counted->first += check.right ? 1 : 0;
        ++counted->second;
      }
    }
    for (const std::string& miss : misses) ADD_FAILURE() << "there is nothing called \"" << miss << "\"";
  }
  std::string text;
  for (const auto& [field, counted] : score)
    absl::StrAppend(&text, field, " ", counted.first, "/", counted.second, "\n");
  absl::StrAppend(&text, "all ", all.first, "/", all.second, "\n");
  platform::ExpectGolden(absl::StrCat(kTexts, "/score.golden"), text);
}

TEST(UnseenTextsTest, ComeBackByteForByte) {
  for (const std::string& file : FilesIn(kTexts, ".txt")) EXPECT_EQ(Reassemble(Import(file)), ReadFile(file)) << file;
}

}  // namespace
}  // namespace communique::releases

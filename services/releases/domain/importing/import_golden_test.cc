// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "services/platform/testing/golden.h"
#include "services/releases/domain/content_validation.h"
#include "services/releases/domain/importing/import_text.h"
#include "services/releases/domain/importing/testing/import_summary.h"

namespace communique::releases {
namespace {

constexpr char kTexts[] = "services/releases/domain/importing/testdata";

// Press texts of many houses, languages and habits, each beside what is to be recognised in it.
TEST(ImportGoldenTest, RecognizesTheParts) {
  const std::vector<std::string> files = FilesIn(kTexts, ".txt");
  ASSERT_GE(files.size(), 25U);
  for (const std::string& file : files) {
    SCOPED_TRACE(file);
    const std::string text = ReadFile(file);
    const auto result =
        ImportText(text, LanguageOf(file), {.newsroom = "newsrooms/example", .time_zone = "Europe/Zurich"});
    ASSERT_TRUE(result.ok()) << result.status();
    platform::ExpectGolden(file.substr(0, file.size() - 4) + ".golden", Summarize(*result));
    EXPECT_EQ(Reassemble(*result), text);
  }
}

// The release that the demonstration takes by default: a whole page with its navigation, a quotation closed by the
// wrong mark, a date without a year, and no line break at the end.
TEST(ImportGoldenTest, RecognizesTheBundledSample) {
  const std::string text = ReadFile("tools/sample/press-release.de.txt");
  const auto result = ImportText(text, "de", {.newsroom = "newsrooms/example", .time_zone = "Europe/Zurich"});
  ASSERT_TRUE(result.ok()) << result.status();
  platform::ExpectGolden(absl::StrCat(kTexts, "/bundled-sample.golden"), Summarize(*result));
  EXPECT_EQ(Reassemble(*result), text);
}

// What the importer makes, the service takes.
TEST(ImportGoldenTest, EveryContentIsValid) {
  for (const std::string& file : FilesIn(kTexts, ".txt")) {
    SCOPED_TRACE(file);
    const auto result = ImportText(ReadFile(file), LanguageOf(file), {});
    ASSERT_TRUE(result.ok()) << result.status();
    v1::Newsroom newsroom;
    newsroom.set_name("newsrooms/example");
    newsroom.set_source_language(LanguageOf(file));
    const absl::Status status = ValidateContent("release.content", result->content, newsroom, {});
    EXPECT_TRUE(status.ok()) << status;
  }
}

}  // namespace
}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include "services/platform/base/timestamp.h"
#include "services/platform/errors/error.h"
#include "services/platform/locale/civil_time.h"
#include "services/platform/locale/language_tag.h"
#include "services/platform/locale/text.h"

namespace communique::platform {
namespace {

TEST(LanguageTagTest, Canonicalises) {
  EXPECT_EQ(*CanonicalLanguageTag("DE"), "de");
  EXPECT_EQ(*CanonicalLanguageTag("de-ch"), "de-CH");
  EXPECT_EQ(*CanonicalLanguageTag("zh-hant-tw"), "zh-Hant-TW");
  EXPECT_EQ(*CanonicalLanguageTag("iw"), "he");
}

TEST(LanguageTagTest, RefusesWhatIsNoTag) {
  for (const char* tag :
       {"", "d", "de_CH", "deutsch-und-englisch", "de-", "-de", "und", "x", "de;q=1", "../etc", "de CH"}) {
    const auto result = CanonicalLanguageTag(tag);
    EXPECT_EQ(result.status().code(), absl::StatusCode::kInvalidArgument) << tag;
  }
}

// Errors are sent as protobuf, which takes UTF-8 alone: half a character in one would make the whole answer unreadable.
TEST(LanguageTagTest, QuotesWholeCharacters) {
  const auto quoted = [](const std::string& tag) {
    const std::string message(CanonicalLanguageTag(tag).status().message());
    return message.substr(0, message.find(" is not a language tag"));
  };
  EXPECT_EQ(quoted("ドイツ語・フランス語・英語"), "\"ドイツ語・フランス語・英語\"");
  std::string words;
  for (std::size_t i = 0; i < kMaxLanguageTagBytes; ++i) words += "я";
  EXPECT_EQ(quoted(words), "\"" + words + "\"");
  EXPECT_EQ(quoted("x" + words + "я"), "\"x" + words.substr(0, 2 * kMaxLanguageTagBytes - 2) + "…\"");
}

TEST(LanguageTagTest, LookupDropsSubtagsFromTheEnd) {
  EXPECT_EQ(LookupChain("zh-Hant-TW"), (std::vector<std::string>{"zh-Hant-TW", "zh-Hant", "zh"}));
  EXPECT_EQ(LookupChain("de-CH-u-co-phonebk"),
            (std::vector<std::string>{"de-CH-u-co-phonebk", "de-CH-u-co", "de-CH", "de"}));
}

TEST(LanguageTagTest, KnowsDirections) {
  EXPECT_TRUE(IsRightToLeft("ar"));
  EXPECT_TRUE(IsRightToLeft("he"));
  EXPECT_FALSE(IsRightToLeft("de"));
}

TEST(CivilTimeTest, ResolvesInItsZone) {
  EXPECT_EQ(*ResolveCivilTime("2026-10-16T10:00", "Europe/Zurich"), absl::FromUnixSeconds(1792137600));
}

TEST(CivilTimeTest, TakesTheInstantAfterAGapAndTheLaterOfTwo) {
  // 29 March 2026: 02:00 to 03:00 does not exist in Berlin. 25 October 2026: 02:30 is there twice.
  const absl::Time after_gap = *ResolveCivilTime("2026-03-29T02:30", "Europe/Berlin");
  EXPECT_EQ(after_gap, *ResolveCivilTime("2026-03-29T03:00", "Europe/Berlin"));
  const absl::Time later = *ResolveCivilTime("2026-10-25T02:30", "Europe/Berlin");
  EXPECT_EQ(later, *ResolveCivilTime("2026-10-25T01:30", "UTC"));
}

TEST(CivilTimeTest, NamesWhatItCannotRead) {
  EXPECT_NE(ResolveCivilTime("2026-10-16", "UTC").status().message().find("local: "), std::string::npos);
  EXPECT_NE(ResolveCivilTime("2026-10-16T10:00Z", "UTC").status().message().find("local: "), std::string::npos);
  EXPECT_NE(ResolveCivilTime("2026-02-30T10:00", "UTC").status().message().find("local: "), std::string::npos);
  for (const char* zone : {"", "Berlin", "../../etc/passwd", "/etc/localtime", "localtime", "Fixed/UTC+01:00:00"}) {
    EXPECT_NE(ResolveCivilTime("2026-10-16T10:00", zone).status().message().find("time_zone: "), std::string::npos)
        << zone;
  }
}

TEST(CivilTimeTest, QuotesWholeCharacters) {
  std::string words = "x";
  for (int i = 0; i < 70; ++i) words += "я";
  const auto holds = [](const absl::Status& status, const std::string& text) {
    return std::string(status.message()).find(text) != std::string::npos;
  };
  EXPECT_TRUE(holds(ResolveCivilTime("2026-10-16T10:00", words).status(), "\"" + words.substr(0, 127) + "…\""));
  EXPECT_TRUE(holds(ResolveCivilTime(words, "UTC").status(), "\"" + words.substr(0, 79) + "…\""));
}

TEST(CivilTimeTest, KnowsTheNamesOfTheDatabaseAlone) {
  for (const char* zone : {"Europe/Zurich", "Europe/Kiev", "America/Argentina/Ushuaia", "Etc/GMT+5", "UTC", "CET"}) {
    EXPECT_TRUE(IsTimeZone(zone)) << zone;
  }
  for (const char* zone : {"Europe/Genf", "europe/zurich", "Europe", "Europe/", "Europe//Zurich", "./Europe/Zurich",
                           "Europe/./Zurich", "posix/Europe/Zurich", "right/Europe/Zurich", "posixrules", "Factory",
                           "UTC0", "leapseconds", " Europe/Zurich", "Europe/Zurich\n"}) {
    EXPECT_FALSE(IsTimeZone(zone)) << zone;
  }
}

TEST(TimestampTest, RoundTripsAlsoBefore1970) {
  for (const std::int64_t micros : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{-1'000'001},
                                    std::int64_t{1'790'000'000'123'456}}) {
    const auto timestamp = ToTimestamp(FromMicros(micros));
    EXPECT_GE(timestamp.nanos(), 0);
    EXPECT_EQ(ToMicros(FromTimestamp(timestamp)), micros);
  }
}

TEST(TextTest, CountsCodePoints) {
  EXPECT_EQ(CountCharacters("Tomić"), 5U);
  EXPECT_EQ(CountCharacters("👩‍💻"), 3U);
}

TEST(TextTest, FindsControlCharactersAndLineBreaks) {
  EXPECT_EQ(FindControlCharacter("a\tb\nc\r\nd\ve\f"), "");
  EXPECT_EQ(FindControlCharacter("bell\a"), "U+0007");
  EXPECT_EQ(FindControlCharacter(std::string_view("nul\0", 4)), "U+0000");
  EXPECT_TRUE(
      HasLineBreak("a\xe2\x80\xa8"
                   "b"));
  EXPECT_FALSE(HasLineBreak("a b"));
}

TEST(TextTest, CutsExcerptsAtWords) {
  EXPECT_EQ(Excerpt("short", 10), "short");
  EXPECT_EQ(Excerpt("eine sehr lange Zeile", 12), "eine sehr…");
  EXPECT_EQ(Excerpt("Donaudampfschifffahrt", 5), "Donau…");
}

}  // namespace
}  // namespace communique::platform

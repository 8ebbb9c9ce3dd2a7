// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/language.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace communique::contacts {
namespace {

using testing::HasSubstr;

TEST(LanguageTest, KnowsLanguagesScriptsAndRegions) {
  for (const char* tag : {"de", "de-CH", "de-CH-1996", "zh-Hant-TW", "es-419", "sr-Latn", "sq-XK", "gsw", "prs", "aii",
                          "haz", "tlh", "en-x-plain", "de-u-co-phonebk"}) {
    EXPECT_FALSE(CheckKnownLanguage(tag).has_value()) << tag;
  }
}

TEST(LanguageTest, RefusesWhatDoesNotExist) {
  for (const char* tag : {"", "xx", "xq", "zz", "mul", "mis", "zxx", "und", "qaa", "qtz", "abcd", "klingon", "de-XX",
                          "de-EU", "de-999", "de-Xxxx", "x-own"}) {
    const auto problem = CheckKnownLanguage(tag);
    ASSERT_TRUE(problem.has_value()) << tag;
    EXPECT_EQ(problem->code, "LANGUAGE_UNKNOWN");
  }
}

TEST(LanguageTest, SaysWhatIsUnknown) {
  EXPECT_THAT(CheckKnownLanguage("xq")->sentence, HasSubstr("the language \"xq\""));
  EXPECT_THAT(CheckKnownLanguage("de-Xxxx")->sentence, HasSubstr("the script \"Xxxx\""));
  EXPECT_THAT(CheckKnownLanguage("de-XX")->sentence, HasSubstr("the region \"XX\""));
}

TEST(IsSearchSpellingTest, KnowsWhatMergingMakes) {
  for (const char* tag : {"de-x-alt1", "mis-x-alt12", "de-x-foo-alt1", "sr-Cyrl-x-alt3"}) {
    EXPECT_TRUE(IsSearchSpelling(tag)) << tag;
  }
  for (const char* tag : {"", "de", "de-x-foo", "de-x-alt", "de-x-alt1b", "de-x-alt1-foo", "de-alt1", "alt1"}) {
    EXPECT_FALSE(IsSearchSpelling(tag)) << tag;
  }
}

}  // namespace
}  // namespace communique::contacts

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/storable_text.h"

#include <gtest/gtest.h>

#include <string>

namespace communique::platform {
namespace {

TEST(StorableTextTest, TakesEveryLengthOfCharacter) {
  EXPECT_TRUE(IsStorableText(""));
  EXPECT_TRUE(IsStorableText("a\x01\x7f"));
  EXPECT_TRUE(IsStorableText("\xc2\x80 \xdf\xbf \xe0\xa0\x80 \xed\x9f\xbf \xee\x80\x80 \xef\xbf\xbf"));
  EXPECT_TRUE(IsStorableText("\xf0\x90\x80\x80 \xf4\x8f\xbf\xbf"));
}

TEST(StorableTextTest, RefusesZeroAndWhatIsNotUtf8) {
  for (const std::string& bad :
       {std::string("\0", 1), std::string("\x80"), std::string("\xc1\xbf"), std::string("\xc3"),
        std::string("\xe0\x9f\xbf"), std::string("\xed\xa0\x80"), std::string("\xe2\x82"),
        std::string("\xf0\x8f\xbf\xbf"), std::string("\xf4\x90\x80\x80"), std::string("\xf5\x80\x80\x80"),
        std::string("\xff"), std::string("\xc3(")}) {
    EXPECT_FALSE(IsStorableText(bad)) << testing::PrintToString(bad);
    EXPECT_FALSE(IsStorableText("ok" + bad + "ok"));
  }
}

}  // namespace
}  // namespace communique::platform

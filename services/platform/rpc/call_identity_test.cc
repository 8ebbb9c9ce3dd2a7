// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/call_identity.h"

#include <gtest/gtest.h>

namespace communique::platform {
namespace {

TEST(RequestIdTest, TakesWhatCanStandInALogAsItIs) {
  for (const char* good : {"1", "a-b_c.d:e/f+g=h@i", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"}) {
    EXPECT_TRUE(IsWellFormedRequestId(good)) << good;
  }
  EXPECT_TRUE(IsWellFormedRequestId(std::string(128, 'x')));
  for (const char* bad : {"", "a b", "a\nb", "a\"b", "ü", "a,b", "<a>"})
    EXPECT_FALSE(IsWellFormedRequestId(bad)) << bad;
  EXPECT_FALSE(IsWellFormedRequestId(std::string(129, 'x')));
}

TEST(TraceparentTest, ReadsTheSpecificationsExample) {
  constexpr char kHeader[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  EXPECT_EQ(ParseTraceparent(kHeader), kHeader);
  EXPECT_EQ(TraceIdOf(kHeader), "0af7651916cd43dd8448eb211c80319c");
}

TEST(TraceparentTest, ReadsALaterVersionAsThisOne) {
  EXPECT_EQ(ParseTraceparent("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-comes"),
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
}

TEST(TraceparentTest, TakesNothingThatIsNotOne) {
  for (const char* bad : {"", "00", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
                          "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                          "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
                          "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                          "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                          "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                          "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                          "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                          "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333g-01"}) {
    EXPECT_EQ(ParseTraceparent(bad), std::nullopt) << bad;
  }
}

}  // namespace
}  // namespace communique::platform

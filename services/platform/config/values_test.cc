// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/config/values.h"

#include <gtest/gtest.h>

#include <limits>

namespace communique::platform {
namespace {

TEST(ValuesTest, BytesHaveAUnit) {
  EXPECT_EQ(ParseBytes("0"), 0);
  EXPECT_EQ(ParseBytes("512B"), 512);
  EXPECT_EQ(ParseBytes("64KiB"), 65'536);
  EXPECT_EQ(ParseBytes("4MiB"), 4'194'304);
  EXPECT_EQ(ParseBytes("8589934591GiB"), 8'589'934'591LL << 30);
  for (const char* wrong :
       {"", "4", "4MB", "4 MiB", "MiB", "-1B", "1.5MiB", "4mib", "+4B", "8589934592GiB", "99999999999999999999B"}) {
    EXPECT_EQ(ParseBytes(wrong), std::nullopt) << wrong;
  }
}

TEST(ValuesTest, BytesAreWrittenAsTheyAreRead) {
  for (const std::int64_t bytes :
       {std::int64_t{0}, std::int64_t{1}, std::int64_t{1023}, std::int64_t{1024}, std::int64_t{1536},
        std::int64_t{1} << 20, (std::int64_t{1} << 30) + 1, std::numeric_limits<std::int64_t>::max()}) {
    EXPECT_EQ(ParseBytes(FormatBytes(bytes)), bytes) << FormatBytes(bytes);
  }
  EXPECT_EQ(FormatBytes(4 << 20), "4MiB");
}

TEST(ValuesTest, DurationsHaveAUnitAndAreNotNegative) {
  EXPECT_EQ(ParseDuration("250ms"), absl::Milliseconds(250));
  EXPECT_EQ(ParseDuration("2h30m"), absl::Minutes(150));
  EXPECT_EQ(ParseDuration("0"), absl::ZeroDuration());
  for (const char* wrong : {"", "5", "5 s", "-5s", "inf", "5sec", "1d"}) {
    EXPECT_EQ(ParseDuration(wrong), std::nullopt) << wrong;
  }
  EXPECT_EQ(ParseDuration(absl::FormatDuration(absl::Milliseconds(90'500))), absl::Milliseconds(90'500));
}

TEST(ValuesTest, NumbersAndTruthValuesAreStrict) {
  EXPECT_EQ(ParseNumber("-12"), -12);
  for (const char* wrong : {"", "-", "+1", " 1", "1.0", "0x10", "1e3", "99999999999999999999"}) {
    EXPECT_EQ(ParseNumber(wrong), std::nullopt) << wrong;
  }
  EXPECT_EQ(ParseBool("true"), true);
  EXPECT_EQ(ParseBool("false"), false);
  for (const char* wrong : {"", "yes", "on", "True", "1"}) EXPECT_EQ(ParseBool(wrong), std::nullopt) << wrong;
}

}  // namespace
}  // namespace communique::platform

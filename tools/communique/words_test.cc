// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/words.h"

#include <gtest/gtest.h>

#include "communique/releases/v1/release.pb.h"
#include "communique/releases/v1/rendering.pb.h"

namespace communique::command {
namespace {

TEST(EnumWordsTest, LeavesThePrefixOut) {
  EXPECT_EQ(EnumWords(releases::v1::Release::STATE_IN_REVIEW), "IN_REVIEW");
  EXPECT_EQ(EnumWords(releases::v1::RENDER_FORMAT_PLAIN_TEXT), "PLAIN_TEXT");
}

TEST(EnumWordsTest, GivesAValueOfALaterVersionAsANumber) {
  EXPECT_EQ(EnumWords(static_cast<releases::v1::Release::State>(99)), "99");
}

TEST(TimeWordsTest, AreInUtc) {
  google::protobuf::Timestamp time;
  EXPECT_EQ(TimeWords(time), "-");
  time.set_seconds(1792137600);
  time.set_nanos(999'999'999);
  EXPECT_EQ(TimeWords(time), "2026-10-16 08:00:00 UTC");
}

TEST(CivilTimeWordsTest, SayWhatWasMeantAndWhenThatIs) {
  common::v1::CivilTime time;
  time.set_local("2026-10-16T10:00");
  EXPECT_EQ(CivilTimeWords(time), "2026-10-16T10:00");
  time.set_time_zone("Europe/Zurich");
  time.mutable_instant()->set_seconds(1792137600);
  EXPECT_EQ(CivilTimeWords(time), "2026-10-16T10:00 Europe/Zurich (2026-10-16 08:00:00 UTC)");
}

TEST(DateWordsTest, MayHaveNoYear) {
  google::type::Date date;
  date.set_month(10);
  date.set_day(6);
  EXPECT_EQ(DateWords(date), "10-06");
  date.set_year(2026);
  EXPECT_EQ(DateWords(date), "2026-10-06");
}

TEST(CountWordsTest, KnowsOne) {
  EXPECT_EQ(CountWords(1, "note"), "1 note");
  EXPECT_EQ(CountWords(2, "note"), "2 notes");
}

}  // namespace
}  // namespace communique::command

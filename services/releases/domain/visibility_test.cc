// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/visibility.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "services/platform/base/timestamp.h"

namespace communique::releases {
namespace {

using v1::Edition;

constexpr auto At = [](int seconds) { return absl::FromUnixSeconds(seconds); };

TEST(VisibilityTest, AbsentUntilTheFirstStateBegins) {
  const std::vector<EditionState> states = {{At(100), Edition::VISIBILITY_LIVE}};
  EXPECT_EQ(VisibilityAt(states, At(99)), Visibility::kAbsent);
  EXPECT_EQ(VisibilityAt(states, At(100) - absl::Microseconds(1)), Visibility::kAbsent);
  EXPECT_EQ(VisibilityAt(states, At(100)), Visibility::kLive);
  EXPECT_EQ(VisibilityAt({}, At(100)), Visibility::kAbsent);
}

TEST(VisibilityTest, TheNewestStateThatHasBegunDecides) {
  const std::vector<EditionState> states = {{At(100), Edition::VISIBILITY_LIVE},
                                            {At(200), Edition::VISIBILITY_NOTICE},
                                            {At(300), Edition::VISIBILITY_TOMBSTONE},
                                            {At(400), Edition::VISIBILITY_REDIRECT}};
  EXPECT_EQ(VisibilityAt(states, At(150)), Visibility::kLive);
  EXPECT_EQ(VisibilityAt(states, At(250)), Visibility::kNotice);
  EXPECT_EQ(VisibilityAt(states, At(350)), Visibility::kTombstone);
  EXPECT_EQ(VisibilityAt(states, At(450)), Visibility::kRedirect);
}

TEST(VisibilityTest, WhatThisVersionDoesNotKnowIsHidden) {
  const std::vector<EditionState> states = {{At(100), static_cast<Edition::Visibility>(99)}};
  EXPECT_EQ(VisibilityAt(states, At(200)), Visibility::kAbsent);
  EXPECT_FALSE(IsListed(Visibility::kNotice));
  EXPECT_FALSE(IsListed(Visibility::kTombstone));
}

// Once an edition is there, it is never again as if it had never been.
TEST(VisibilityTest, NeverAbsentAgain) {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::vector<EditionState> states;
    int time = 0;
    for (auto n = random() % 6; n > 0; --n) {
      time += static_cast<int>(random() % 50);
      states.push_back({At(time), static_cast<Edition::Visibility>(1 + random() % 4)});
    }
    bool seen = false;
    for (int now = 0; now < 320; ++now) {
      const bool there = VisibilityAt(states, At(now)) != Visibility::kAbsent;
      EXPECT_TRUE(there || !seen) << "round " << round << " at " << now;
      seen = seen || there;
    }
  }
}

TEST(PublicSinceTest, IsTheLatestOfDecisionPublishTimeAndEmbargo) {
  v1::Release release;
  EXPECT_EQ(PublicSince(At(100), release), At(100));
  *release.mutable_publish_time()->mutable_instant() = platform::ToTimestamp(At(50));
  EXPECT_EQ(PublicSince(At(100), release), At(100));
  *release.mutable_publish_time()->mutable_instant() = platform::ToTimestamp(At(200));
  EXPECT_EQ(PublicSince(At(100), release), At(200));
  *release.mutable_embargo()->mutable_end()->mutable_instant() = platform::ToTimestamp(At(300));
  EXPECT_EQ(PublicSince(At(100), release), At(300));
  release.mutable_embargo()->clear_end();
  release.mutable_embargo()->set_indefinite(true);
  EXPECT_EQ(PublicSince(At(100), release), absl::InfiniteFuture());
}

}  // namespace
}  // namespace communique::releases

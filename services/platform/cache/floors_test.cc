// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/cache/floors.h"

#include <gtest/gtest.h>

#include <array>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"

namespace communique::platform {
namespace {

constexpr std::size_t kSlots = 1 << 16;

bool Allows(const Floors& floors, Dependency dependency, FeedPosition as_of) {
  return floors.Allow(std::array{dependency}, as_of);
}

TEST(FloorsTest, AllowsWhatHoldsTheNewestChange) {
  Floors floors(kSlots);
  floors.Raise("newsrooms/a/releases/r", 7);
  const Dependency release = Dependency::Exactly("newsrooms/a/releases/r");
  EXPECT_FALSE(Allows(floors, release, 6));
  EXPECT_TRUE(Allows(floors, release, 7));
  EXPECT_TRUE(Allows(floors, Dependency::Exactly("newsrooms/a/releases/other"), 0));
}

TEST(FloorsTest, AChangeTouchesEverythingItLiesWithinAndNothingElse) {
  Floors floors(kSlots);
  floors.Raise("newsrooms/a/releases/r/editions/de", 7);
  EXPECT_FALSE(Allows(floors, Dependency::Within("newsrooms/a/releases/r/editions/de"), 6));
  EXPECT_FALSE(Allows(floors, Dependency::Within("newsrooms/a/releases/r"), 6));
  EXPECT_FALSE(Allows(floors, Dependency::Within("newsrooms/a"), 6));
  EXPECT_FALSE(Allows(floors, Dependency::Within(""), 6));
  // The release itself is as it was, and so is the newsroom.
  EXPECT_TRUE(Allows(floors, Dependency::Exactly("newsrooms/a/releases/r"), 6));
  EXPECT_TRUE(Allows(floors, Dependency::Exactly("newsrooms/a"), 6));
  EXPECT_TRUE(Allows(floors, Dependency::Within("newsrooms/b"), 6));
  // Not a prefix of the name's parts.
  EXPECT_TRUE(Allows(floors, Dependency::Within("newsrooms"), 6));
}

TEST(FloorsTest, NeverSinks) {
  Floors floors(kSlots);
  floors.Raise("newsrooms/a", 7);
  floors.Raise("newsrooms/a", 3);
  EXPECT_FALSE(Allows(floors, Dependency::Exactly("newsrooms/a"), 6));
  floors.RaiseAll(9);
  floors.RaiseAll(4);
  EXPECT_FALSE(Allows(floors, Dependency::Exactly("newsrooms/a"), 8));
  EXPECT_FALSE(floors.Allow({}, 8));
  EXPECT_TRUE(floors.Allow({}, 9));
}

// With a single slot everything shares one floor: too careful, never wrong.
TEST(FloorsTest, ResourcesThatMeetInASlotShareTheHigherFloor) {
  Floors floors(1);
  floors.Raise("newsrooms/a/releases/r", 7);
  floors.Raise("newsrooms/b/releases/s", 5);
  EXPECT_FALSE(Allows(floors, Dependency::Exactly("newsrooms/b/releases/s"), 6));
}

TEST(FloorsTest, FewReleasesShareAFloor) {
  Floors floors(kSlots);
  for (int i = 0; i < 100; ++i) floors.Raise(absl::StrCat("newsrooms/a/releases/", i), 7);
  int shared = 0;
  for (int i = 100; i < 1100; ++i) {
    if (!Allows(floors, Dependency::Within(absl::StrCat("newsrooms/a/releases/", i)), 6)) ++shared;
  }
  EXPECT_LT(shared, 30);  // 1000 * 202 / 65536 = 3 expected
}

TEST(FloorsTest, ForgetsForAnotherStore) {
  Floors floors(kSlots);
  floors.Raise("newsrooms/a", 1000);
  EXPECT_EQ(floors.CountRaised(), 3U);
  floors.Restart(5);
  EXPECT_EQ(floors.CountRaised(), 0U);
  EXPECT_TRUE(Allows(floors, Dependency::Exactly("newsrooms/a"), 5));
  EXPECT_FALSE(Allows(floors, Dependency::Exactly("newsrooms/a"), 4));
}

TEST(FloorsTest, KeepsTheHighestOfConcurrentRaises) {
  Floors floors(kSlots);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&floors, t] {
      for (FeedPosition p = t; p < 20'000; p += 4) floors.Raise("newsrooms/a/releases/r", p);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(Allows(floors, Dependency::Within("newsrooms/a"), 19'998));
  EXPECT_TRUE(Allows(floors, Dependency::Within("newsrooms/a"), 19'999));
}

}  // namespace
}  // namespace communique::platform

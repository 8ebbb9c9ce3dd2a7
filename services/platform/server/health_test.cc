// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/health.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace communique::platform {
namespace {

TEST(HealthTest, NothingIsReadyBeforeItIsSaid) {
  Health health;
  health.AddService("x.EditionService");
  EXPECT_FALSE(health.ready());
  EXPECT_EQ(health.IsServing(""), false);
  EXPECT_EQ(health.IsServing("x.EditionService"), false);
  EXPECT_EQ(health.IsServing("x.Unknown"), std::nullopt);
  health.SetReady(true);
  EXPECT_TRUE(health.ready());
  EXPECT_EQ(health.IsServing(""), true);
  EXPECT_EQ(health.IsServing("x.EditionService"), true);
}

TEST(HealthTest, ADependencyThatIsGoneIsSeenAndChangesNothingElse) {
  Health health;
  health.SetReady(true);
  health.SetDependency("db", true);
  EXPECT_EQ(health.IsServing("db"), true);
  health.SetDependency("db", false);
  EXPECT_EQ(health.IsServing("db"), false);
  EXPECT_EQ(health.IsServing(""), true);
  ASSERT_EQ(health.All().size(), 2U);
  EXPECT_EQ(health.All()[1].name, "db");
  EXPECT_TRUE(health.All()[1].is_dependency);
}

TEST(HealthTest, NothingMakesADrainingServerReady) {
  Health health;
  health.SetReady(true);
  health.Drain();
  health.SetReady(true);
  EXPECT_EQ(health.IsServing(""), false);
}

TEST(HealthTest, TellsWatchersOfEachChangeUntilTheyGo) {
  Health health;
  int changes = 0;
  int ends = 0;
  const auto id = health.Watch([&] { ++changes; }, [&] { ++ends; });
  health.SetReady(true);
  health.SetDependency("db", true);
  health.AddService("x.Y");
  EXPECT_EQ(changes, 3);
  health.EndWatches();
  EXPECT_EQ(ends, 1);
  health.Unwatch(id);
  health.SetReady(false);
  EXPECT_EQ(changes, 3);
  EXPECT_EQ(health.watches(), 0U);
}

TEST(HealthTest, ThoseWhoComeAfterTheEndAreEndedAtOnce) {
  Health health;
  health.EndWatches();
  int ends = 0;
  health.Watch([] {}, [&] { ++ends; });
  EXPECT_EQ(ends, 1);
  EXPECT_EQ(health.watches(), 0U);
}

TEST(HealthTest, ManyThreadsWatchAndChange) {
  Health health;
  std::atomic<int> told = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 500; ++i) {
        const auto id = health.Watch([&] { ++told; }, [] {});
        health.SetReady(i % 2 == t % 2);
        health.Unwatch(id);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GE(told, 4 * 500);
  EXPECT_EQ(health.watches(), 0U);
}

}  // namespace
}  // namespace communique::platform

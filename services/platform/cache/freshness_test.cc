// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/cache/freshness.h"

#include <gtest/gtest.h>

namespace communique::platform {
namespace {

using Mode = Freshness::Mode;

constexpr std::int64_t kMillisecond = 1'000'000;
constexpr std::int64_t kSecond = 1'000 * kMillisecond;
constexpr std::int64_t kStart = 1'000 * kSecond;

TEST(FreshnessTest, BypassesBeforeTheFirstTick) {
  Freshness freshness({});
  EXPECT_EQ(freshness.ModeAt(kStart), Mode::kBypass);
  freshness.OnNoAnswer(kStart);
  EXPECT_EQ(freshness.ModeAt(kStart), Mode::kBypass);
  EXPECT_EQ(freshness.TickAge(kStart), absl::InfiniteDuration());
}

TEST(FreshnessTest, IsFreshForOneSecondAfterTheTickBegan) {
  Freshness freshness({});
  freshness.OnTick(5, kStart);
  EXPECT_EQ(freshness.covered(), 5);
  EXPECT_EQ(freshness.ModeAt(kStart + kSecond), Mode::kFresh);
  EXPECT_EQ(freshness.ModeAt(kStart + kSecond + 1), Mode::kBypass);
}

TEST(FreshnessTest, ASilentDatabaseMakesItAnOutageForTheGrace) {
  Freshness freshness({});
  freshness.OnTick(5, kStart);
  std::int64_t now = kStart + 2 * kSecond;
  freshness.OnNoAnswer(now);
  EXPECT_EQ(freshness.ModeAt(now), Mode::kOutage);
  // Nothing heard for a while: nobody knows.
  EXPECT_EQ(freshness.ModeAt(now + 3 * kSecond), Mode::kBypass);
  now = kStart + 60 * kSecond;
  freshness.OnNoAnswer(now);
  EXPECT_EQ(freshness.ModeAt(now), Mode::kOutage);
  EXPECT_EQ(freshness.ModeAt(now + 1), Mode::kBypass);
}

TEST(FreshnessTest, AnyAnswerEndsTheOutage) {
  Freshness freshness({});
  freshness.OnTick(5, kStart);
  const std::int64_t now = kStart + 2 * kSecond;
  freshness.OnNoAnswer(now);
  freshness.OnAnswer(now + 10);
  EXPECT_EQ(freshness.ModeAt(now + 10), Mode::kBypass);
  // A tail that cannot connect while reads can must not bring the outage back.
  freshness.OnNoAnswer(now + 20);
  EXPECT_EQ(freshness.ModeAt(now + 20), Mode::kBypass);
}

TEST(FreshnessTest, ATickThatHangsIsAnOutageBeforeItGivesUp) {
  Freshness freshness({});
  freshness.OnTick(5, kStart);
  freshness.OnTickBegins(kStart + 250 * kMillisecond);
  EXPECT_EQ(freshness.ModeAt(kStart + kSecond), Mode::kFresh);
  EXPECT_EQ(freshness.ModeAt(kStart + kSecond + 1), Mode::kOutage);
  // Somebody was answered half a second ago: it is the tail alone.
  freshness.OnAnswer(kStart + 800 * kMillisecond);
  EXPECT_EQ(freshness.ModeAt(kStart + 1'300 * kMillisecond), Mode::kBypass);
  freshness.OnTick(6, kStart + 1'400 * kMillisecond);
  EXPECT_EQ(freshness.ModeAt(kStart + 1'500 * kMillisecond), Mode::kFresh);
  // A pause between ticks says nothing, however long.
  EXPECT_EQ(freshness.ModeAt(kStart + 9 * kSecond), Mode::kBypass);
}

TEST(FreshnessTest, LetsOneProbeThroughPerIntervalAndFewerAsTimePasses) {
  Freshness freshness({});
  freshness.OnTick(5, kStart - kSecond);
  EXPECT_TRUE(freshness.ProbeDue(kStart));
  EXPECT_TRUE(freshness.TakeProbe(kStart));
  EXPECT_FALSE(freshness.ProbeDue(kStart));
  EXPECT_FALSE(freshness.TakeProbe(kStart + 499 * kMillisecond));
  EXPECT_TRUE(freshness.TakeProbe(kStart + 500 * kMillisecond));
  // It hung for a while.
  freshness.OnNoAnswer(kStart + 7 * kSecond);
  EXPECT_FALSE(freshness.TakeProbe(kStart + 8 * kSecond));
  EXPECT_TRUE(freshness.TakeProbe(kStart + 10 * kSecond));
  freshness.OnTick(6, kStart + 11 * kSecond);
  EXPECT_TRUE(freshness.TakeProbe(kStart + 12 * kSecond));
}

TEST(FreshnessTest, TheLimitsAreConfigurable) {
  FreshnessOptions options;
  options.max_tick_age = absl::Milliseconds(300);
  options.outage_grace = absl::Seconds(5);
  options.probe_interval = absl::Seconds(2);
  options.tick_patience = absl::Seconds(3);
  Freshness freshness(options);
  freshness.OnTick(1, kStart);
  EXPECT_EQ(freshness.ModeAt(kStart + 301 * kMillisecond), Mode::kBypass);
  freshness.OnNoAnswer(kStart + 5 * kSecond);
  EXPECT_EQ(freshness.ModeAt(kStart + 5 * kSecond), Mode::kOutage);
  EXPECT_EQ(freshness.ModeAt(kStart + 5 * kSecond + 1), Mode::kBypass);
  freshness.OnTick(1, kStart);
  EXPECT_TRUE(freshness.TakeProbe(kStart + 10 * kSecond));
  EXPECT_FALSE(freshness.TakeProbe(kStart + 12 * kSecond - 1));
  Freshness patient(options);
  patient.OnTick(1, kStart);
  patient.OnTickBegins(kStart);
  EXPECT_EQ(patient.ModeAt(kStart + 3 * kSecond), Mode::kBypass);
  EXPECT_EQ(patient.ModeAt(kStart + 3 * kSecond + 1), Mode::kOutage);
}

TEST(FreshnessTest, ForgetsAtARestart) {
  Freshness freshness({});
  freshness.OnTick(5, kStart);
  freshness.Restart(2);
  EXPECT_EQ(freshness.ModeAt(kStart), Mode::kBypass);
  EXPECT_EQ(freshness.covered(), 2);
}

}  // namespace
}  // namespace communique::platform

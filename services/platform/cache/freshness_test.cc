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
// When the tail has been late for a while after a tick at kStart.
constexpr std::int64_t kLate = kStart + 2 * kSecond;

void FailAt(Freshness& freshness, std::int64_t now) { freshness.OnSilence(freshness.OnQuestion(now), now); }

TEST(FreshnessTest, BypassesBeforeTheFirstTick) {
  Freshness freshness({});
  EXPECT_EQ(freshness.ModeAt(kStart), Mode::kBypass);
  FailAt(freshness, kStart);
  EXPECT_EQ(freshness.ModeAt(kStart), Mode::kBypass);
  EXPECT_EQ(freshness.TickAge(kStart), absl::InfiniteDuration());
}

TEST(FreshnessTest, IsFreshForOneSecondAfterTheTickBegan) {
  Freshness freshness({});
  freshness.OnTick(5, kStart);
  EXPECT_EQ(freshness.covered(), 5);
  EXPECT_EQ(freshness.ModeAt(kStart + kSecond), Mode::kFresh);
  EXPECT_EQ(freshness.ModeAt(kStart + kSecond + 1), Mode::kBypass);
  // Loads that fail while the tail ticks say nothing.
  FailAt(freshness, kStart + kSecond);
  EXPECT_EQ(freshness.ModeAt(kStart + kSecond), Mode::kFresh);
}

TEST(FreshnessTest, ATailThatIsLateAloneIsNoOutage) {
  Freshness freshness({});
  freshness.OnTick(5, kStart);
  for (std::int64_t now = kStart + kSecond + 1; now < kStart + 90 * kSecond; now += 170 * kMillisecond) {
    EXPECT_EQ(freshness.ModeAt(now), Mode::kBypass);
    (void)freshness.OnQuestion(now);
    EXPECT_EQ(freshness.ModeAt(now), Mode::kBypass);
    freshness.OnAnswer();
  }
}

TEST(FreshnessTest, LoadsWithoutAnAnswerMakeItAnOutageForTheGrace) {
  Freshness freshness({});
  freshness.OnTick(5, kStart);
  FailAt(freshness, kLate);
  EXPECT_EQ(freshness.ModeAt(kLate), Mode::kOutage);
  const std::int64_t end = kStart + 60 * kSecond;
  FailAt(freshness, end);
  EXPECT_EQ(freshness.ModeAt(end), Mode::kOutage);
  EXPECT_EQ(freshness.ModeAt(end + 1), Mode::kBypass);
}

TEST(FreshnessTest, SilenceThatNobodyTriesToBreakIsNotBelievedForLong) {
  Freshness freshness({});
  freshness.OnTick(5, kStart);
  FailAt(freshness, kLate);
  EXPECT_EQ(freshness.ModeAt(kLate + 500 * kMillisecond), Mode::kOutage);
  EXPECT_EQ(freshness.ModeAt(kLate + 501 * kMillisecond), Mode::kBypass);
  // Whoever asks after such a pause learns it anew, and others do not take his question for silence.
  const std::int64_t later = kLate + 501 * kMillisecond;
  const Freshness::Question question = freshness.OnQuestion(later);
  EXPECT_EQ(freshness.ModeAt(later), Mode::kBypass);
  EXPECT_EQ(freshness.ModeAt(later + 400 * kMillisecond), Mode::kBypass);
  freshness.OnSilence(question, later + 2 * kSecond);
  EXPECT_EQ(freshness.ModeAt(later + 2 * kSecond), Mode::kOutage);
}

TEST(FreshnessTest, SilenceHoldsAsLongAsQuestionsGoOn) {
  Freshness freshness({});
  freshness.OnTick(5, kStart);
  FailAt(freshness, kLate);
  for (std::int64_t now = kLate; now < kLate + 10 * kSecond; now += 450 * kMillisecond) {
    EXPECT_EQ(freshness.ModeAt(now), Mode::kOutage);
    (void)freshness.OnQuestion(now);
  }
}

// Before any of them has failed: a database that hangs lets nobody fail soon.
TEST(FreshnessTest, LoadsThatTakeTooLongHaveNoAnswer) {
  Freshness freshness({});
  freshness.OnTick(5, kStart);
  for (const int asked : {0, 300, 600, 900}) {
    (void)freshness.OnQuestion(kLate + asked * kMillisecond);
    EXPECT_EQ(freshness.ModeAt(kLate + asked * kMillisecond), Mode::kBypass);
  }
  EXPECT_EQ(freshness.ModeAt(kLate + 1'000 * kMillisecond), Mode::kBypass);
  EXPECT_EQ(freshness.ModeAt(kLate + 1'001 * kMillisecond), Mode::kOutage);
}

TEST(FreshnessTest, AnyAnswerEndsTheOutage) {
  Freshness freshness({});
  freshness.OnTick(5, kStart);
  const Freshness::Question before = freshness.OnQuestion(kLate);
  FailAt(freshness, kLate);
  EXPECT_EQ(freshness.ModeAt(kLate), Mode::kOutage);
  freshness.OnAnswer();
  EXPECT_EQ(freshness.ModeAt(kLate), Mode::kBypass);
  // One that asked before and fails after it, on a connection that is dead, does not bring the outage back.
  freshness.OnSilence(before, kLate + 10);
  EXPECT_EQ(freshness.ModeAt(kLate + 10), Mode::kBypass);
  EXPECT_EQ(freshness.ModeAfter(before, kLate + 10), Mode::kBypass);
  FailAt(freshness, kLate + 20);
  EXPECT_EQ(freshness.ModeAt(kLate + 20), Mode::kOutage);
}

TEST(FreshnessTest, WhoHasFailedHimselfKnowsHoweverLongAgoHeAsked) {
  Freshness freshness({});
  freshness.OnTick(5, kStart);
  const Freshness::Question question = freshness.OnQuestion(kLate);
  const std::int64_t failed = kLate + 5 * kSecond;
  // Not from failures that say nothing about the database.
  EXPECT_EQ(freshness.ModeAfter(question, failed), Mode::kBypass);
  freshness.OnSilence(question, failed);
  EXPECT_EQ(freshness.ModeAfter(question, failed), Mode::kOutage);
  freshness.OnTick(6, failed);
  EXPECT_EQ(freshness.ModeAfter(question, failed), Mode::kFresh);
}

TEST(FreshnessTest, LetsOneProbeThroughPerInterval) {
  Freshness freshness({});
  freshness.OnTick(5, kStart);
  EXPECT_TRUE(freshness.ProbeDue(kLate));
  EXPECT_TRUE(freshness.TakeProbe(kLate));
  EXPECT_FALSE(freshness.ProbeDue(kLate));
  EXPECT_FALSE(freshness.TakeProbe(kLate + 299 * kMillisecond));
  EXPECT_TRUE(freshness.TakeProbe(kLate + 300 * kMillisecond));
  // It hung for a while: a short rest.
  FailAt(freshness, kLate + 7 * kSecond);
  const Freshness::Question question = freshness.OnQuestion(kLate + 7 * kSecond);
  freshness.OnSilence(question, kLate + 9 * kSecond);
  EXPECT_FALSE(freshness.TakeProbe(kLate + 9 * kSecond + 99 * kMillisecond));
  EXPECT_TRUE(freshness.TakeProbe(kLate + 9 * kSecond + 100 * kMillisecond));
}

TEST(FreshnessTest, TheLimitsAreConfigurable) {
  FreshnessOptions options;
  options.max_tick_age = absl::Milliseconds(300);
  options.outage_grace = absl::Seconds(5);
  options.probe_interval = absl::Milliseconds(50);
  options.load_patience = absl::Milliseconds(200);
  Freshness freshness(options);
  freshness.OnTick(1, kStart);
  EXPECT_EQ(freshness.ModeAt(kStart + 301 * kMillisecond), Mode::kBypass);
  (void)freshness.OnQuestion(kStart + 301 * kMillisecond);
  EXPECT_EQ(freshness.ModeAt(kStart + 501 * kMillisecond), Mode::kBypass);
  EXPECT_EQ(freshness.ModeAt(kStart + 502 * kMillisecond), Mode::kOutage);
  EXPECT_TRUE(freshness.TakeProbe(kStart + 351 * kMillisecond));
  EXPECT_FALSE(freshness.TakeProbe(kStart + 401 * kMillisecond - 1));
  FailAt(freshness, kStart + 5 * kSecond);
  EXPECT_EQ(freshness.ModeAt(kStart + 5 * kSecond), Mode::kOutage);
  EXPECT_EQ(freshness.ModeAt(kStart + 5 * kSecond + 1), Mode::kBypass);
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

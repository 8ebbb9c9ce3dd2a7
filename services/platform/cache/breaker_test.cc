// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/cache/breaker.h"

#include <gtest/gtest.h>

namespace communique::platform {
namespace {

using State = Breaker::State;

constexpr std::int64_t kMillisecond = 1'000'000;

BreakerOptions Options() {
  return {.failures_to_open = 3, .first_wait = absl::Milliseconds(100), .last_wait = absl::Milliseconds(350)};
}

double Middle() { return 0.5; }

void Open(Breaker& breaker, std::int64_t now) {
  EXPECT_FALSE(breaker.OnFailure(now));
  EXPECT_FALSE(breaker.OnFailure(now));
  EXPECT_TRUE(breaker.OnFailure(now));
}

TEST(BreakerTest, OpensAfterFailuresInARow) {
  Breaker breaker(Options(), Middle);
  EXPECT_TRUE(breaker.closed());
  breaker.OnFailure(0);
  breaker.OnFailure(0);
  breaker.OnSuccess();
  Open(breaker, 0);
  EXPECT_EQ(breaker.state(), State::kOpen);
  EXPECT_FALSE(breaker.OnFailure(0));
}

TEST(BreakerTest, LetsOneProbeThroughAfterTheWait) {
  Breaker breaker(Options(), Middle);
  EXPECT_FALSE(breaker.TakeProbe(0));
  Open(breaker, 0);
  EXPECT_EQ(breaker.next_probe(), 100 * kMillisecond);
  EXPECT_FALSE(breaker.TakeProbe(99 * kMillisecond));
  EXPECT_TRUE(breaker.TakeProbe(100 * kMillisecond));
  EXPECT_EQ(breaker.state(), State::kHalfOpen);
  EXPECT_FALSE(breaker.closed());
  EXPECT_FALSE(breaker.TakeProbe(200 * kMillisecond));
  breaker.OnSuccess();
  EXPECT_TRUE(breaker.closed());
}

TEST(BreakerTest, WaitsLongerAfterEachProbeThatFails) {
  Breaker breaker(Options(), Middle);
  Open(breaker, 0);
  std::int64_t now = 100 * kMillisecond;
  for (const std::int64_t wait : {200, 350, 350}) {
    ASSERT_TRUE(breaker.TakeProbe(now));
    breaker.OnFailure(now);
    EXPECT_EQ(breaker.next_probe() - now, wait * kMillisecond);
    now = breaker.next_probe();
  }
  ASSERT_TRUE(breaker.TakeProbe(now));
  breaker.OnSuccess();
  Open(breaker, now);
  EXPECT_EQ(breaker.next_probe() - now, 100 * kMillisecond);
}

TEST(BreakerTest, WhatWasSentBeforeItOpenedDoesNotCloseIt) {
  Breaker breaker(Options(), Middle);
  Open(breaker, 0);
  breaker.OnSuccess();
  EXPECT_EQ(breaker.state(), State::kOpen);
}

TEST(BreakerTest, SpreadsProbes) {
  double fraction = 0;
  Breaker breaker(Options(), [&] { return fraction; });
  Open(breaker, 0);
  EXPECT_EQ(breaker.next_probe(), 50 * kMillisecond);
  fraction = 0.99;
  ASSERT_TRUE(breaker.TakeProbe(50 * kMillisecond));
  breaker.OnFailure(0);
  EXPECT_EQ(breaker.next_probe(), 298 * kMillisecond);
}

}  // namespace
}  // namespace communique::platform

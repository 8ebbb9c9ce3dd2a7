// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/changes/database_clock.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>
#include <vector>

#include "services/platform/testing/fake_monotonic_clock.h"

namespace communique::platform {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1'790'000'000);

class DatabaseClockTest : public ::testing::Test {
 protected:
  // A reading of `now` that took `took`, half of it on the way there.
  void Observe(absl::Time now, absl::Duration took = absl::Milliseconds(2)) {
    const std::int64_t asked = monotonic_.NowNanos();
    monotonic_.Advance(took);
    clock_.Observe(now, asked, monotonic_.NowNanos());
  }

  FakeMonotonicClock monotonic_;
  DatabaseClock clock_{monotonic_};
};

TEST_F(DatabaseClockTest, IsLongAgoBeforeTheFirstReading) {
  EXPECT_EQ(clock_.Now(), absl::UnixEpoch());
  EXPECT_EQ(clock_.age(), absl::InfiniteDuration());
}

TEST_F(DatabaseClockTest, CarriesOnBetweenReadingsALittleTooSlowly) {
  Observe(kStart);
  EXPECT_EQ(clock_.Now(), kStart);
  monotonic_.Advance(absl::Seconds(10));
  EXPECT_LE(clock_.Now(), kStart + absl::Seconds(10));
  EXPECT_GE(clock_.Now(), kStart + absl::Seconds(10) - absl::Milliseconds(5));
  EXPECT_EQ(clock_.age(), absl::Seconds(10));
}

TEST_F(DatabaseClockTest, KeepsTheQuickerReading) {
  Observe(kStart, absl::Milliseconds(1));
  monotonic_.Advance(absl::Milliseconds(100));
  const absl::Time before = clock_.Now();
  // The answer is as old as the way back took: up to 80 ms.
  Observe(kStart + absl::Milliseconds(105), absl::Milliseconds(80));
  EXPECT_GE(clock_.Now(), before + absl::Milliseconds(79));
}

TEST_F(DatabaseClockTest, FollowsAStepForwardAtOnce) {
  Observe(kStart);
  Observe(kStart + absl::Hours(1));
  EXPECT_EQ(clock_.Now(), kStart + absl::Hours(1));
}

TEST_F(DatabaseClockTest, StandsStillWhenTheDatabaseStepsBackUntilItHasCaughtUp) {
  Observe(kStart);
  monotonic_.Advance(absl::Seconds(1));
  Observe(kStart - absl::Seconds(4));  // 5 s back
  const absl::Time stopped = clock_.Now();
  EXPECT_GE(stopped, kStart + absl::Milliseconds(1'000));
  monotonic_.Advance(absl::Seconds(4));
  EXPECT_EQ(clock_.Now(), stopped);
  Observe(kStart + absl::Milliseconds(2));
  EXPECT_EQ(clock_.Now(), stopped);
  monotonic_.Advance(absl::Seconds(2));
  Observe(kStart + absl::Milliseconds(2'010));
  EXPECT_EQ(clock_.Now(), kStart + absl::Milliseconds(2'010));
}

// A database whose clock runs at another rate and steps, read over a network of any speed: never early, never back, and
// late by no more than the slowest reading and the drift. Until a reading tells of a step back, nobody can know of it.
TEST_F(DatabaseClockTest, IsNeverEarlyAndNeverGoesBack) {
  std::mt19937 random(11);
  for (int history = 0; history < 50; ++history) {
    FakeMonotonicClock monotonic;
    DatabaseClock clock(monotonic);
    absl::Time database = kStart;
    const double rate = 1.0 + (static_cast<int>(random() % 801) - 400) * 1e-6;  // +-400 ppm
    absl::Time highest = database;  // that it has shown, or would have shown before it stepped
    absl::Duration stepped_back;
    const auto pass = [&](absl::Duration time) {
      monotonic.Advance(time);
      database += time * rate;
      highest = std::max(highest, database + stepped_back);
    };
    absl::Time last = absl::InfinitePast();
    for (int i = 0; i < 500; ++i) {
      if (random() % 50 == 0) {
        const absl::Duration step = absl::Milliseconds(static_cast<int>(random() % 4'000) - 2'000);
        database += step;
        stepped_back = std::max(absl::ZeroDuration(), -step);
      }
      const std::int64_t asked = monotonic.NowNanos();
      pass(absl::Microseconds(random() % 5'000));
      const absl::Time answer = database;
      pass(absl::Microseconds(random() % 5'000));
      clock.Observe(answer, asked, monotonic.NowNanos());
      stepped_back = absl::ZeroDuration();
      for (int look = 0; look < 4; ++look) {
        const absl::Time now = clock.Now();
        ASSERT_LE(now, highest);
        ASSERT_GE(now, last);
        ASSERT_GE(now, database - absl::Milliseconds(11));
        last = now;
        pass(absl::Milliseconds(random() % 100));
      }
    }
  }
}

TEST_F(DatabaseClockTest, NeverGoesBackBetweenThreads) {
  const SystemMonotonicClock monotonic;
  DatabaseClock clock(monotonic);
  clock.Observe(kStart, monotonic.NowNanos(), monotonic.NowNanos());
  std::atomic<bool> ended = false;
  std::atomic<std::int64_t> newest = 0;
  std::atomic<int> went_back = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!ended) {
        const std::int64_t seen = newest;
        const std::int64_t now = absl::ToUnixNanos(clock.Now());
        if (now < seen) ++went_back;
        std::int64_t current = newest;
        while (current < now && !newest.compare_exchange_weak(current, now)) {
        }
      }
    });
  }
  std::mt19937 random(3);
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t now = monotonic.NowNanos();
    clock.Observe(kStart + absl::Microseconds(i) + absl::Microseconds(random() % 50), now, now + 10);
  }
  ended = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(went_back, 0);
}

}  // namespace
}  // namespace communique::platform

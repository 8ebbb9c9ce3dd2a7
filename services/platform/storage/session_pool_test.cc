// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/session_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/fake_connection.h"

namespace communique::platform {
namespace {

using Switches = FakeConnection::Switches;

absl::Time In(absl::Duration time) { return absl::Now() + time; }

class SessionPoolTest : public testing::Test {
 protected:
  SessionPool::Opener Opener() {
    return [this]() -> absl::StatusOr<std::unique_ptr<Connection>> {
      while (opening_hangs_) absl::SleepFor(absl::Milliseconds(1));
      const std::lock_guard lock(mutex_);
      if (!failure_.ok()) return failure_;
      opened_.push_back(std::make_shared<Switches>());
      return std::make_unique<FakeConnection>(opened_.back());
    };
  }

  SessionPool& Pool(SessionPoolOptions options) {
    options.reopen_after = absl::Milliseconds(1);
    return pool_.emplace(options, Opener(), watchdog_);
  }

  void SetFailure(absl::Status failure) {
    const std::lock_guard lock(mutex_);
    failure_ = std::move(failure);
  }

  std::size_t CountOpened() {
    const std::lock_guard lock(mutex_);
    return opened_.size();
  }

  std::shared_ptr<Switches> Opened(std::size_t index) {
    const std::lock_guard lock(mutex_);
    return opened_.at(index);
  }

  std::atomic<bool> opening_hangs_ = false;
  std::mutex mutex_;
  absl::Status failure_;
  std::vector<std::shared_ptr<Switches>> opened_;
  Watchdog watchdog_{absl::Milliseconds(20)};
  std::optional<SessionPool> pool_;
};

TEST_F(SessionPoolTest, OpensWhenNeededAndUsesAgain) {
  SessionPool& pool = Pool({.size = 3});
  EXPECT_EQ(pool.open_connections(), 0);
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(pool.TryLease(In(absl::Seconds(5))).ok());
  EXPECT_EQ(CountOpened(), 1U);
  EXPECT_EQ(Opened(0)->rollbacks, 10) << "each return ends the transaction";
  EXPECT_EQ(Opened(0)->pings, 0);
}

TEST_F(SessionPoolTest, ALeaseThatNobodyReturnsMakesOthersWaitUntilTheirDeadline) {
  SessionPool& pool = Pool({.size = 1});
  auto first = pool.TryLease(In(absl::Seconds(5)));
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(pool.leased_connections(), 1);
  const auto second = pool.TryLease(In(absl::Milliseconds(30)));
  EXPECT_EQ(ReasonOf(second.status()), Reason::ERROR_REASON_OVERLOADED);
}

TEST_F(SessionPoolTest, AWaiterGetsWhatIsReturned) {
  SessionPool& pool = Pool({.size = 1});
  std::optional<SessionPool::Lease> first(*pool.TryLease(In(absl::Seconds(5))));
  std::thread waiter([&] { EXPECT_TRUE(pool.TryLease(In(absl::Seconds(20))).ok()); });
  first.reset();
  waiter.join();
  EXPECT_EQ(CountOpened(), 1U);
}

TEST_F(SessionPoolTest, ABrokenConnectionIsThrownAwayAndItsFellowsAreAskedFirst) {
  SessionPool& pool = Pool({.size = 2});
  {
    auto first = pool.TryLease(In(absl::Seconds(5)));
    auto second = pool.TryLease(In(absl::Seconds(5)));
    ASSERT_TRUE(first.ok() && second.ok());
  }
  ASSERT_EQ(CountOpened(), 2U);
  Opened(0)->answers = false;
  Opened(1)->answers = false;
  // A restart ends both; the one that is used first finds out.
  {
    auto lease = pool.TryLease(In(absl::Seconds(5)));
    Opened(0)->usable = false;
    Opened(1)->usable = false;
  }
  ASSERT_TRUE(pool.TryLease(In(absl::Seconds(5))).ok());
  EXPECT_EQ(CountOpened(), 3U);
  EXPECT_TRUE(Opened(0)->destroyed);
  EXPECT_TRUE(Opened(1)->destroyed);
  EXPECT_EQ(Opened(0)->pings + Opened(1)->pings, 1) << "the other one was asked before it was used";
  EXPECT_EQ(pool.open_connections(), 1);
}

TEST_F(SessionPoolTest, AskesAfterALongPause) {
  SessionPool& pool = Pool({.size = 1, .ping_after = absl::ZeroDuration()});
  ASSERT_TRUE(pool.TryLease(In(absl::Seconds(5))).ok());
  absl::SleepFor(absl::Milliseconds(2));
  ASSERT_TRUE(pool.TryLease(In(absl::Seconds(5))).ok());
  EXPECT_GE(Opened(0)->pings, 1);
}

TEST_F(SessionPoolTest, AnAskedServerThatHangsIsCutOff) {
  SessionPool& pool = Pool({.size = 1, .ping_after = absl::ZeroDuration()});
  ASSERT_TRUE(pool.TryLease(In(absl::Seconds(5))).ok());
  Opened(0)->hang = true;
  absl::SleepFor(absl::Milliseconds(2));
  EXPECT_FALSE(pool.TryLease(In(absl::Milliseconds(50))).ok());
  EXPECT_EQ(Opened(0)->interrupts, 1);
  EXPECT_TRUE(pool.TryLease(In(absl::Seconds(5))).ok()) << "a new connection works";
}

TEST_F(SessionPoolTest, AFailureToOpenIsToldAtOnceAndTriedAgainNextTime) {
  SessionPool& pool = Pool({.size = 2});
  SetFailure(Unavailable(Reason::ERROR_REASON_DATABASE_UNAVAILABLE, "down", absl::Seconds(1)));
  const absl::Time begin = absl::Now();
  const auto lease = pool.TryLease(In(absl::Seconds(30)));
  EXPECT_EQ(lease.status().message(), "down");
  EXPECT_LT(absl::Now() - begin, absl::Seconds(10));
  SetFailure(absl::OkStatus());
  EXPECT_TRUE(pool.TryLease(In(absl::Seconds(5))).ok());
}

TEST_F(SessionPoolTest, CallersDoNotHangWithAnOpenerThatHangs) {
  SessionPool& pool = Pool({.size = 2});
  opening_hangs_ = true;
  const absl::Time begin = absl::Now();
  const auto lease = pool.TryLease(In(absl::Milliseconds(50)));
  EXPECT_EQ(ReasonOf(lease.status()), Reason::ERROR_REASON_DATABASE_UNAVAILABLE);
  EXPECT_LT(absl::Now() - begin, absl::Seconds(10));
  opening_hangs_ = false;
  EXPECT_TRUE(pool.TryLease(In(absl::Seconds(5))).ok());
}

TEST_F(SessionPoolTest, AtTheEndNobodyWaitsForAConnectionAnyLonger) {
  SessionPool& pool = Pool({.size = 1});
  opening_hangs_ = true;
  const absl::Time begin = absl::Now();
  std::thread waiter([&] {
    EXPECT_EQ(ReasonOf(pool.TryLease(In(absl::Minutes(5))).status()), Reason::ERROR_REASON_DATABASE_UNAVAILABLE);
  });
  absl::SleepFor(absl::Milliseconds(5));
  watchdog_.EndBy(In(absl::Milliseconds(20)));
  pool.Wake();
  waiter.join();
  EXPECT_FALSE(pool.TryLease(In(absl::Minutes(5))).ok());
  pool_.reset();
  EXPECT_LT(absl::Now() - begin, absl::Seconds(20));
  // The thread that opens may outlive the pool, but not what it opens with.
  opening_hangs_ = false;
  while (CountOpened() == 0) absl::SleepFor(absl::Milliseconds(1));
}

TEST_F(SessionPoolTest, ManyThreadsShareFewConnections) {
  SessionPool& pool = Pool({.size = 3});
  std::atomic<int> inside = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i) {
        auto lease = pool.TryLease(In(absl::Seconds(30)));
        ASSERT_TRUE(lease.ok());
        EXPECT_LE(++inside, 3);
        if (i % 10 == 0) lease->connection().Interrupt();
        --inside;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(pool.leased_connections(), 0);
  EXPECT_LE(pool.open_connections(), 3);
}

}  // namespace
}  // namespace communique::platform

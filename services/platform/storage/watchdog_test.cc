// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/watchdog.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "services/platform/storage/fake_connection.h"

namespace communique::platform {
namespace {

TEST(WatchdogTest, FreesAConnectionThatIsOverdue) {
  Watchdog watchdog(absl::Milliseconds(50));
  auto switches = std::make_shared<FakeConnection::Switches>();
  switches->hang = true;
  FakeConnection connection(switches);
  const absl::Time begin = absl::Now();
  {
    const Watchdog::Watch watch(watchdog, connection, begin + absl::Milliseconds(50));
    EXPECT_FALSE(connection.Ping());
  }
  EXPECT_GE(absl::Now() - begin, absl::Milliseconds(95));
  EXPECT_EQ(switches->interrupts, 1);
  EXPECT_EQ(watchdog.interrupts(), 1);
}

TEST(WatchdogTest, LeavesAloneWhatEndsInTime) {
  Watchdog watchdog(absl::Milliseconds(1));
  auto switches = std::make_shared<FakeConnection::Switches>();
  FakeConnection connection(switches);
  for (int i = 0; i < 100; ++i) {
    const Watchdog::Watch watch(watchdog, connection, absl::Now() + absl::Hours(1));
  }
  { const Watchdog::Watch ended(watchdog, connection, absl::Now() + absl::Seconds(5)); }
  EXPECT_EQ(switches->interrupts, 0);
}

TEST(WatchdogTest, NoticesAnEarlierDeadlineThatComesLater) {
  Watchdog watchdog(absl::ZeroDuration());
  auto late = std::make_shared<FakeConnection::Switches>();
  auto early = std::make_shared<FakeConnection::Switches>();
  early->hang = true;
  FakeConnection late_connection(late);
  FakeConnection early_connection(early);
  const Watchdog::Watch first(watchdog, late_connection, absl::Now() + absl::Hours(2));
  const Watchdog::Watch second(watchdog, early_connection, absl::Now() + absl::Milliseconds(20));
  EXPECT_FALSE(early_connection.Ping());
  EXPECT_EQ(late->interrupts, 0);
}

TEST(WatchdogTest, AtTheEndNobodyIsWaitedForAnyLonger) {
  Watchdog watchdog(absl::Hours(1));
  const auto hung = [] {
    auto switches = std::make_shared<FakeConnection::Switches>();
    switches->hang = true;
    return switches;
  };
  FakeConnection before(hung()), also_before(hung()), after(hung());
  EXPECT_EQ(watchdog.end(), absl::InfiniteFuture());
  {
    const Watchdog::Watch first(watchdog, before, absl::Now() + absl::Hours(2));
    const Watchdog::Watch second(watchdog, also_before, absl::Now());
    const absl::Time end = absl::Now() + absl::Milliseconds(50);
    watchdog.EndBy(end);
    EXPECT_EQ(watchdog.end(), end);
    EXPECT_FALSE(before.Ping());
    EXPECT_FALSE(also_before.Ping());
    EXPECT_GE(absl::Now(), end - absl::Milliseconds(5));
  }
  const Watchdog::Watch late(watchdog, after, absl::Now() + absl::Hours(2));
  EXPECT_FALSE(after.Ping()) << "whoever comes later has no more time";
  EXPECT_EQ(watchdog.interrupts(), 3);
}

TEST(WatchdogTest, ManyThreadsWatchAtOnce) {
  Watchdog watchdog(absl::ZeroDuration());
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        auto switches = std::make_shared<FakeConnection::Switches>();
        switches->hang = i % 10 == 0;
        FakeConnection connection(switches);
        const Watchdog::Watch watch(watchdog, connection,
                                    absl::Now() + absl::Milliseconds(switches->hang ? 1 : 10'000));
        connection.Ping();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(watchdog.interrupts(), 8 * 5);
}

}  // namespace
}  // namespace communique::platform

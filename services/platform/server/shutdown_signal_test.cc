// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/shutdown_signal.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace communique::platform {
namespace {

TEST(ShutdownSignalTest, HearsTermAndInt) {
  ShutdownSignal signal;
  signal.Arm();
  kill(getpid(), SIGTERM);
  signal.WaitForFirst();
  EXPECT_FALSE(signal.WaitForSecond(absl::ZeroDuration()));
  kill(getpid(), SIGINT);
  EXPECT_TRUE(signal.WaitForSecond(absl::Seconds(30)));
}

TEST(ShutdownSignalTest, StopsWaitingWhenThereIsNothingToWaitFor) {
  ShutdownSignal signal;
  signal.Request();
  std::atomic<bool> done = false;
  std::thread worker([&] {
    done = true;
    signal.Poke();
  });
  EXPECT_FALSE(signal.WaitForSecond(absl::Seconds(30), [&] { return done.load(); }));
  EXPECT_TRUE(signal.WaitForDone(absl::Seconds(30), [&] { return done.load(); }));
  EXPECT_FALSE(signal.WaitForDone(absl::Milliseconds(1), [] { return false; }));
  worker.join();
}

TEST(ShutdownSignalDeathTest, EndsAStartThatHangsAtOnce) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  EXPECT_EXIT(
      {
        const ShutdownSignal signal;
        kill(getpid(), SIGTERM);
        pause();
      },
      testing::ExitedWithCode(128 + SIGTERM), "");
}

TEST(ShutdownSignalTest, LeavesTheSignalsAsTheyWere) {
  sigset_t before;
  sigset_t after;
  pthread_sigmask(SIG_BLOCK, nullptr, &before);
  { const ShutdownSignal signal; }
  pthread_sigmask(SIG_BLOCK, nullptr, &after);
  EXPECT_EQ(sigismember(&before, SIGTERM), sigismember(&after, SIGTERM));
}

}  // namespace
}  // namespace communique::platform

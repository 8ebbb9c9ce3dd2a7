// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/concurrency/executor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <memory>
#include <set>

#include "services/platform/errors/error.h"
#include "services/platform/testing/fake_clock.h"

namespace communique::platform {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

ExecutorOptions Options(int threads, std::size_t max_queued) {
  ExecutorOptions options;
  options.name = "db-read";
  options.limit_key = "db_read.max_queued";
  options.threads = threads;
  options.max_queued = max_queued;
  return options;
}

// Keeps one thread of an executor busy until it is released.
class Blocker {
 public:
  explicit Blocker(Executor& executor) {
    EXPECT_TRUE(executor
                    .Submit([latches = latches_] {
                      latches->started.count_down();
                      latches->released.wait();
                    })
                    .ok());
    latches_->started.wait();
  }
  void Release() {
    if (!std::exchange(done_, true)) latches_->released.count_down();
  }
  ~Blocker() { Release(); }

 private:
  // Shared: the thread that was released may look once more.
  struct Latches {
    std::latch started{1};
    std::latch released{1};
  };
  const std::shared_ptr<Latches> latches_ = std::make_shared<Latches>();
  bool done_ = false;
};

TEST(ExecutorTest, RunsWorkInTheOrderOfSubmission) {
  FakeClock clock;
  std::vector<int> order;
  Executor executor(Options(1, 10), clock);
  Blocker blocker(executor);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(executor.Submit([&order, i] { order.push_back(i); }).ok());
  blocker.Release();
  ASSERT_TRUE(executor.Join(absl::Seconds(30)).ok());
  EXPECT_THAT(order, ElementsAre(0, 1, 2));
}

TEST(ExecutorTest, RunsAsManyAtOnceAsItHasThreads) {
  FakeClock clock;
  Executor executor(Options(3, 0), clock);
  std::latch all_running(3);
  std::atomic<int> ran = 0;
  for (int i = 0; i < 3; ++i) {
    // With an empty queue bound, each must find a free thread; all three meet at the latch.
    while (!executor
                .Submit([&] {
                  all_running.arrive_and_wait();
                  ++ran;
                })
                .ok()) {
      std::this_thread::yield();  // the threads are still starting
    }
  }
  ASSERT_TRUE(executor.Join(absl::Seconds(30)).ok());
  EXPECT_EQ(ran, 3);
}

TEST(ExecutorTest, RefusesWhenTheQueueIsFullAndSaysWhichLimit) {
  FakeClock clock;
  Executor executor(Options(1, 2), clock);
  Blocker blocker(executor);
  std::atomic<int> ran = 0;
  ASSERT_TRUE(executor.Submit([&ran] { ++ran; }).ok());
  ASSERT_TRUE(executor.Submit([&ran] { ++ran; }).ok());
  EXPECT_EQ(executor.stats()->queued, 2);

  const absl::Status refused = executor.Submit([&ran] { ++ran; });
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(refused), Reason::ERROR_REASON_OVERLOADED);
  EXPECT_EQ(ErrorMetadataValue(refused, "limit"), "db_read.max_queued");
  EXPECT_TRUE(refused.GetPayload("type.googleapis.com/google.rpc.RetryInfo").has_value());
  EXPECT_EQ(executor.stats()->rejected, 1);

  blocker.Release();
  ASSERT_TRUE(executor.Join(absl::Seconds(30)).ok());
  EXPECT_EQ(ran, 2);
  EXPECT_EQ(executor.stats()->finished, 3);  // the blocker too
  EXPECT_EQ(executor.stats()->queued, 0);
  EXPECT_EQ(executor.stats()->running, 0);
}

TEST(ExecutorTest, HandsBackWorkWhoseDeadlinePassedInTheQueue) {
  FakeClock clock;
  Executor executor(Options(1, 2), clock);
  absl::Status turn;
  {
    Blocker blocker(executor);
    ASSERT_TRUE(
        executor.Submit(clock.Now() + absl::Seconds(1), [&turn](const absl::Status& given) { turn = given; }).ok());
    clock.Advance(absl::Seconds(1));
  }
  ASSERT_TRUE(executor.Join(absl::Seconds(30)).ok());
  EXPECT_EQ(turn.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(ReasonOf(turn), Reason::ERROR_REASON_DEADLINE_EXCEEDED);
  EXPECT_EQ(executor.stats()->expired, 1);
}

TEST(ExecutorTest, HandsBackWorkThatWaitedLongerThanTheQueueAllows) {
  FakeClock clock;
  ExecutorOptions options = Options(1, 2);
  options.max_queue_time = absl::Milliseconds(500);
  Executor executor(options, clock);
  absl::Status late;
  bool dropped_task_ran = false;
  {
    Blocker blocker(executor);
    ASSERT_TRUE(executor.Submit(absl::InfiniteFuture(), [&late](const absl::Status& given) { late = given; }).ok());
    ASSERT_TRUE(executor.Submit([&dropped_task_ran] { dropped_task_ran = true; }).ok());
    clock.Advance(absl::Milliseconds(501));
  }
  ASSERT_TRUE(executor.Join(absl::Seconds(30)).ok());
  EXPECT_EQ(late.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(std::string(late.message()), HasSubstr("500ms"));
  EXPECT_EQ(ErrorMetadataValue(late, "limit"), "db_read.max_queued");
  EXPECT_FALSE(dropped_task_ran);
  EXPECT_EQ(executor.stats()->queue_nanos, 2 * 501'000'000);
}

TEST(ExecutorTest, GivesEachCallOneTurnAndReleasesWhatItHolds) {
  FakeClock clock;
  auto held = std::make_unique<int>(7);  // move-only captures are welcome
  std::promise<int> got;
  Executor executor(Options(2, 10), clock);
  ASSERT_TRUE(executor
                  .Submit(absl::InfiniteFuture(),
                          [held = std::move(held), &got](const absl::Status& turn) {
                            ASSERT_TRUE(turn.ok());
                            got.set_value(*held);
                          })
                  .ok());
  EXPECT_EQ(got.get_future().get(), 7);
}

TEST(ExecutorTest, JoinLetsQueuedWorkFinishAndRefusesNewWork) {
  FakeClock clock;
  Executor executor(Options(1, 10), clock);
  std::atomic<int> ran = 0;
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(executor.Submit([&ran] { ++ran; }).ok());
  ASSERT_TRUE(executor.Join(absl::Seconds(30)).ok());
  EXPECT_EQ(ran, 5);
  const absl::Status refused = executor.Submit([] {});
  EXPECT_EQ(refused.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(refused), Reason::ERROR_REASON_SHUTTING_DOWN);
  EXPECT_TRUE(executor.Join(absl::Seconds(30)).ok()) << "joining twice is fine";
}

TEST(ExecutorTest, JoinGivesUpAtItsTimeoutAndHandsBackTheQueue) {
  FakeClock clock;
  Executor executor(Options(1, 10), clock);
  Blocker blocker(executor);
  absl::Status turn;
  ASSERT_TRUE(executor.Submit(absl::InfiniteFuture(), [&turn](const absl::Status& given) { turn = given; }).ok());
  const absl::Status joined = executor.Join(absl::ZeroDuration());
  EXPECT_EQ(joined.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_THAT(std::string(joined.message()), HasSubstr("db-read: 1 threads still at work"));
  EXPECT_EQ(ReasonOf(turn), Reason::ERROR_REASON_SHUTTING_DOWN);
  blocker.Release();
  EXPECT_TRUE(executor.Join(absl::Seconds(30)).ok());
}

TEST(ExecutorTest, ManySubmittersGetEveryAcceptedTurnExactlyOnce) {
  const SystemClock clock;
  constexpr int kSubmitters = 4;
  constexpr int kEach = 2000;
  std::atomic<int> accepted = 0;
  std::atomic<int> turns = 0;
  std::atomic<int> refused = 0;
  {
    Executor executor(Options(3, 16), clock);
    std::vector<std::thread> submitters;
    for (int s = 0; s < kSubmitters; ++s) {
      submitters.emplace_back([&] {
        for (int i = 0; i < kEach; ++i) {
          const bool ok = executor.Submit(absl::InfiniteFuture(), [&](const absl::Status&) { ++turns; }).ok();
          ++(ok ? accepted : refused);
        }
      });
    }
    for (std::thread& submitter : submitters) submitter.join();
    EXPECT_EQ(executor.stats()->rejected, refused);
  }
  EXPECT_EQ(accepted + refused, kSubmitters * kEach);
  EXPECT_EQ(turns, accepted);
}

TEST(ExecutorTest, WorkMaySubmitMoreWork) {
  FakeClock clock;
  Executor executor(Options(1, 10), clock);
  std::promise<void> inner_ran;
  ASSERT_TRUE(executor.Submit([&] { ASSERT_TRUE(executor.Submit([&] { inner_ran.set_value(); }).ok()); }).ok());
  inner_ran.get_future().get();
}

}  // namespace
}  // namespace communique::platform

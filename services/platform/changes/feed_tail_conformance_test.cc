// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/changes/feed_tail.h"
#include "services/platform/changes/feed_token.h"
#include "services/platform/changes/testing/test_store.h"
#include "services/platform/changes/trim_feed.h"
#include "services/platform/errors/error.h"
#include "services/platform/testing/fake_clock.h"

namespace communique::platform {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Remembers what it hears.
class Listener final : public FeedObserver {
 public:
  void OnTick(const FeedTick& tick) override {
    const MutexLock lock(mutex_);
    ticks_.push_back(tick);
    for (const FeedEntryPtr& entry : tick.internal.entries) positions_.push_back(entry->position);
  }
  void OnTickFailed(const absl::Status& why) override {
    const MutexLock lock(mutex_);
    failures_.push_back(why);
  }
  FeedTick Last() {
    const MutexLock lock(mutex_);
    return ticks_.back();
  }
  std::vector<FeedPosition> Positions() {
    const MutexLock lock(mutex_);
    return positions_;
  }
  std::vector<absl::Status> Failures() {
    const MutexLock lock(mutex_);
    return failures_;
  }

 private:
  Mutex mutex_;
  std::vector<FeedTick> ticks_ ABSL_GUARDED_BY(mutex_);
  std::vector<FeedPosition> positions_ ABSL_GUARDED_BY(mutex_);
  std::vector<absl::Status> failures_ ABSL_GUARDED_BY(mutex_);
};

std::vector<FeedPosition> PositionsIn(const FeedTick::Progress& progress) {
  std::vector<FeedPosition> positions;
  for (const FeedEntryPtr& entry : progress.entries) positions.push_back(entry->position);
  return positions;
}

class FeedTailTest : public ::testing::TestWithParam<const char*> {
 protected:
  FeedTailTest() { tail_.AddObserver(listener_); }

  static FeedTailOptions SmallHistory() { return {.history = 5}; }

  TestStore store_{GetParam()};
  FakeClock clock_;
  SystemMonotonicClock monotonic_;
  Listener listener_;  // longer than the tail that calls it
  FeedTail tail_{store_.db(), SmallHistory(), clock_, monotonic_};
};

INSTANTIATE_TEST_SUITE_P(Engines, FeedTailTest, ::testing::ValuesIn(TestDatabase::kEnginesAndPgBouncer),
                         TestDatabase::Name);

TEST_P(FeedTailTest, BeginsWithTheNewestEntriesAndGoesOn) {
  for (int i = 0; i < 8; ++i) store_.AppendInternal(absl::StrCat(i));
  ASSERT_TRUE(tail_.Tick().ok());
  EXPECT_EQ(listener_.Last().internal.complete_after, 3);
  EXPECT_THAT(PositionsIn(listener_.Last().internal), ElementsAre(4, 5, 6, 7, 8));
  EXPECT_EQ(tail_.head(Feed::kInternal), 8);
  EXPECT_EQ(tail_.store_id(), store_.Heads().store_id);

  ASSERT_TRUE(tail_.Tick().ok());
  EXPECT_EQ(listener_.Last().internal.complete_after, 8);
  EXPECT_THAT(PositionsIn(listener_.Last().internal), IsEmpty());

  store_.AppendPublic("p");
  ASSERT_TRUE(tail_.Tick().ok());
  EXPECT_THAT(PositionsIn(listener_.Last().internal), ElementsAre(9));
  EXPECT_THAT(PositionsIn(listener_.Last().made_public), ElementsAre(1));
  EXPECT_EQ(tail_.stats().ticks, 3U);
}

TEST_P(FeedTailTest, SaysWhereItsKnowledgeBeginsAfterFallingBehind) {
  ASSERT_TRUE(tail_.Tick().ok());
  for (int i = 0; i < 20; ++i) store_.AppendInternal(absl::StrCat(i));
  ASSERT_TRUE(tail_.Tick().ok());
  EXPECT_EQ(listener_.Last().internal.complete_after, 15);
  EXPECT_THAT(PositionsIn(listener_.Last().internal), ElementsAre(16, 17, 18, 19, 20));
}

TEST_P(FeedTailTest, KnowsNothingOfWhatWasTrimmed) {
  for (int i = 0; i < 4; ++i) store_.Append({{ChangeOf("r")}, {}}, absl::UnixEpoch() + absl::Hours(24 * 7 * i));
  ASSERT_EQ(*TrimFeed(store_.db(), Feed::kInternal, absl::UnixEpoch() + absl::Hours(24 * 21), {}, Soon()), 2);
  ASSERT_TRUE(tail_.Tick().ok());
  EXPECT_EQ(listener_.Last().internal.complete_after, 2);
  EXPECT_EQ(listener_.Last().internal.head.trimmed, 2);
}

TEST_P(FeedTailTest, AGapIsTheBeginningOfWhatIsKnown) {
  for (int i = 0; i < 5; ++i) store_.AppendInternal(absl::StrCat(i));
  ASSERT_TRUE(store_.db()
                  .Write(Soon(),
                         [](Session& session) {
                           return session.Execute("DELETE FROM feed_entries WHERE position = 3").status();
                         })
                  .ok());
  ASSERT_TRUE(tail_.Tick().ok());
  EXPECT_EQ(listener_.Last().internal.complete_after, 3);
  EXPECT_THAT(PositionsIn(listener_.Last().internal), ElementsAre(4, 5));
}

TEST_P(FeedTailTest, ReadsTheDatabasesClock) {
  EXPECT_EQ(tail_.clock().Now(), absl::UnixEpoch());
  ASSERT_TRUE(tail_.Tick().ok());
  const absl::Time expected = store_.db().engine() == Engine::kSqlite ? clock_.Now() : absl::Now();
  // The fake clock stands still, and a busy machine takes its time from the tick to here.
  EXPECT_LE(tail_.clock().Now(), expected + absl::Seconds(1));
  EXPECT_GT(tail_.clock().Now(), expected - absl::Seconds(10));
  EXPECT_LT(tail_.clock().age(), absl::Seconds(10));
  clock_.Advance(-absl::Hours(1));
  EXPECT_GT(tail_.stats().clock_offset, absl::Minutes(59));
}

TEST_P(FeedTailTest, NoticesThatTheStoreIsAnotherOne) {
  store_.AppendInternal("a");
  ASSERT_TRUE(tail_.Tick().ok());
  EXPECT_FALSE(listener_.Last().new_store);
  ASSERT_TRUE(RenewStore(store_.db(), Soon()).ok());
  ASSERT_TRUE(tail_.Tick().ok());
  EXPECT_TRUE(listener_.Last().new_store);
  EXPECT_THAT(PositionsIn(listener_.Last().internal), ElementsAre(1));
  ASSERT_TRUE(tail_.Tick().ok());
  EXPECT_FALSE(listener_.Last().new_store);
}

TEST_P(FeedTailTest, FollowsAHeadThatWentBack) {
  for (int i = 0; i < 5; ++i) store_.AppendInternal(absl::StrCat(i));
  ASSERT_TRUE(tail_.Tick().ok());
  ASSERT_TRUE(store_.db()
                  .Write(Soon(),
                         [](Session& session) -> absl::Status {
                           const auto deleted = session.Execute("DELETE FROM feed_entries WHERE position > 3");
                           if (!deleted.ok()) return deleted.status();
                           return session.Execute("UPDATE feed_heads SET position = 3 WHERE feed = 1").status();
                         })
                  .ok());
  ASSERT_TRUE(tail_.Tick().ok());
  EXPECT_EQ(listener_.Last().internal.head.position, 3);
  EXPECT_THAT(PositionsIn(listener_.Last().internal), IsEmpty());
  store_.AppendInternal("again");
  ASSERT_TRUE(tail_.Tick().ok());
  EXPECT_THAT(PositionsIn(listener_.Last().internal), ElementsAre(4));
}

TEST_P(FeedTailTest, AHintMakesItTickAtOnce) {
  Listener listener;
  FeedTail slow(store_.db(), {.tick = absl::Hours(1)}, clock_, monotonic_);
  slow.AddObserver(listener);
  slow.Start();
  ASSERT_TRUE(slow.WaitForTick(absl::Seconds(10)).ok());
  const FeedPosition position = store_.AppendInternal("a");
  ASSERT_TRUE(slow.WaitForTick(absl::Seconds(10)).ok());
  EXPECT_THAT(listener.Positions(), ElementsAre(position));
  EXPECT_EQ(slow.TokenFor(Feed::kInternal, position), EncodeFeedToken({slow.store_id(), Feed::kInternal, position}));
}

TEST_P(FeedTailTest, TicksByItself) {
  Listener listener;
  FeedTail tail(store_.db(), {.tick = absl::Milliseconds(20)}, clock_, monotonic_);
  tail.AddObserver(listener);
  tail.Start();
  const FeedPosition position = store_.AppendInternal("a");
  const absl::Time end = absl::Now() + absl::Seconds(10);
  while (listener.Positions() != std::vector<FeedPosition>{position} && absl::Now() < end) {
    absl::SleepFor(absl::Milliseconds(1));
  }
  EXPECT_THAT(listener.Positions(), ElementsAre(position));
}

TEST_P(FeedTailTest, WithoutADatabaseItSaysSoAndCatchesUpLater) {
  TestStore store(GetParam());
  ASSERT_TRUE(
      store.db()
          .Write(Soon(), [](Session& session) { return session.RunScript("ALTER TABLE feed_heads RENAME TO h"); })
          .ok());
  Listener listener;
  FeedTail tail(store.db(), {.tick = absl::Milliseconds(20)}, clock_, monotonic_);
  tail.AddObserver(listener);
  tail.Start();
  EXPECT_EQ(ReasonOf(tail.WaitForTick(absl::Milliseconds(100))), Reason::ERROR_REASON_DATABASE_UNAVAILABLE);
  EXPECT_GE(listener.Failures().size(), 1U);
  EXPECT_EQ(tail.stats().age, absl::InfiniteDuration());
  ASSERT_TRUE(
      store.db()
          .Write(Soon(), [](Session& session) { return session.RunScript("ALTER TABLE h RENAME TO feed_heads"); })
          .ok());
  EXPECT_TRUE(tail.WaitForTick(absl::Seconds(10)).ok());
}

TEST_P(FeedTailTest, MissesNothingWhileManyWrite) {
  Listener listener;
  FeedTail tail(store_.db(), {.tick = absl::Milliseconds(3), .least_pause = absl::Milliseconds(1)}, clock_, monotonic_);
  tail.AddObserver(listener);
  tail.Start();
  ASSERT_TRUE(tail.WaitForTick(absl::Seconds(10)).ok());
  std::vector<std::thread> writers;
  for (int t = 0; t < 4; ++t) {
    writers.emplace_back([&] {
      for (int i = 0; i < 100; ++i) {
        store_.AppendInternal(absl::StrCat(i));
        if (i % 7 == 0) tail.Hint();
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  ASSERT_TRUE(tail.WaitForTick(absl::Seconds(10)).ok());
  std::vector<FeedPosition> all;
  for (FeedPosition p = 1; p <= 400; ++p) all.push_back(p);
  EXPECT_EQ(listener.Positions(), all);
}

}  // namespace
}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// What is served while the feed's tail is late: nothing that the database could have said otherwise.

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/cache/testing/cache_process.h"
#include "services/platform/cache/testing/fake_shared_store.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

TEST(ReplyCacheOutageTest, ALateTailSendsEveryReadToTheDatabase) {
  CacheProcess process;
  process.Tick(10);
  process.Load("v1");
  process.Advance(absl::Milliseconds(1'001));
  EXPECT_EQ(process.TryGet(), "(none)");
  EXPECT_EQ(process.Load("v2"), "v2");
  EXPECT_EQ(process.cache->stats().bypassed, 1U);
  process.Tick(10);
  EXPECT_EQ(process.TryGet(), "v2");
}

// A tail that is cut off alone, for as long as it may be: loads are answered, so nobody is told what was true before.
// Readers who come seldom, and two at a time, are those who could be.
TEST(ReplyCacheOutageTest, WhileLoadsAreAnsweredNobodyGetsAnythingStaleHoweverLongTheTailIsGone) {
  CacheProcess process;
  process.Tick(10);
  process.Load("v0");
  int version = 0;
  for (int round = 0; round < 6; ++round) {
    for (const int pause : {1'001, 50, 299, 301, 499, 501, 700, 999, 2'000, 4'000}) {
      process.Advance(absl::Milliseconds(pause));
      const std::string now = absl::StrCat("v", ++version);
      const auto try_get = process.cache->TryGet(CacheProcess::kKey);
      EXPECT_FALSE(try_get.has_value());
      const auto first = process.Read(CacheProcess::Gives(now));
      const auto second = process.Read(CacheProcess::Gives(now));
      while (!process.loads.empty()) process.RunLoad();
      for (const auto& answer : {first, second}) {
        ASSERT_EQ(process.BytesIn(answer), now) << "after " << pause << " ms of round " << round;
        ASSERT_FALSE((**answer)->stale_since.has_value());
      }
    }
  }
  EXPECT_EQ(process.cache->stats().served_stale, 0U);
}

TEST(ReplyCacheOutageTest, DuringAnOutageServesWhatWasTrueAndSaysSinceWhen) {
  CacheProcess process;
  process.Tick(10);
  const absl::Time last_tick = process.database.Now();
  process.Load("v1");
  process.Advance(absl::Seconds(2));
  // Nobody knows yet. The first read goes and looks; it is answered with what there is when nothing comes.
  EXPECT_EQ(process.TryGet(), "(none)");
  const auto first = process.Read(CacheProcess::Fails(CacheProcess::Silence()));
  EXPECT_EQ(process.TryGet(), "(none)");
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(first), "v1");
  EXPECT_EQ((**first)->stale_since, last_tick);
  EXPECT_EQ(process.TryGet(), "v1");
  EXPECT_EQ(process.cache->TryGet(CacheProcess::kKey)->stale_since, last_tick);
  EXPECT_EQ(process.cache->stats().served_stale, 3U);
  EXPECT_EQ(process.cache->stats().mode, Freshness::Mode::kOutage);
}

TEST(ReplyCacheOutageTest, OneReadInAWhileAsksWhetherTheDatabaseIsBack) {
  CacheProcess process;
  process.Tick(10);
  process.Load("v1");
  process.Advance(absl::Seconds(2));
  process.Read(CacheProcess::Fails(CacheProcess::Silence()));
  process.RunLoad();
  process.Advance(absl::Milliseconds(299));
  EXPECT_EQ(process.BytesIn(process.Read(CacheProcess::MustNotLoad())), "v1");
  process.Advance(absl::Milliseconds(1));
  EXPECT_EQ(process.TryGet(), "(none)");
  const auto probe = process.Read(CacheProcess::Gives("v2"));
  // The others need not wait for it.
  EXPECT_EQ(process.TryGet(), "v1");
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(probe), "v2");
  EXPECT_FALSE((**probe)->stale_since.has_value());
  // That was an answer: from now on all of them go there, though the tail is as late as before.
  EXPECT_EQ(process.TryGet(), "(none)");
  EXPECT_EQ(process.Load("v3"), "v3");
}

// Loads that hang answer nobody and fail for nobody.
TEST(ReplyCacheOutageTest, ADatabaseThatHangsHoldsReadersUpForASecond) {
  CacheProcess process;
  process.Tick(10);
  process.Load("v1");
  process.Advance(absl::Seconds(2));
  std::vector<CacheProcess::Answer> waiting;
  const std::function<absl::StatusOr<ReplyCache::Loaded>(absl::Time)> hang =
      [&](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
    if (waiting.size() < 5) {
      process.Advance(absl::Milliseconds(301));
      EXPECT_EQ(process.TryGet(), "(none)");
      waiting.push_back(process.Read(hang));
      EXPECT_EQ(process.loads.size(), 1U) << "nobody asks any more";
      process.RunLoad();
    } else {
      EXPECT_EQ(process.TryGet(), "v1") << "more than a second after the first asked";
    }
    return CacheProcess::Silence();
  };
  waiting.push_back(process.Read(hang));
  process.RunLoad();
  for (const auto& answer : waiting) EXPECT_EQ(process.BytesIn(answer), "v1");
  // They had a second each, not what loads have otherwise.
  EXPECT_EQ(process.deadlines.at(1), process.wall.Now() - 4 * absl::Milliseconds(301) + absl::Seconds(1));
}

// Its connection was dead, perhaps; the database answers.
TEST(ReplyCacheOutageTest, WhoFailsWhileOthersAreAnsweredGetsAnErrorAndNothingStale) {
  CacheProcess process;
  process.Tick(10);
  process.Load("v1");
  process.Advance(absl::Seconds(2));
  const auto unlucky = process.Read([&](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
    const auto other = process.Read(CacheProcess::Gives("w"), 0, "another key");
    process.RunLoad();
    EXPECT_EQ(process.BytesIn(other), "w");
    return CacheProcess::Silence();
  });
  process.RunLoad();
  EXPECT_EQ(ReasonOf((*unlucky)->status()), Reason::ERROR_REASON_DATABASE_UNAVAILABLE);
  EXPECT_EQ(process.TryGet(), "(none)");
}

TEST(ReplyCacheOutageTest, ARefusedLoadIsAnsweredWithWhatWasTrueOnlyWhereTheDatabaseIsKnownToBeSilent) {
  CacheProcess process;
  process.Tick(10);
  process.Load("v1");
  process.Advance(absl::Seconds(2));
  process.refusal = Exhausted(Reason::ERROR_REASON_OVERLOADED, "too much to do", absl::Seconds(1));
  EXPECT_FALSE((*process.Read(CacheProcess::MustNotLoad()))->ok());
  process.refusal = absl::OkStatus();
  process.Read(CacheProcess::Fails(CacheProcess::Silence()));
  process.RunLoad();
  process.Advance(absl::Milliseconds(300));
  process.refusal = Exhausted(Reason::ERROR_REASON_OVERLOADED, "too much to do", absl::Seconds(1));
  const auto refused = process.Read(CacheProcess::MustNotLoad());
  EXPECT_EQ(process.BytesIn(refused), "v1");
  EXPECT_TRUE((**refused)->stale_since.has_value());
}

TEST(ReplyCacheOutageTest, TheOutageIsServedForTheGraceOnly) {
  CacheProcess process;
  process.Tick(10);
  process.Load("v1");
  process.Advance(absl::Seconds(61));
  const auto answer = process.Read(CacheProcess::Fails(CacheProcess::Silence()));
  process.RunLoad();
  EXPECT_EQ(ReasonOf((*answer)->status()), Reason::ERROR_REASON_DATABASE_UNAVAILABLE);
}

TEST(ReplyCacheOutageTest, AnErrorOfALoadIsNoOutageWhileTheTailTicks) {
  CacheProcess process;
  process.Tick(10);
  process.Load("v1");
  process.cache->OnCommit(CacheProcess::kRelease, 11);
  const auto answer = process.Read(CacheProcess::Fails(CacheProcess::Silence()));
  process.RunLoad();
  EXPECT_FALSE((*answer)->ok());
}

TEST(ReplyCacheOutageTest, DuringAnOutageTheSharedStoreHelps) {
  FakeSharedStore shared;
  CacheProcess process(&shared), other(&shared);
  process.Tick(10);
  other.Tick(10);
  other.Load("v1");
  process.Advance(absl::Seconds(2));
  const auto probe = process.Read(CacheProcess::Fails(CacheProcess::Silence()));
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(probe), "v1");
  EXPECT_TRUE((**probe)->stale_since.has_value());
}

}  // namespace
}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/cache/reply_cache.h"

#include <gtest/gtest.h>

#include "services/platform/cache/testing/cache_process.h"
#include "services/platform/cache/testing/fake_shared_store.h"

namespace communique::platform {
namespace {

TEST(ReplyCacheTest, ServesWhatItHasLoaded) {
  CacheProcess process;
  process.Tick(10);
  EXPECT_EQ(process.TryGet(), "(none)");
  EXPECT_EQ(process.Load("v1"), "v1");
  EXPECT_EQ(process.TryGet(), "v1");
  EXPECT_EQ(process.BytesIn(process.Read(CacheProcess::MustNotLoad())), "v1");
  EXPECT_EQ(process.cache->TryGet(CacheProcess::kKey)->reply->etag, "etag-v1");
  EXPECT_FALSE(process.cache->TryGet(CacheProcess::kKey)->stale_since.has_value());
  EXPECT_EQ(process.cache->stats().loads, 1U);
  EXPECT_EQ(process.cache->stats().misses, 1U);
}

TEST(ReplyCacheTest, WorksWithoutATailButKeepsNothingItCouldServe) {
  CacheProcess process;
  EXPECT_EQ(process.Load("v1"), "v1");
  EXPECT_EQ(process.TryGet(), "(none)");
  EXPECT_EQ(process.cache->stats().bypassed, 1U);
}

TEST(ReplyCacheTest, AChangeSeenByTheTailMakesItOld) {
  CacheProcess process;
  process.Tick(10);
  process.Load("v1");
  process.Tick(11, {"newsrooms/b/releases/r"});
  EXPECT_EQ(process.TryGet(), "v1");
  process.Tick(12, {"newsrooms/a/releases/r/clearances/c"});
  EXPECT_EQ(process.TryGet(), "(none)");
  EXPECT_EQ(process.Load("v2"), "v2");
  process.Tick(13, {"newsrooms/a"});
  EXPECT_EQ(process.TryGet(), "(none)");
}

TEST(ReplyCacheTest, ACommitOfThisProcessIsInForceAtOnce) {
  CacheProcess process;
  process.Tick(10);
  process.Load("v1");
  process.cache->OnCommit(CacheProcess::kRelease, 11);
  EXPECT_EQ(process.TryGet(), "(none)");
  // Loaded before the tail has seen the commit: served, but nobody can say what it holds.
  EXPECT_EQ(process.Load("v2"), "v2");
  EXPECT_EQ(process.TryGet(), "(none)");
  EXPECT_EQ(process.cache->stats().loads_not_stored, 1U);
  process.Tick(11, {CacheProcess::kRelease});
  EXPECT_EQ(process.Load("v2"), "v2");
  EXPECT_EQ(process.TryGet(), "v2");
}

TEST(ReplyCacheTest, ChangesThatNobodyTellsOfMakeEverythingOld) {
  CacheProcess process;
  process.Tick(10);
  process.Load("v1");
  process.cache->OnTick({"store-1", 5'000, 4'000, {}, process.monotonic.NowNanos()});
  EXPECT_EQ(process.TryGet(), "(none)");
}

TEST(ReplyCacheTest, EndsAtTheNextBoundary) {
  CacheProcess process;
  process.Tick(10);
  process.Read(CacheProcess::Gives("before the embargo's end", process.database.Now() + absl::Milliseconds(300)));
  process.RunLoad();
  process.Advance(absl::Milliseconds(299));
  EXPECT_EQ(process.TryGet(), "before the embargo's end");
  process.Advance(absl::Milliseconds(1));
  EXPECT_EQ(process.TryGet(), "(none)");
}

TEST(ReplyCacheTest, EndsAtItsGreatestAge) {
  CacheProcess process(nullptr, {.max_age = absl::Seconds(5)});
  process.Tick(10);
  process.Load("v1");
  for (int second = 1; second < 5; ++second) {
    process.Advance(absl::Seconds(1));
    process.Tick(10);
    EXPECT_EQ(process.TryGet(), "v1");
  }
  process.Advance(absl::Seconds(1));
  process.Tick(10);
  EXPECT_EQ(process.TryGet(), "(none)");
}

TEST(ReplyCacheTest, DoesNotKeepWhatIsOverAlready) {
  CacheProcess process;
  process.Tick(10);
  process.Read(CacheProcess::Gives("v1", process.database.Now()));
  process.RunLoad();
  EXPECT_EQ(process.cache->stats().local.entries, 0U);
  EXPECT_EQ(process.cache->stats().loads_not_stored, 1U);
}

TEST(ReplyCacheTest, HonoursTheCallersPosition) {
  CacheProcess process;
  process.Tick(10);
  process.Load("v1");
  EXPECT_EQ(process.TryGet(10), "v1");
  // Another process committed 12; this one has not seen it yet.
  EXPECT_EQ(process.TryGet(12), "(none)");
  const auto answer = process.Read(CacheProcess::Gives("v2"), 12);
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(answer), "v2");
  // Now the floors tell the truth up to 12, and the release has not changed.
  process.Tick(12, {"newsrooms/b", "newsrooms/c"});
  EXPECT_EQ(process.TryGet(12), "v2");
}

TEST(ReplyCacheTest, AfterARestoreNothingOfTheOldStoreIsServedOrKept) {
  FakeSharedStore shared;
  CacheProcess process(&shared);
  process.Tick(100);
  process.Load("lost");
  process.Read(
      [&](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
        process.Tick(50, {}, "store-2");
        return ReplyCache::Loaded{"lost too", "", absl::InfiniteFuture()};
      },
      0, "other");
  process.RunLoad();
  EXPECT_EQ(process.TryGet(), "(none)");
  // Not before the second tick: commits at the moment of the first may have been forgotten.
  EXPECT_EQ(process.cache->stats().mode, Freshness::Mode::kBypass);
  process.Tick(50, {}, "store-2");
  EXPECT_EQ(process.TryGet(), "(none)");
  EXPECT_FALSE(process.cache->TryGet("other").has_value());
  EXPECT_EQ(process.Load("restored"), "restored");
  EXPECT_EQ(process.TryGet(), "restored");
}

// The same store, but its newest commits are gone (a standby took over): their positions come a second time.
TEST(ReplyCacheTest, AHeadThatWentBackMakesEverythingOldUntilItHasPassed) {
  CacheProcess process;
  process.Tick(100);
  process.Load("lost");
  process.Tick(98);
  EXPECT_EQ(process.TryGet(), "(none)");
  EXPECT_EQ(process.Load("v1"), "v1");
  EXPECT_EQ(process.TryGet(), "(none)");
  process.Tick(101, {"newsrooms/x", "newsrooms/x", "newsrooms/x"});
  process.Load("v1");
  EXPECT_EQ(process.TryGet(), "v1");
}

}  // namespace
}  // namespace communique::platform

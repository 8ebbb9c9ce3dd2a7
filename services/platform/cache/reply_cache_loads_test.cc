// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// How replies are loaded: once for all who wait, and never so that somebody is answered with less than he may expect.

#include <gtest/gtest.h>

#include <vector>

#include "services/platform/cache/testing/cache_process.h"
#include "services/platform/cache/testing/fake_shared_store.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

// The race that breaks caches: the rows are read, then the change is made and seen, then the reply is put away.
TEST(ReplyCacheLoadsTest, ALoadOvertakenByAChangeIsNeitherKeptNorServedToLaterReaders) {
  FakeSharedStore shared;
  CacheProcess process(&shared);
  process.Tick(10);
  CacheProcess::Answer later;
  const CacheProcess::Answer early = process.Read([&](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
    process.Tick(11, {CacheProcess::kRelease});
    later = process.Read(CacheProcess::Gives("v2"));
    return ReplyCache::Loaded{"v1", "", absl::InfiniteFuture()};
  });
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(early), "v1");  // it asked before the change
  EXPECT_EQ(process.BytesIn(later), "(nothing yet)");
  EXPECT_EQ(process.TryGet(), "(none)");
  EXPECT_TRUE(shared.values().empty());
  EXPECT_EQ(process.cache->stats().loads_not_stored, 1U);
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(later), "v2");
  EXPECT_EQ(process.TryGet(), "v2");
}

// A load that hangs is not waited for; when it lands at last, what came after it stays.
TEST(ReplyCacheLoadsTest, ALoadThatHangsHoldsUpNobodyElseAndReplacesNothingNewer) {
  CacheProcess process;
  process.Tick(10);
  CacheProcess::Answer waiting;
  const CacheProcess::Answer early = process.Read([&](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
    process.Advance(absl::Seconds(1));
    process.Tick(11, {CacheProcess::kRelease});
    waiting = process.Read(CacheProcess::Gives("v2"));
    EXPECT_TRUE(process.loads.empty());
    process.Advance(absl::Nanoseconds(1));
    const CacheProcess::Answer later = process.Read(CacheProcess::MustNotLoad());
    process.RunLoad();
    EXPECT_EQ(process.BytesIn(waiting), "v2");
    EXPECT_EQ(process.BytesIn(later), "v2");
    return ReplyCache::Loaded{"v1", "", absl::InfiniteFuture()};
  });
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(early), "v1");
  EXPECT_EQ(process.TryGet(), "v2");
  EXPECT_TRUE(process.loads.empty());
}

// Who asks while rows are being read may ask for what came after them: a commit, or only an instant.
TEST(ReplyCacheLoadsTest, WhoAsksDuringALoadIsAnsweredByALaterOneUnlessItIsStillGood) {
  CacheProcess process;
  process.Tick(10);
  CacheProcess::Answer during;
  process.Read([&](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
    during = process.Read(CacheProcess::MustNotLoad());
    return ReplyCache::Loaded{"v1", "", absl::InfiniteFuture()};
  });
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(during), "v1");

  const absl::Time embargo_end = process.database.Now() + absl::Milliseconds(10);
  process.Read(
      [&](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
        process.Advance(absl::Milliseconds(10));
        during = process.Read(CacheProcess::Gives("after"), 0, "key");
        return ReplyCache::Loaded{"before", "", embargo_end};
      },
      0, "key");
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(during), "(nothing yet)");
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(during), "after");

  process.Read(
      [&](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
        during = process.Read(CacheProcess::Gives("found"), 0, "other");
        return NotFound("edition", "other");
      },
      0, "other");
  process.RunLoad();
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(during), "found");
}

// However many ask, a key has one load at a time.
TEST(ReplyCacheLoadsTest, WhatCannotBeKeptIsLoadedForOneCrowdAfterTheOther) {
  CacheProcess process;  // never ticks: nothing is served from a cache
  std::vector<CacheProcess::Answer> crowd;
  process.Read([&](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
    for (int i = 0; i < 100; ++i) crowd.push_back(process.Read(CacheProcess::Gives("v2")));
    EXPECT_TRUE(process.loads.empty());
    return ReplyCache::Loaded{"v1", "", absl::InfiniteFuture()};
  });
  process.RunLoad();
  EXPECT_EQ(process.loads.size(), 1U);
  process.RunLoad();
  for (const CacheProcess::Answer& answer : crowd) EXPECT_EQ(process.BytesIn(answer), "v2");
  EXPECT_EQ(process.cache->stats().loads, 2U);
}

TEST(ReplyCacheLoadsTest, LoadsOnceForAllWhoWait) {
  CacheProcess process;
  process.Tick(10);
  std::vector<CacheProcess::Answer> answers;
  answers.push_back(process.Read(CacheProcess::Gives("v1")));
  for (int i = 0; i < 99; ++i) answers.push_back(process.Read(CacheProcess::MustNotLoad()));
  EXPECT_EQ(process.loads.size(), 1U);
  process.RunLoad();
  for (const CacheProcess::Answer& answer : answers) EXPECT_EQ(process.BytesIn(answer), "v1");
  EXPECT_EQ(process.cache->stats().coalesced, 99U);
}

TEST(ReplyCacheLoadsTest, AFailureGoesToAllWhoWaitAndIsNotKept) {
  CacheProcess process;
  process.Tick(10);
  const auto first = process.Read(CacheProcess::Fails(NotFound("edition", CacheProcess::kKey)));
  const auto second = process.Read(CacheProcess::MustNotLoad());
  process.RunLoad();
  EXPECT_EQ(ReasonOf((*first)->status()), Reason::ERROR_REASON_NOT_FOUND);
  EXPECT_EQ(ReasonOf((*second)->status()), Reason::ERROR_REASON_NOT_FOUND);
  EXPECT_EQ(process.Load("v1"), "v1");
  EXPECT_EQ(process.cache->stats().load_failures, 1U);
}

TEST(ReplyCacheLoadsTest, RefusedLoadsAreErrorsAndDoNotBlockTheKey) {
  CacheProcess process;
  process.Tick(10);
  process.refusal = Exhausted(Reason::ERROR_REASON_OVERLOADED, "too much to do", absl::Seconds(1));
  const auto refused = process.Read(CacheProcess::MustNotLoad());
  EXPECT_EQ(ReasonOf((*refused)->status()), Reason::ERROR_REASON_OVERLOADED);
  process.refusal = absl::OkStatus();
  EXPECT_EQ(process.Load("v1"), "v1");
}

TEST(ReplyCacheLoadsTest, WorkHandedBackByTheExecutorIsAnError) {
  CacheProcess process;
  process.Tick(10);
  const auto answer = process.Read(CacheProcess::MustNotLoad());
  std::move(process.loads.front())(Unavailable(Reason::ERROR_REASON_SHUTTING_DOWN, "ending", absl::Seconds(1)));
  process.loads.clear();
  EXPECT_EQ(ReasonOf((*answer)->status()), Reason::ERROR_REASON_SHUTTING_DOWN);
}

TEST(ReplyCacheLoadsTest, GivesLoadsTheConfiguredTime) {
  CacheProcess process(nullptr, {.load_timeout = absl::Seconds(3)});
  process.Tick(10);
  absl::Time seen;
  process.Read([&](absl::Time deadline) -> absl::StatusOr<ReplyCache::Loaded> {
    seen = deadline;
    return ReplyCache::Loaded{};
  });
  process.RunLoad();
  EXPECT_EQ(seen, process.wall.Now() + absl::Seconds(3));
  EXPECT_EQ(process.deadlines.at(0), seen);
}

TEST(ReplyCacheLoadsTest, ACallerWithAPositionIsNotAnsweredByALoadThatBeganBefore) {
  CacheProcess process;
  process.Tick(10);
  CacheProcess::Answer plain, with_position;
  process.Read([&](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
    plain = process.Read(CacheProcess::MustNotLoad());
    return ReplyCache::Loaded{"v1", "", absl::InfiniteFuture()};
  });
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(plain), "v1");
  process.cache->OnCommit(CacheProcess::kRelease, 11);
  process.Read([&](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
    with_position = process.Read(CacheProcess::Gives("v3"), 11);
    return ReplyCache::Loaded{"v2", "", absl::InfiniteFuture()};
  });
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(with_position), "(nothing yet)");
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(with_position), "v3");
}

}  // namespace
}  // namespace communique::platform

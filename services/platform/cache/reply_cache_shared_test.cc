// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// What replicas share, and what a shared store may do to them.

#include <gtest/gtest.h>

#include "services/platform/cache/testing/cache_process.h"
#include "services/platform/cache/testing/fake_shared_store.h"

namespace communique::platform {
namespace {

TEST(ReplyCacheSharedTest, ReplicasShareReplies) {
  FakeSharedStore shared;
  CacheProcess process(&shared), other(&shared);
  process.Tick(10);
  other.Tick(10);
  process.Load("v1");
  EXPECT_EQ(other.BytesIn(other.Read(CacheProcess::MustNotLoad())), "v1");
  EXPECT_EQ(other.TryGet(), "v1");
  EXPECT_EQ(other.cache->stats().shared_hits, 1U);
}

TEST(ReplyCacheSharedTest, WhatTheSharedStoreKeepsObeysTheFloors) {
  FakeSharedStore shared;
  CacheProcess process(&shared), other(&shared);
  process.Tick(10);
  other.Tick(10);
  process.Load("v1");
  other.Tick(11, {CacheProcess::kRelease});
  EXPECT_EQ(other.Load("v2"), "v2");
  EXPECT_EQ(other.cache->stats().shared_refused, 1U);
  // The process that has not ticked may take the newer reply.
  process.cache->OnCommit(CacheProcess::kRelease, 11);
  EXPECT_EQ(process.BytesIn(process.Read(CacheProcess::MustNotLoad())), "v2");
}

TEST(ReplyCacheSharedTest, OldDataFromARestartedSharedStoreIsNotServed) {
  FakeSharedStore shared;
  CacheProcess process(&shared);
  process.Tick(10);
  process.Load("v1");
  const FakeSharedStore::Values old = shared.values();
  process.Tick(11, {CacheProcess::kRelease});
  process.Load("v2");
  shared.Replace(old);
  CacheProcess fresh(&shared);
  fresh.cache->OnTick({"store-1", 11, 11, {}, fresh.monotonic.NowNanos()});
  EXPECT_EQ(fresh.Load("v2"), "v2");
}

// A process that starts knows no changes before its own time; it believes only what is younger.
TEST(ReplyCacheSharedTest, AProcessThatStartsRefusesWhatIsOlderThanItsKnowledge) {
  FakeSharedStore shared;
  CacheProcess process(&shared);
  process.Tick(10);
  process.Load("v1");
  CacheProcess knows_from_ten(&shared), knows_from_eleven(&shared);
  knows_from_ten.cache->OnTick({"store-1", 30, 10, {}, knows_from_ten.monotonic.NowNanos()});
  EXPECT_EQ(knows_from_ten.BytesIn(knows_from_ten.Read(CacheProcess::MustNotLoad())), "v1");
  knows_from_eleven.cache->OnTick({"store-1", 30, 11, {}, knows_from_eleven.monotonic.NowNanos()});
  EXPECT_EQ(knows_from_eleven.Load("v2"), "v2");
}

TEST(ReplyCacheSharedTest, SharesNothingAcrossFormatsSecretsAndStores) {
  FakeSharedStore shared;
  CacheProcess process(&shared, {.format = "2", .signing_key = "s"});
  process.Tick(10);
  process.Load("v1");
  CacheProcess other_format(&shared, {.format = "3", .signing_key = "s"});
  other_format.Tick(10);
  EXPECT_EQ(other_format.Load("v2"), "v2");
  CacheProcess other_secret(&shared, {.format = "2", .signing_key = "t"});
  other_secret.Tick(10);
  EXPECT_EQ(other_secret.Load("v3"), "v3");
  CacheProcess other_store(&shared, {.format = "2", .signing_key = "s"});
  other_store.Tick(10, {}, "store-2");
  EXPECT_EQ(other_store.Load("v4"), "v4");
}

TEST(ReplyCacheSharedTest, SharedRepliesEndWhenTheyWereWrittenToEnd) {
  FakeSharedStore shared;
  CacheProcess process(&shared), other(&shared);
  process.Tick(10);
  process.Read(CacheProcess::Gives("v1", process.database.Now() + absl::Milliseconds(300)));
  process.RunLoad();
  other.Advance(absl::Milliseconds(300));
  other.Tick(10);
  EXPECT_EQ(other.Load("v2"), "v2");
}

// The answer of the shared store is on its way when the change is made and a second reader comes.
TEST(ReplyCacheSharedTest, ASharedReplyOvertakenByAChangeIsNotServed) {
  FakeSharedStore shared;
  CacheProcess process(&shared), other(&shared);
  process.Tick(10);
  other.Tick(10);
  process.Load("v1");
  shared.SetDeferring(true);
  const auto early = other.Read(CacheProcess::Gives("v2"));
  other.Tick(11, {CacheProcess::kRelease});
  const auto later = other.Read(CacheProcess::MustNotLoad());
  shared.AnswerOne();
  other.RunLoad();
  EXPECT_EQ(other.BytesIn(early), "v2");
  EXPECT_EQ(other.BytesIn(later), "v2");
}

TEST(ReplyCacheSharedTest, ASharedReplyIsNotServedWhenTheTailHasBecomeLate) {
  FakeSharedStore shared;
  CacheProcess process(&shared), other(&shared);
  process.Tick(10);
  other.Tick(10);
  process.Load("v1");
  shared.SetDeferring(true);
  const auto answer = other.Read(CacheProcess::Gives("v2"));
  other.Advance(absl::Seconds(2));
  shared.AnswerOne();
  other.RunLoad();
  EXPECT_EQ(other.BytesIn(answer), "v2");
}

TEST(ReplyCacheSharedTest, WhatIsForgottenIsInNeitherLevel) {
  FakeSharedStore shared;
  CacheProcess one(&shared);
  const std::vector<std::string> keys = {CacheProcess::kKey, "never kept"};
  EXPECT_FALSE(one.cache->Forget(keys)) << "before the first tick it is not known which store's it would be";
  one.Tick(10);
  EXPECT_EQ(one.Load("secret"), "secret");
  ASSERT_EQ(shared.values().size(), 1U);
  EXPECT_TRUE(one.cache->Forget(keys));
  EXPECT_TRUE(shared.values().empty());
  EXPECT_EQ(one.TryGet(), "(none)");
  EXPECT_EQ(one.cache->stats().local.entries, 0U);

  one.Load("secret");
  shared.SetDown(true);
  EXPECT_FALSE(one.cache->Forget(keys)) << "it may still lie there";
  EXPECT_EQ(one.TryGet(), "(none)");
  shared.SetDown(false);
  EXPECT_TRUE(one.cache->Forget(keys));
  EXPECT_TRUE(shared.values().empty());
}

TEST(ReplyCacheSharedTest, OtherProcessesLetGoWithinAMinute) {
  CacheProcess one;
  one.Tick(10);
  one.Load("old");
  one.Tick(11, {CacheProcess::kRelease});
  EXPECT_EQ(one.cache->stats().local.entries, 1U) << "not served, but there";
  one.Advance(ReplyCache::kSweepInterval);
  one.Tick(11);
  EXPECT_EQ(one.cache->stats().local.entries, 0U);
}

TEST(ReplyCacheSharedTest, WithoutTheSharedStoreReadsGoToTheDatabase) {
  FakeSharedStore shared;
  CacheProcess process(&shared);
  process.Tick(10);
  shared.SetDown(true);
  EXPECT_EQ(process.Load("v1"), "v1");
  EXPECT_EQ(process.TryGet(), "v1");
  shared.SetDown(false);
  shared.SetDeferring(true);
  const auto answer = process.Read(CacheProcess::Gives("v2"), 0, "another key");
  EXPECT_EQ(process.BytesIn(answer), "(nothing yet)");
  shared.AnswerOne(/*with_nothing=*/true);
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(answer), "v2");
}

}  // namespace
}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/cache/local_cache.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace communique::platform {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);

std::shared_ptr<const StoredReply> Reply(std::string bytes, FeedPosition as_of = 10) {
  auto reply = std::make_shared<StoredReply>();
  reply->bytes = std::move(bytes);
  reply->as_of = as_of;
  reply->expires_at = kNow + absl::Minutes(10);
  return reply;
}

class LocalCacheTest : public ::testing::Test {
 protected:
  static LocalCacheOptions OneShard(std::size_t max_bytes) { return {.max_bytes = max_bytes, .shards = 1}; }

  Floors floors_{1 << 16};
  const Dependencies release_ = {Dependency::Within("newsrooms/a/releases/r")};
};

TEST_F(LocalCacheTest, SharesTheBytes) {
  LocalCache cache({}, floors_);
  EXPECT_EQ(cache.Find("k", kNow), nullptr);
  const auto reply = Reply("hello");
  cache.Put("k", release_, reply);
  EXPECT_EQ(cache.Find("k", kNow), reply);
  EXPECT_EQ(BytesOf(cache.Find("k", kNow)).get(), &reply->bytes);
  EXPECT_EQ(cache.stats().hits, 2U);
}

TEST_F(LocalCacheTest, DropsWhatIsBelowItsFloor) {
  LocalCache cache({}, floors_);
  cache.Put("k", release_, Reply("old", 10));
  floors_.Raise("newsrooms/a/releases/r/editions/de", 11);
  EXPECT_EQ(cache.Find("k", kNow), nullptr);
  EXPECT_EQ(cache.stats().refused_by_floor, 1U);
  EXPECT_EQ(cache.stats().entries, 0U);
  EXPECT_EQ(cache.stats().bytes, 0U);
  // Put by a load that was overtaken: it lies there, and is not served.
  cache.Put("k", release_, Reply("old", 10));
  EXPECT_EQ(cache.Find("k", kNow), nullptr);
  cache.Put("k", release_, Reply("new", 11));
  EXPECT_EQ(cache.Find("k", kNow)->bytes, "new");
}

TEST_F(LocalCacheTest, LetsGoOfWhatIsTakenOut) {
  LocalCache cache({}, floors_);
  cache.Put("k", release_, Reply("x"));
  cache.Put("l", release_, Reply("y"));
  cache.Remove("k");
  cache.Remove("never there");
  EXPECT_EQ(cache.Find("k", kNow), nullptr);
  EXPECT_NE(cache.Find("l", kNow), nullptr);
  cache.Remove("l");
  EXPECT_EQ(cache.stats().entries, 0U);
  EXPECT_EQ(cache.stats().bytes, 0U);
}

TEST_F(LocalCacheTest, ASweepLeavesWhatIsServed) {
  LocalCache cache({}, floors_);
  cache.Put("old", release_, Reply("x", 10));
  cache.Put("new", release_, Reply("y", 12));
  cache.Put("other", {Dependency::Within("newsrooms/a/releases/s")}, Reply("z", 10));
  floors_.Raise("newsrooms/a/releases/r", 11);
  cache.Sweep(kNow);
  EXPECT_EQ(cache.stats().entries, 2U);
  EXPECT_NE(cache.Find("new", kNow), nullptr);
  EXPECT_NE(cache.Find("other", kNow), nullptr);
  cache.Sweep(kNow + absl::Minutes(10));
  EXPECT_EQ(cache.stats().entries, 0U);
  EXPECT_EQ(cache.stats().bytes, 0U);
}

TEST_F(LocalCacheTest, EndsWhenItWasWrittenToEndHoweverOftenItIsRead) {
  LocalCache cache({}, floors_);
  cache.Put("k", release_, Reply("x"));
  for (int minute = 0; minute < 10; ++minute) EXPECT_NE(cache.Find("k", kNow + absl::Minutes(minute)), nullptr);
  EXPECT_EQ(cache.Find("k", kNow + absl::Minutes(10)), nullptr);
  EXPECT_EQ(cache.stats().refused_by_expiry, 1U);
}

TEST_F(LocalCacheTest, AnOlderReplyNeverReplacesANewerOne) {
  LocalCache cache({}, floors_);
  cache.Put("k", release_, Reply("new", 12));
  cache.Put("k", release_, Reply("slow", 11));
  EXPECT_EQ(cache.Find("k", kNow)->bytes, "new");
}

TEST_F(LocalCacheTest, KeepsForOthersWhatIsTooOldForACallerWithAToken) {
  LocalCache cache({}, floors_);
  cache.Put("k", release_, Reply("x", 12));
  EXPECT_EQ(cache.Find("k", kNow, 13), nullptr);
  EXPECT_NE(cache.Find("k", kNow, 12), nullptr);
}

TEST_F(LocalCacheTest, TheLeastRecentlyUsedLeavesWhenThereAreTooManyBytes) {
  LocalCache cache(OneShard(10 * (1000 + 256 + 2)), floors_);
  for (int i = 0; i < 10; ++i) cache.Put(absl::StrCat("k", i), release_, Reply(std::string(1000, 'x')));
  EXPECT_EQ(cache.stats().entries, 10U);
  EXPECT_NE(cache.Find("k0", kNow), nullptr);
  cache.Put("ka", release_, Reply(std::string(1000, 'x')));
  EXPECT_EQ(cache.Find("k1", kNow), nullptr);
  EXPECT_NE(cache.Find("k0", kNow), nullptr);
  EXPECT_EQ(cache.stats().evictions, 1U);
  EXPECT_LE(cache.stats().bytes, 10U * 1258);
}

TEST_F(LocalCacheTest, NeverHoldsMoreThanItsBytes) {
  LocalCache cache({.max_bytes = 200'000, .shards = 4}, floors_);
  for (std::size_t i = 0; i < 2'000; ++i) {
    cache.Put(absl::StrCat(i), release_, Reply(std::string(i * 37 % 9'000, 'x')));
    ASSERT_LE(cache.stats().bytes, 200'000U);
  }
  EXPECT_GT(cache.stats().entries, 20U);
  // Larger than a shard: not kept, and nothing is thrown out for it.
  const std::size_t before = cache.stats().entries;
  cache.Put("huge", release_, Reply(std::string(60'000, 'x')));
  EXPECT_EQ(cache.Find("huge", kNow), nullptr);
  EXPECT_EQ(cache.stats().entries, before);
}

TEST_F(LocalCacheTest, KeepsNothingWithoutBytes) {
  LocalCache cache({.max_bytes = 0}, floors_);
  cache.Put("k", release_, Reply("x"));
  EXPECT_EQ(cache.Find("k", kNow), nullptr);
}

TEST_F(LocalCacheTest, Clears) {
  LocalCache cache({}, floors_);
  cache.Put("k", release_, Reply("x"));
  cache.Clear();
  EXPECT_EQ(cache.Find("k", kNow), nullptr);
  EXPECT_EQ(cache.stats().bytes, 0U);
}

}  // namespace
}  // namespace communique::platform

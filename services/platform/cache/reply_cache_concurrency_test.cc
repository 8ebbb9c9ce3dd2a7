// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <future>
#include <latch>
#include <optional>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/cache/reply_cache.h"
#include "services/platform/cache/testing/fake_shared_store.h"
#include "services/platform/concurrency/executor.h"
#include "services/platform/testing/fake_clock.h"

namespace communique::platform {
namespace {

constexpr std::size_t kResources = 5;

std::string Name(std::size_t resource) { return absl::StrCat("newsrooms/a/releases/", resource); }

// A cache on real threads over a database of counters.
class Process {
 public:
  explicit Process(SharedStore* shared)
      : loads_({.name = "loads", .limit_key = "loads.max_queued", .threads = 3, .max_queued = 1'000}, clock_) {
    ReplyCacheOptions options;
    options.local.max_bytes = 10'000;  // so small that replies are thrown out all the time
    options.local.shards = 2;
    cache.emplace(options, ReplyCache::Environment{clock_, clock_, monotonic_,
                                                   [this](absl::Time deadline, ReplyCache::Work work) {
                                                     return loads_.Submit(deadline, std::move(work));
                                                   },
                                                   shared});
  }

  // The version that a reader gets; it must not be older than what was told to this process before it asked.
  std::int64_t Read(std::size_t resource) {
    const std::string key = absl::StrCat("get/", Name(resource));
    if (const auto hit = cache->TryGet(key)) return Version(*hit);
    std::promise<std::int64_t> answer;
    cache->Get(
        {key, {Dependency::Within(Name(resource))}},
        [this, resource](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
          const std::int64_t version = (*versions)[resource].load();
          std::this_thread::yield();
          return ReplyCache::Loaded{absl::StrCat(version), std::string(300, 'x'), absl::InfiniteFuture()};
        },
        [&](const absl::StatusOr<ReplyCache::Hit>& hit) { answer.set_value(hit.ok() ? Version(*hit) : -1); });
    return answer.get_future().get();
  }

  static std::int64_t Version(const ReplyCache::Hit& hit) {
    std::int64_t version = -1;
    EXPECT_TRUE(absl::SimpleAtoi(hit.reply->bytes, &version));
    return version;
  }

  std::int64_t Now() const { return monotonic_.NowNanos(); }

  std::array<std::atomic<std::int64_t>, kResources>* versions = nullptr;
  std::optional<ReplyCache> cache;

 private:
  const SystemClock clock_;
  const SystemMonotonicClock monotonic_;
  Executor loads_;
};

TEST(ReplyCacheConcurrencyTest, NobodyIsAnsweredWithLessThanWasToldBefore) {
  // The database: a version per resource, which is the position of its last change, and the feed.
  std::array<std::atomic<std::int64_t>, kResources> versions = {};
  Mutex feed_mutex;
  std::vector<std::size_t> feed;

  FakeSharedStore shared;
  Process one(&shared), other(&shared);
  one.versions = other.versions = &versions;
  std::array<std::atomic<std::int64_t>, kResources> told_one = {}, told_other = {};

  std::atomic<bool> ended = false;
  std::atomic<std::int64_t> reads = 0, too_old = 0;
  std::vector<std::thread> threads;
  const auto tail = [&](Process& process, auto& told) {
    FeedPosition seen = 0;
    while (!ended) {
      const std::int64_t started = process.Now();
      std::vector<std::size_t> changed;
      {
        const MutexLock lock(feed_mutex);
        changed.assign(feed.begin() + seen, feed.end());
      }
      std::vector<std::string> names;
      for (const std::size_t resource : changed) names.push_back(Name(resource));
      std::vector<CacheTick::Change> changes;
      for (const std::string& name : names)
        changes.push_back({name, seen + 1 + static_cast<FeedPosition>(changes.size())});
      process.cache->OnTick({"store", seen + static_cast<FeedPosition>(changed.size()), seen, changes, started});
      for (const std::size_t resource : changed) told[resource] = std::max<std::int64_t>(told[resource], ++seen);
      absl::SleepFor(absl::Milliseconds(1));
    }
  };
  threads.emplace_back([&] { tail(one, told_one); });
  threads.emplace_back([&] { tail(other, told_other); });
  threads.emplace_back([&] {
    for (std::size_t i = 0; !ended; ++i) {
      const std::size_t resource = i * 7 % kResources;
      {
        const MutexLock lock(feed_mutex);
        feed.push_back(resource);
        versions[resource] = static_cast<std::int64_t>(feed.size());
      }
      one.cache->OnCommit(Name(resource), versions[resource]);
      absl::SleepFor(absl::Microseconds(300));
    }
  });
  const auto read = [&](Process& process, auto& told, std::size_t first) {
    for (std::size_t i = first; !ended; ++i) {
      const std::int64_t expected = told[i % kResources];
      if (process.Read(i % kResources) < expected) ++too_old;
      ++reads;
    }
  };
  for (std::size_t i = 0; i < 2; ++i) {
    threads.emplace_back([&, i] { read(one, told_one, i); });
    threads.emplace_back([&, i] { read(other, told_other, i); });
  }
  threads.emplace_back([&] {
    for (int i = 0; !ended; ++i) {
      if (i % 3 == 0) shared.Replace({});
      shared.SetDown(i % 5 == 0);
      one.cache->stats();
      absl::SleepFor(absl::Milliseconds(3));
    }
  });
  // A machine that is busy with other tests, under a sanitizer, may take longer to do enough.
  const absl::Time at_least = absl::Now() + absl::Seconds(2), at_most = at_least + absl::Seconds(58);
  const auto is_enough = [&] {
    return reads > 1'000 && one.cache->stats().local.hits > 100U && other.cache->stats().shared_hits > 0U;
  };
  while (absl::Now() < at_least || (absl::Now() < at_most && !is_enough())) absl::SleepFor(absl::Milliseconds(20));
  ended = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(too_old, 0);
  EXPECT_GT(reads, 1'000);
  EXPECT_GT(one.cache->stats().local.hits, 100U);
  EXPECT_GT(other.cache->stats().shared_hits, 0U);
}

TEST(ReplyCacheConcurrencyTest, ACrowdOnAColdKeyMakesOneLoad) {
  Process process(nullptr);
  std::array<std::atomic<std::int64_t>, kResources> versions = {};
  process.versions = &versions;
  process.cache->OnTick({"store", 1, 0, {}, process.Now()});
  std::latch start(16);
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      start.arrive_and_wait();
      EXPECT_EQ(process.Read(0), 0);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(process.cache->stats().loads, 1U);
}

}  // namespace
}  // namespace communique::platform

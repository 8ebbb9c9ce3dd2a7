// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// The path of a warm read allocates nothing. This program counts what its threads allocate, so it stands alone.

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "services/platform/cache/reply_cache.h"

namespace {

thread_local int allocations = 0;

}  // namespace

// Not inlined: GCC would take malloc and operator delete for a pair that does not match.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  std::abort();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace communique::platform {
namespace {

TEST(ReplyCacheAllocationTest, AWarmReadAllocatesNothing) {
  const SystemClock clock;
  const SystemMonotonicClock monotonic;
  ReplyCache cache({}, {clock, clock, monotonic, [](absl::Time, ReplyCache::Work work) {
                          std::move(work)(absl::OkStatus());
                          return absl::OkStatus();
                        }});
  cache.OnTick({"store", 1, 0, {}, monotonic.NowNanos()});
  const std::string key = "get/newsrooms/a/releases/r/editions/de";
  cache.Get(
      {key, {Dependency::Within("newsrooms/a/releases/r"), Dependency::Exactly("newsrooms/a")}},
      [](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
        return ReplyCache::Loaded{"reply", "etag", absl::InfiniteFuture()};
      },
      [](const absl::StatusOr<ReplyCache::Hit>&) {});
  ASSERT_GT(allocations, 0);

  const int before = allocations;
  const auto hit = cache.TryGet(key, 1);
  const auto miss = cache.TryGet("another", 1);
  const int during = allocations - before;
  EXPECT_TRUE(hit.has_value());
  EXPECT_FALSE(miss.has_value());
  EXPECT_EQ(during, 0);
}

}  // namespace
}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/monotonic_clock.h"
#include "services/platform/cache/cache_feeder.h"
#include "services/platform/cache/redis_store.h"
#include "services/platform/cache/reply_cache.h"
#include "services/platform/changes/feed_tail.h"
#include "services/platform/concurrency/executor.h"
#include "services/platform/config/settings.h"
#include "services/platform/observability/log.h"
#include "services/platform/observability/metrics.h"

namespace communique::platform {

// The reply cache with its Redis, as the configuration says.
struct CacheOptions {
  ReplyCacheOptions replies;
  // Off: each process keeps its replies to itself.
  bool redis_enabled = false;
  RedisOptions redis;
};

// cache.*, redis.*.
void BindCache(Settings& settings, CacheOptions& options);

// The cache and what it needs around it. Ends after the executor of loads has been joined and after the last collection
// of the metrics, where it shows communique_cache_* and communique_redis_*.
class Cache {
 public:
  // `tail` has not been started; loads run on `loads`. What is passed by reference must outlive the cache.
  Cache(const CacheOptions& options, const Clock& clock, const MonotonicClock& monotonic_clock, FeedTail& tail,
        Executor& loads, Metrics& metrics, const Log& log);

  ReplyCache& replies() { return *replies_; }
  // ReplyCache::Forget. UNAVAILABLE (PEER_UNAVAILABLE, of "redis") when Redis has not confirmed it.
  absl::Status Forget(const std::vector<std::string>& keys);
  // Null when it is off.
  const RedisStore* redis() const { return redis_.get(); }

 private:
  std::unique_ptr<RedisStore> redis_;
  std::unique_ptr<ReplyCache> replies_;
  std::unique_ptr<CacheFeeder> feeder_;
};

}  // namespace communique::platform

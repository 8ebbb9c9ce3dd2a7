// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/assembly/cache.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/config/address.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

std::string_view BreakerWord(Breaker::State state) {
  switch (state) {
    case Breaker::State::kClosed:
      return "closed";
    case Breaker::State::kOpen:
      return "open";
    case Breaker::State::kHalfOpen:
      return "half_open";
  }
  return "unknown";
}

void ExportCache(Metrics& metrics, Cache& cache) {
  auto& reads = metrics.AddCounter("communique_cache_reads_total", "Reads of public replies, by outcome.", {"outcome"});
  auto& loads = metrics.AddCounter("communique_cache_loads_total", "Loads from the database, by outcome.", {"outcome"});
  auto& bytes = metrics.AddGauge("communique_cache_size_bytes", "What the kept replies take in this process.");
  auto& floors = metrics.AddGauge("communique_cache_floors", "Resources with a known newest change.");
  auto& mode = metrics.AddGauge("communique_cache_mode", "1 for the way in which replies are served now.", {"mode"});
  auto& breaker = metrics.AddGauge("communique_redis_breaker", "1 for the state of Redis' breaker.", {"state"});
  auto& redis =
      metrics.AddCounter("communique_redis_operations_total", "Operations on Redis, by outcome.", {"outcome"});
  metrics.BeforeCollect([&cache, &reads, &loads, &bytes, &floors, &mode, &breaker, &redis] {
    const auto count = [](MetricFamily<Counter>& family, std::string_view outcome, std::uint64_t now) {
      Follow(family.With({outcome}), static_cast<double>(now));
    };
    const ReplyCacheStats stats = cache.replies().stats();
    count(reads, "local_hit", stats.local.hits);
    count(reads, "shared_hit", stats.shared_hits);
    count(reads, "miss", stats.misses);
    count(reads, "bypassed", stats.bypassed);
    count(reads, "coalesced", stats.coalesced);
    count(reads, "served_stale", stats.served_stale);
    count(reads, "refused_by_floor", stats.local.refused_by_floor);
    count(reads, "refused_by_expiry", stats.local.refused_by_expiry);
    count(reads, "shared_refused", stats.shared_refused);
    count(loads, "begun", stats.loads);
    count(loads, "failed", stats.load_failures);
    count(loads, "overtaken", stats.loads_not_stored);
    bytes.With().Set(static_cast<double>(stats.local.bytes));
    floors.With().Set(static_cast<double>(stats.floors_raised));
    mode.With({"fresh"}).Set(stats.mode == Freshness::Mode::kFresh);
    mode.With({"bypass"}).Set(stats.mode == Freshness::Mode::kBypass);
    mode.With({"outage"}).Set(stats.mode == Freshness::Mode::kOutage);
    const RedisStats shared = cache.redis() == nullptr ? RedisStats() : cache.redis()->stats();
    for (const auto state : {Breaker::State::kClosed, Breaker::State::kOpen, Breaker::State::kHalfOpen}) {
      breaker.With({BreakerWord(state)}).Set(cache.redis() != nullptr && shared.breaker == state);
    }
    count(redis, "fetched", shared.fetched);
    count(redis, "not_found", shared.not_found);
    count(redis, "stored", shared.stored);
    count(redis, "removed", shared.removed);
    count(redis, "failed", shared.failures);
    count(redis, "refused", shared.refused);
    count(redis, "dropped", shared.dropped);
  });
}

}  // namespace

Cache::Cache(const CacheOptions& options, const Clock& clock, const MonotonicClock& monotonic_clock, FeedTail& tail,
             Executor& loads, Metrics& metrics, const Log& log) {
  if (options.redis_enabled) {
    redis_ = std::make_unique<RedisStore>(options.redis, [log](Breaker::State state, const std::string& cause) {
      if (state == Breaker::State::kClosed) {
        log.Info("Redis answers again");
      } else {
        log.Warning("Redis does not answer; replies are kept in this process alone", {{"cause", cause}});
      }
    });
  }
  replies_ = std::make_unique<ReplyCache>(
      options.replies, ReplyCache::Environment{.wall_clock = clock,
                                               .database_clock = tail.clock(),
                                               .monotonic_clock = monotonic_clock,
                                               .submit_load =
                                                   [&loads](absl::Time deadline, ReplyCache::Work work) {
                                                     return loads.Submit(deadline, std::move(work));
                                                   },
                                               .shared = redis_.get()});
  feeder_ = std::make_unique<CacheFeeder>(*replies_);
  tail.AddObserver(*feeder_);
  ExportCache(metrics, *this);
}

absl::Status Cache::Forget(const std::vector<std::string>& keys) {
  if (replies_->Forget(keys)) return absl::OkStatus();
  return Unavailable(Reason::ERROR_REASON_PEER_UNAVAILABLE,
                     "Redis, which may keep what is to be forgotten, does not answer; try again", absl::Seconds(1),
                     {{"peer", "redis"}});
}

void BindCache(Settings& settings, CacheOptions& options) {
  ReplyCacheOptions& replies = options.replies;
  settings.BindBytes("cache.max_bytes", &replies.local.max_bytes, {0, std::int64_t{64} << 30},
                     "Finished replies kept in this process, with what keeping them costs. 0 keeps none.");
  settings.Bind("cache.max_age", &replies.max_age, {absl::Seconds(1), absl::Hours(24)},
                "The longest life of a kept reply, changed or not.");
  settings.Bind("cache.load_timeout", &replies.load_timeout, {absl::Milliseconds(100), absl::Minutes(1)},
                "The longest that loading one reply from the database may take.");
  settings.Bind("cache.outage_grace", &replies.freshness.outage_grace, {absl::ZeroDuration(), absl::Hours(1)},
                "How long kept replies are served, flagged, while the database does not answer.");
  settings.Bind(
      "redis.enabled", &options.redis_enabled,
      "Whether replicas share their replies through Redis. It is a cache: nothing is lost with it, and nothing "
      "old comes out of it.");
  settings.BindAddress("redis.address", &options.redis.address, "Where Redis is.");
  settings.Bind("redis.username", &options.redis.username, "Whom to log in as. Empty: Redis' default user.");
  settings.BindSecret("redis.password", &options.redis.password, "The password. Empty: none is sent.");
  settings.Bind("redis.database", &options.redis.database, {0, 1'000'000}, "Which of its databases.");
  settings.Bind("redis.prefix", &options.redis.prefix, "Begins every key, so that installations can share one Redis.");
  settings.Bind("redis.connect_timeout", &options.redis.connect_timeout, {absl::Milliseconds(10), absl::Seconds(5)},
                "What opening a connection may cost.");
  settings.Bind("redis.command_timeout", &options.redis.command_timeout, {absl::Milliseconds(10), absl::Seconds(5)},
                "What asking it may cost a reader.");
  settings.Bind("redis.threads", &options.redis.threads, {1, 64}, "Threads, each with a connection.");
  settings.BindSecret("redis.signing_key", &replies.signing_key,
                      "Signs what is kept there, so that who can write to Redis cannot publish. The same for all "
                      "replicas. Needed where Redis is on another machine. Empty: not signed.");
  settings.Check("redis.signing_key", [&options, &replies] {
    const auto address = ParseAddress(options.redis.address);
    const bool here = !address.ok() || address->is_loopback();
    if (!options.redis_enabled || here || !replies.signing_key.empty()) return std::string();
    return absl::StrCat("is needed with Redis on another machine (redis.address ", options.redis.address,
                        "): whoever can write there could publish; give all replicas the same random text");
  });
}

}  // namespace communique::platform

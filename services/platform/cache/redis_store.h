// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "services/platform/base/monotonic_clock.h"
#include "services/platform/cache/breaker.h"
#include "services/platform/cache/redis_connection.h"
#include "services/platform/cache/redis_options.h"
#include "services/platform/cache/shared_store.h"
#include "services/platform/concurrency/mutex.h"

namespace communique::platform {

struct RedisStats {
  std::uint64_t fetched = 0;      // values found
  std::uint64_t not_found = 0;    // answered, nothing there
  std::uint64_t stored = 0;       // values written
  std::uint64_t removed = 0;      // keys taken out, whether there was a value or not
  std::uint64_t failures = 0;     // no connection, no answer in time, a broken one
  std::uint64_t refused = 0;      // Redis answered with an error: -OOM, -READONLY, -LOADING
  std::uint64_t dropped = 0;      // not asked: the queue was full, or the turn came too late
  std::uint64_t connections = 0;  // opened in all
  std::uint64_t queued = 0;       // waiting now
  Breaker::State breaker = Breaker::State::kClosed;
};

// Redis as a SharedStore. A few threads of its own, each with a connection, take what waits in one queue and send it in
// batches. Redis may be gone, slow, hanging, full, or read-only: then fetches come back empty within command_timeout,
// and after a few failures the breaker opens and nothing is asked any more until Redis has answered a probe. The
// threads also try idle connections, so the breaker opens within a second of a failure even when nobody asks. Starting
// needs no Redis.
class RedisStore final : public SharedStore {
 public:
  // `breaker_changed` hears, on one of the threads, that the breaker opened (with the cause) or closed: for the log.
  explicit RedisStore(RedisOptions options,
                      std::function<void(Breaker::State state, const std::string& cause)> breaker_changed = nullptr);
  // Answers what waits with nothing and ends the threads: takes no longer than one batch.
  ~RedisStore() override;

  bool Fetch(std::string key, Fetched fetched) override;
  void Store(std::string key, std::string value, absl::Duration ttl) override;
  bool Remove(std::string key, Removed removed) override;

  RedisStats stats() const;

 private:
  struct Operation {
    std::string key;
    Fetched fetched;  // a fetch when set
    Removed removed;  // a removal when set; else a store
    std::string value;
    absl::Duration ttl;
    std::int64_t queued_at = 0;
  };

  // The numbers of RedisStats that the threads count up.
  struct Counters {
    std::atomic<std::uint64_t> fetched{0}, not_found{0}, stored{0}, removed{0}, failures{0}, refused{0}, dropped{0},
        connections{0};
  };

  // What one thread owns.
  struct Worker {
    std::unique_ptr<RedisConnection> connection;
    std::int64_t next_check = 0;
  };

  bool Enqueue(Operation operation);
  void RunUntilStopped();
  // Takes what waits, or nothing when it is time to look after the connection. False when the store ends.
  bool WaitForWork(const Worker& worker, std::vector<Operation>& batch);
  void RunBatch(Worker& worker, std::vector<Operation>& batch);
  void CheckConnection(Worker& worker);
  bool Connect(Worker& worker);
  void Failed(Worker& worker, const std::string& cause);
  void Finish(Operation& operation, RedisReply reply);
  // Nobody asked Redis.
  void Drop(Operation& operation);

  const RedisOptions options_;
  const SystemMonotonicClock clock_;
  const std::function<void(Breaker::State, const std::string&)> breaker_changed_;
  Breaker breaker_;
  Counters counters_;

  mutable Mutex mutex_;
  Condition wake_;
  std::deque<Operation> queue_ ABSL_GUARDED_BY(mutex_);
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;

  std::vector<std::thread> threads_;
};

}  // namespace communique::platform

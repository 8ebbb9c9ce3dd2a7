// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/platform/base/clock.h"
#include "services/platform/concurrency/mutex.h"

namespace communique::platform {

struct ExecutorOptions {
  // What it is for ("db-read"): in thread names, metrics and errors.
  std::string name;
  // The configuration key that bounds it ("db_read.max_queued"), told to callers who are refused.
  std::string limit_key;
  // Fixed; at least 1.
  int threads = 1;
  // Work that may wait beyond what is running. 0 takes only what a free thread starts at once.
  std::size_t max_queued = 100;
  // The longest that work waits for its turn, whatever its own deadline says: a caller is better told to come back than
  // kept waiting behind a hung database.
  absl::Duration max_queue_time = absl::Seconds(5);
  // What refused callers are told to wait before they try again.
  absl::Duration retry_after = absl::Milliseconds(200);
};

// What an executor has done, for metrics. Read from any thread; outlives the executor for whoever holds the pointer.
struct ExecutorStats {
  std::atomic<std::int64_t> queued{0};       // waiting now
  std::atomic<std::int64_t> running{0};      // under way now
  std::atomic<std::int64_t> finished{0};     // has run
  std::atomic<std::int64_t> rejected{0};     // refused because the queue was full
  std::atomic<std::int64_t> expired{0};      // handed back because its time passed in the queue
  std::atomic<std::int64_t> queue_nanos{0};  // time that work has spent waiting, in all
};

// A bulkhead: a fixed number of threads with a bounded queue of its own, so that what is slow (a database, a Redis,
// hashing) can exhaust these threads and nothing else. gRPC's own threads never block: they submit here, and the work
// calls Finish.
//
// All methods may be called from any thread, except that work must not call Join on its own executor. Work runs in the
// order of submission. It must not throw: an exception ends the process (platform/rpc catches those of handlers).
class Executor {
 public:
  // Work that hears whether its turn came in time. `turn` is OK: run. Otherwise give `turn` to the caller as it is:
  //   DEADLINE_EXCEEDED            the caller's deadline passed in the queue
  //   RESOURCE_EXHAUSTED           it waited longer than max_queue_time
  //   UNAVAILABLE, SHUTTING_DOWN   Join gave up on it
  // Called exactly once if Submit returned OK, on one of the executor's threads or the one that joins it.
  using Work = absl::AnyInvocable<void(const absl::Status& turn) &&>;
  // Work that nobody waits for. Destroyed without a call where Work would be told an error.
  using Task = absl::AnyInvocable<void() &&>;

  // Starts the threads. `clock` must outlive the executor.
  Executor(ExecutorOptions options, const Clock& clock);
  // Join without patience: hands back what is queued, then waits for what is running.
  ~Executor();
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  // OK: the work will get its turn. RESOURCE_EXHAUSTED (OVERLOADED, with RetryInfo and metadata `limit`): the queue is
  // full. UNAVAILABLE (SHUTTING_DOWN): Join has been called. On an error the work is destroyed, never called.
  absl::Status Submit(absl::Time deadline, Work work);
  absl::Status Submit(Task task);

  // Refuses new work, lets what is queued and running finish, and ends the threads. After `timeout` (real time) what is
  // still queued is handed back, and DEADLINE_EXCEEDED says how much is still running; the threads then end with their
  // work. May be called again to wait longer.
  absl::Status Join(absl::Duration timeout);

  std::string_view name() const { return options_.name; }
  int threads() const { return options_.threads; }
  std::size_t max_queued() const { return options_.max_queued; }
  std::shared_ptr<const ExecutorStats> stats() const { return stats_; }

 private:
  struct Entry {
    Work work;
    absl::Time submitted;
    absl::Time deadline;
  };

  void RunUntilClosed();
  absl::Status TurnOf(const Entry& entry, absl::Time now) const;
  void HandBackQueued();

  const ExecutorOptions options_;
  const Clock& clock_;
  const std::shared_ptr<ExecutorStats> stats_ = std::make_shared<ExecutorStats>();

  Mutex mutex_;
  Condition work_or_closed_;
  Condition thread_ended_;
  std::deque<Entry> queue_ ABSL_GUARDED_BY(mutex_);
  int idle_ ABSL_GUARDED_BY(mutex_) = 0;
  int alive_ ABSL_GUARDED_BY(mutex_) = 0;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;

  std::vector<std::thread> threads_;  // touched by the constructor and the destructor only
};

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/cache/redis_store.h"

#include <pthread.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/base/random.h"

namespace communique::platform {
namespace {

constexpr std::size_t kMaxBatch = 16;
constexpr std::int64_t kHalfOpenPoll = 20'000'000;

double RandomFraction() {
  std::uint32_t bits;
  std::memcpy(&bits, RandomBytes(sizeof bits).data(), sizeof bits);
  return bits / 4294967296.0;
}

void BlockSigpipe() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace

RedisStore::RedisStore(RedisOptions options, std::function<void(Breaker::State, const std::string&)> breaker_changed)
    : options_(std::move(options)),
      breaker_changed_(std::move(breaker_changed)),
      breaker_(options_.breaker, RandomFraction) {
  for (int i = 0; i < std::max(options_.threads, 1); ++i) threads_.emplace_back([this] { RunUntilStopped(); });
}

RedisStore::~RedisStore() {
  {
    const MutexLock lock(mutex_);
    stopped_ = true;
  }
  wake_.NotifyAll();
  for (std::thread& thread : threads_) thread.join();
  for (Operation& operation : queue_) Drop(operation);
}

bool RedisStore::Fetch(std::string key, Fetched fetched) {
  Operation operation;
  operation.key = std::move(key);
  operation.fetched = std::move(fetched);
  return Enqueue(std::move(operation));
}

void RedisStore::Store(std::string key, std::string value, absl::Duration ttl) {
  if (value.size() > options_.max_value_bytes || ttl < absl::Milliseconds(1)) return;
  Operation operation;
  operation.key = std::move(key);
  operation.value = std::move(value);
  operation.ttl = ttl;
  Enqueue(std::move(operation));
}

bool RedisStore::Remove(std::string key, Removed removed) {
  Operation operation;
  operation.key = std::move(key);
  operation.removed = std::move(removed);
  return Enqueue(std::move(operation));
}

bool RedisStore::Enqueue(Operation operation) {
  if (!breaker_.closed()) return false;
  operation.key = absl::StrCat(options_.prefix, ":", operation.key);
  operation.queued_at = clock_.NowNanos();
  {
    const MutexLock lock(mutex_);
    if (stopped_) return false;
    if (queue_.size() >= options_.max_queued) {
      counters_.dropped.fetch_add(1, std::memory_order_relaxed);
      return false;
    }
    queue_.push_back(std::move(operation));
  }
  wake_.NotifyOne();
  return true;
}

void RedisStore::RunUntilStopped() {
  BlockSigpipe();
  Worker worker;
  std::vector<Operation> batch;
  while (WaitForWork(worker, batch)) {
    if (batch.empty()) {
      CheckConnection(worker);
    } else {
      RunBatch(worker, batch);
      batch.clear();
    }
  }
}

bool RedisStore::WaitForWork(const Worker& worker, std::vector<Operation>& batch) {
  const MutexLock lock(mutex_);
  while (!stopped_ && queue_.empty()) {
    const std::int64_t now = clock_.NowNanos();
    std::int64_t check = worker.next_check;
    if (breaker_.state() == Breaker::State::kOpen) check = breaker_.next_probe();
    if (breaker_.state() == Breaker::State::kHalfOpen) check = now + kHalfOpenPoll;
    if (check <= now) return true;
    wake_.WaitUntil(mutex_, std::chrono::steady_clock::now() + std::chrono::nanoseconds(check - now));
  }
  if (stopped_) return false;
  while (!queue_.empty() && batch.size() < kMaxBatch) {
    batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return true;
}

void RedisStore::RunBatch(Worker& worker, std::vector<Operation>& batch) {
  const std::int64_t oldest = clock_.NowNanos() - absl::ToInt64Nanoseconds(options_.command_timeout);
  const auto late = std::stable_partition(batch.begin(), batch.end(),
                                          [&](const Operation& operation) { return operation.queued_at >= oldest; });
  std::for_each(late, batch.end(), [&](Operation& operation) { Drop(operation); });
  batch.erase(late, batch.end());
  if (!breaker_.closed() || !Connect(worker)) {
    for (Operation& operation : batch) Drop(operation);
    return;
  }

  const std::string last_byte = absl::StrCat(options_.max_value_bytes - 1);
  std::vector<std::string> ttls(batch.size());
  std::vector<RedisConnection::Command> commands;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (batch[i].fetched) {
      // Not GET: whatever lies there, no more than this is read into memory.
      commands.push_back({"GETRANGE", batch[i].key, "0", last_byte});
    } else if (batch[i].removed) {
      commands.push_back({"DEL", batch[i].key});
    } else {
      ttls[i] = absl::StrCat(absl::ToInt64Milliseconds(batch[i].ttl));
      commands.push_back({"SET", batch[i].key, batch[i].value, "PX", ttls[i]});
    }
  }
  std::size_t answered = 0;
  const bool complete = worker.connection->Run(commands, [&](std::size_t i, RedisReply reply) {
    Finish(batch[i], std::move(reply));
    answered = i + 1;
  });
  if (complete) {
    breaker_.OnSuccess();
    worker.next_check = clock_.NowNanos() + absl::ToInt64Nanoseconds(options_.idle_check);
  } else {
    // The breaker first: whoever is answered now and asks again must not queue here.
    const std::string cause = worker.connection->error();
    Failed(worker, cause);
    for (std::size_t i = answered; i < batch.size(); ++i) Drop(batch[i]);
  }
}

void RedisStore::CheckConnection(Worker& worker) {
  if (!breaker_.closed()) {
    if (!breaker_.TakeProbe(clock_.NowNanos())) return;
    worker.connection.reset();
    // Connecting asks for a PONG.
    if (!Connect(worker)) return;
    breaker_.OnSuccess();
    if (breaker_changed_) breaker_changed_(Breaker::State::kClosed, "");
    return;
  }
  if (worker.connection == nullptr) {
    // Does not count as a success: a Redis that lets us in and then fails every command must open the breaker.
    Connect(worker);
    return;
  }
  const RedisConnection::Command ping = {"PING"};
  if (!worker.connection->Run({&ping, 1}, [](std::size_t, const RedisReply&) {})) {
    const std::string cause = worker.connection->error();
    return Failed(worker, cause);
  }
  breaker_.OnSuccess();
  worker.next_check = clock_.NowNanos() + absl::ToInt64Nanoseconds(options_.idle_check);
}

bool RedisStore::Connect(Worker& worker) {
  if (worker.connection != nullptr) return true;
  std::string error;
  worker.connection = RedisConnection::Open(options_, error);
  if (worker.connection == nullptr) {
    Failed(worker, error);
    return false;
  }
  counters_.connections.fetch_add(1, std::memory_order_relaxed);
  worker.next_check = clock_.NowNanos() + absl::ToInt64Nanoseconds(options_.idle_check);
  return true;
}

void RedisStore::Failed(Worker& worker, const std::string& cause) {
  worker.connection.reset();
  // At once: if Redis is gone, that should be known before somebody asks it.
  worker.next_check = 0;
  counters_.failures.fetch_add(1, std::memory_order_relaxed);
  if (breaker_.OnFailure(clock_.NowNanos()) && breaker_changed_) breaker_changed_(Breaker::State::kOpen, cause);
}

void RedisStore::Finish(Operation& operation, RedisReply reply) {
  const auto count = [](std::atomic<std::uint64_t>& counter) { counter.fetch_add(1, std::memory_order_relaxed); };
  if (reply.type == RedisReply::Type::kError) count(counters_.refused);
  if (operation.removed) {
    const bool removed = reply.type == RedisReply::Type::kInteger;
    if (removed) count(counters_.removed);
    std::move(operation.removed)(removed);
    return;
  }
  if (!operation.fetched) {
    if (reply.type == RedisReply::Type::kStatus) count(counters_.stored);
    return;
  }
  // GETRANGE answers with an empty string where there is nothing.
  const bool found = reply.type == RedisReply::Type::kString && !reply.text.empty();
  count(found ? counters_.fetched : counters_.not_found);
  std::move(operation.fetched)(found ? std::optional(std::move(reply.text)) : std::nullopt);
}

void RedisStore::Drop(Operation& operation) {
  counters_.dropped.fetch_add(1, std::memory_order_relaxed);
  if (operation.fetched) std::move(operation.fetched)(std::nullopt);
  if (operation.removed) std::move(operation.removed)(false);
}

RedisStats RedisStore::stats() const {
  RedisStats stats;
  stats.fetched = counters_.fetched.load(std::memory_order_relaxed);
  stats.not_found = counters_.not_found.load(std::memory_order_relaxed);
  stats.stored = counters_.stored.load(std::memory_order_relaxed);
  stats.removed = counters_.removed.load(std::memory_order_relaxed);
  stats.failures = counters_.failures.load(std::memory_order_relaxed);
  stats.refused = counters_.refused.load(std::memory_order_relaxed);
  stats.dropped = counters_.dropped.load(std::memory_order_relaxed);
  stats.connections = counters_.connections.load(std::memory_order_relaxed);
  stats.breaker = breaker_.state();
  const MutexLock lock(mutex_);
  stats.queued = queue_.size();
  return stats;
}

}  // namespace communique::platform

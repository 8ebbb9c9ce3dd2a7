// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/session_pool.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

// How long the end of the pool waits for a connection that is being opened; not beyond the watchdog's end.
constexpr absl::Duration kEndOfOpening = absl::Seconds(1);

struct Idle {
  std::unique_ptr<Connection> connection;
  absl::Time since;
};

}  // namespace

struct SessionPool::State {
  State(SessionPoolOptions pool_options, Opener opener) : options(pool_options), open(std::move(opener)) {}

  // The opening thread.
  void Run() {
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [&] { return ending || wanted > 0; });
      if (ending) break;
      --wanted;
      lock.unlock();
      auto connection = open();
      lock.lock();
      if (connection.ok()) {
        idle.push_back({*std::move(connection), absl::Now()});
        changed.notify_all();
        continue;
      }
      --opened;
      ++failures;
      last_failure = connection.status();
      changed.notify_all();
      changed.wait_for(lock, absl::ToChronoNanoseconds(options.reopen_after), [&] { return ending; });
    }
    ended = true;
    changed.notify_all();
  }

  const SessionPoolOptions options;
  const Opener open;
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<Idle> idle;  // the most recently used last
  int opened = 0;          // idle, leased and being opened
  int leased = 0;
  int wanted = 0;  // to be opened
  std::int64_t failures = 0;
  absl::Status last_failure;
  // Connections that were idle before this broke with the one that was found broken: a restart ends them all.
  absl::Time suspect_before = absl::InfinitePast();
  bool ending = false;
  bool ended = false;
};

SessionPool::Lease::Lease(SessionPool* pool, std::unique_ptr<Connection> connection, absl::Time deadline)
    : pool_(pool),
      connection_(std::move(connection)),
      watch_(std::make_unique<Watchdog::Watch>(pool->watchdog_, *connection_, deadline)) {}

SessionPool::Lease::~Lease() {
  if (connection_ == nullptr) return;
  connection_->Rollback();
  watch_.reset();
  pool_->Return(std::move(connection_));
}

SessionPool::SessionPool(SessionPoolOptions options, Opener open, Watchdog& watchdog)
    : options_(options), watchdog_(watchdog), state_(std::make_shared<State>(options, std::move(open))) {
  std::thread([state = state_] { state->Run(); }).detach();
}

SessionPool::~SessionPool() {
  std::unique_lock lock(state_->mutex);
  state_->ending = true;
  state_->changed.notify_all();
  const absl::Time until = std::min(absl::Now() + kEndOfOpening, watchdog_.end());
  state_->changed.wait_until(lock, absl::ToChronoTime(until), [&] { return state_->ended; });
  std::vector<Idle> idle = std::move(state_->idle);
  lock.unlock();
}

absl::StatusOr<SessionPool::Lease> SessionPool::TryLease(absl::Time deadline) {
  State& state = *state_;
  std::unique_lock lock(state.mutex);
  const std::int64_t failures = state.failures;
  bool wanted = false;
  while (true) {
    while (!state.idle.empty()) {
      Idle idle = std::move(state.idle.back());
      state.idle.pop_back();
      ++state.leased;
      const absl::Time now = absl::Now();
      const bool stale = now - idle.since > options_.ping_after || idle.since < state.suspect_before;
      lock.unlock();
      Lease lease(this, std::move(idle.connection), deadline);
      if (!stale || lease.connection().Ping()) return lease;
      { const Lease broken = std::move(lease); }
      lock.lock();
    }
    if (state.failures != failures && state.leased == 0) return state.last_failure;
    if (!wanted && state.opened < options_.size) {
      ++state.opened;
      ++state.wanted;
      wanted = true;
      state.changed.notify_all();
    }
    const absl::Time until = std::min(deadline, watchdog_.end());
    if (absl::Now() >= until) break;
    state.changed.wait_until(lock, absl::ToChronoTime(until));
  }
  if (state.leased < options_.size) {
    return Unavailable(Reason::ERROR_REASON_DATABASE_UNAVAILABLE,
                       "no connection to the database could be opened in time; nothing was changed", absl::Seconds(1));
  }
  return Exhausted(Reason::ERROR_REASON_OVERLOADED, "all connections to the database are in use; nothing was changed",
                   absl::Seconds(1));
}

void SessionPool::Return(std::unique_ptr<Connection> connection) {
  const bool usable = connection->usable();
  if (!usable) connection.reset();  // before the lock: closing talks to the network
  const std::lock_guard lock(state_->mutex);
  --state_->leased;
  if (usable) {
    state_->idle.push_back({std::move(connection), absl::Now()});
  } else {
    --state_->opened;
    state_->suspect_before = absl::Now();
  }
  state_->changed.notify_all();
}

void SessionPool::Wake() {
  const std::lock_guard lock(state_->mutex);
  state_->changed.notify_all();
}

int SessionPool::open_connections() const {
  const std::lock_guard lock(state_->mutex);
  return state_->opened;
}

int SessionPool::leased_connections() const {
  const std::lock_guard lock(state_->mutex);
  return state_->leased;
}

}  // namespace communique::platform

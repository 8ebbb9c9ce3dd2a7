// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/concurrency/executor.h"

#include <pthread.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

absl::Status ShuttingDown(const ExecutorOptions& options) {
  return Unavailable(Reason::ERROR_REASON_SHUTTING_DOWN, "the server is shutting down; another one will answer",
                     options.retry_after);
}

absl::Status Overloaded(const ExecutorOptions& options, std::string_view what) {
  return Exhausted(Reason::ERROR_REASON_OVERLOADED, what, options.retry_after, {{"limit", options.limit_key}});
}

}  // namespace

Executor::Executor(ExecutorOptions options, const Clock& clock) : options_(std::move(options)), clock_(clock) {
  const int threads = std::max(1, options_.threads);
  {
    const MutexLock lock(mutex_);
    alive_ = threads;
  }
  threads_.reserve(static_cast<std::size_t>(threads));
  for (int i = 0; i < threads; ++i) {
    std::thread& thread = threads_.emplace_back([this] { RunUntilClosed(); });
    // The kernel keeps 15 characters.
    const std::string name = absl::StrCat(options_.name.substr(0, 12), "/", i);
    pthread_setname_np(thread.native_handle(), name.substr(0, 15).c_str());
  }
}

Executor::~Executor() {
  Join(absl::ZeroDuration()).IgnoreError();
  for (std::thread& thread : threads_) thread.join();
}

absl::Status Executor::Submit(absl::Time deadline, Work work) {
  const absl::Time now = clock_.Now();
  {
    const MutexLock lock(mutex_);
    if (closed_) return ShuttingDown(options_);
    // An idle thread that has not woken up yet will take one entry each, so those do not count against the bound.
    if (queue_.size() >= options_.max_queued + static_cast<std::size_t>(idle_)) {
      stats_->rejected.fetch_add(1, std::memory_order_relaxed);
      return Overloaded(options_, absl::StrCat("too much work is waiting for ", options_.name, " (", queue_.size(),
                                               "); try again a little later"));
    }
    queue_.push_back({std::move(work), now, deadline});
    stats_->queued.store(static_cast<std::int64_t>(queue_.size()), std::memory_order_relaxed);
  }
  work_or_closed_.NotifyOne();
  return absl::OkStatus();
}

absl::Status Executor::Submit(Task task) {
  return Submit(absl::InfiniteFuture(), [task = std::move(task)](const absl::Status& turn) mutable {
    if (turn.ok()) std::move(task)();
  });
}

absl::Status Executor::TurnOf(const Entry& entry, absl::Time now) const {
  if (now >= entry.deadline) {
    return MakeError(
        absl::StatusCode::kDeadlineExceeded, Reason::ERROR_REASON_DEADLINE_EXCEEDED,
        absl::StrCat("the deadline passed while the call waited for ", options_.name, "; nothing was read or changed"));
  }
  if (now - entry.submitted > options_.max_queue_time) {
    return Overloaded(
        options_, absl::StrCat("the call waited longer than ", absl::FormatDuration(options_.max_queue_time), " for ",
                               options_.name, "; nothing was read or changed; try again a little later"));
  }
  return absl::OkStatus();
}

void Executor::RunUntilClosed() {
  mutex_.Lock();
  for (;;) {
    while (queue_.empty() && !closed_) {
      ++idle_;
      work_or_closed_.Wait(mutex_);
      --idle_;
    }
    if (queue_.empty()) break;
    Entry entry = std::move(queue_.front());
    queue_.pop_front();
    stats_->queued.store(static_cast<std::int64_t>(queue_.size()), std::memory_order_relaxed);
    stats_->running.fetch_add(1, std::memory_order_relaxed);
    mutex_.Unlock();

    const absl::Time now = clock_.Now();
    stats_->queue_nanos.fetch_add(std::max<std::int64_t>(0, absl::ToInt64Nanoseconds(now - entry.submitted)),
                                  std::memory_order_relaxed);
    const absl::Status turn = TurnOf(entry, now);
    std::move(entry.work)(turn);
    // What the work holds (a call, a lease) is released before the books say that it is done.
    entry.work = nullptr;
    (turn.ok() ? stats_->finished : stats_->expired).fetch_add(1, std::memory_order_relaxed);
    stats_->running.fetch_sub(1, std::memory_order_relaxed);

    mutex_.Lock();
  }
  --alive_;
  thread_ended_.NotifyAll();
  mutex_.Unlock();
}

void Executor::HandBackQueued() {
  std::deque<Entry> abandoned;
  {
    const MutexLock lock(mutex_);
    abandoned.swap(queue_);
    stats_->queued.store(0, std::memory_order_relaxed);
  }
  for (Entry& entry : abandoned) {
    stats_->expired.fetch_add(1, std::memory_order_relaxed);
    std::move(entry.work)(ShuttingDown(options_));
    entry.work = nullptr;
  }
}

absl::Status Executor::Join(absl::Duration timeout) {
  const auto patience = std::clamp(timeout, absl::ZeroDuration(), absl::Hours(24));
  const auto until = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(patience);
  int still_running = 0;
  {
    const MutexLock lock(mutex_);
    closed_ = true;
    work_or_closed_.NotifyAll();
    while (alive_ > 0 && thread_ended_.WaitUntil(mutex_, until)) {
    }
    still_running = alive_;
  }
  HandBackQueued();
  if (still_running == 0) return absl::OkStatus();
  return MakeError(
      absl::StatusCode::kDeadlineExceeded, Reason::ERROR_REASON_DEADLINE_EXCEEDED,
      absl::StrCat(options_.name, ": ", still_running, " threads still at work after ", absl::FormatDuration(timeout)));
}

}  // namespace communique::platform

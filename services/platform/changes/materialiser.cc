// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/changes/materialiser.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/time/clock.h"

namespace communique::platform {
namespace {

// The shortest pause: changes come in bursts, and one look serves many of them.
constexpr absl::Duration kLeastPause = absl::Milliseconds(5);

// Who did it, in the feed: nobody.
constexpr char kActor[] = "";

}  // namespace

Materialiser::Materialiser(Database& database, const Clock& clock, Announcer& announcer, FeedTail& tail,
                           const MaterialiserOptions& options, std::function<void(absl::Duration)> on_lateness)
    : database_(database),
      clock_(clock),
      announcer_(announcer),
      tail_(tail),
      options_(options),
      on_lateness_(std::move(on_lateness)) {}

Materialiser::~Materialiser() { Stop(); }

void Materialiser::Start() {
  thread_ = std::thread([this] { RunUntilStopped(); });
}

void Materialiser::Stop() {
  {
    const MutexLock lock(mutex_);
    stopped_ = true;
  }
  changed_.NotifyAll();
  if (thread_.joinable()) thread_.join();
}

void Materialiser::Hint() {
  {
    const MutexLock lock(mutex_);
    if (hinted_) return;
    hinted_ = true;
  }
  changed_.NotifyAll();
}

void Materialiser::OnTick(const FeedTick& tick) {
  if (!tick.internal.entries.empty()) Hint();
}

void Materialiser::RunUntilStopped() {
  while (true) {
    const auto next_due = RunOnce();
    absl::Duration pause = options_.poll;
    if (next_due.ok()) pause = std::clamp(*next_due - clock_.Now(), kLeastPause, options_.poll);
    const auto now = std::chrono::steady_clock::now();
    const auto shortest = now + absl::ToChronoNanoseconds(kLeastPause);
    const auto longest = now + absl::ToChronoNanoseconds(pause);
    const MutexLock lock(mutex_);
    while (!stopped_ && std::chrono::steady_clock::now() < shortest) changed_.WaitUntil(mutex_, shortest);
    while (!stopped_ && !hinted_ && std::chrono::steady_clock::now() < longest) changed_.WaitUntil(mutex_, longest);
    if (stopped_) return;
    hinted_ = false;
  }
}

absl::StatusOr<absl::Time> Materialiser::RunOnce() {
  while (true) {
    const auto next_due = NextDue();
    if (!next_due.ok() || *next_due > clock_.Now()) {
      if (!next_due.ok()) failures_.fetch_add(1, std::memory_order_relaxed);
      return next_due;
    }
    const auto rows = AnnounceBatch();
    if (!rows.ok()) {
      failures_.fetch_add(1, std::memory_order_relaxed);
      return rows.status();
    }
    // Another replica was quicker with all of them, or is about to be: there is no use in racing it.
    if (*rows == 0) return clock_.Now();
    const MutexLock lock(mutex_);
    if (stopped_) return clock_.Now();
  }
}

absl::StatusOr<absl::Time> Materialiser::NextDue() {
  absl::Time next_due = absl::InfiniteFuture();
  const absl::Status status = database_.Read(absl::Now() + options_.timeout, [&](Session& session) -> absl::Status {
    const auto next = announcer_.NextDue(session);
    if (next.ok()) next_due = *next;
    return next.status();
  });
  if (!status.ok()) return status;
  return next_due;
}

absl::StatusOr<int> Materialiser::AnnounceBatch() {
  Announcer::Announced announced;
  absl::Time now;
  const absl::Status status = database_.Write(absl::Now() + options_.timeout, [&](Session& session) -> absl::Status {
    now = clock_.Now();
    auto marked = announcer_.Announce(session, now, options_.batch);
    if (!marked.ok()) return marked.status();
    announced = *std::move(marked);
    return AppendChanges(session, {kActor, "", now}, {announced.changes, announced.changes}).status();
  });
  if (!status.ok()) return status;
  if (announced.rows == 0) return 0;
  tail_.Hint();
  announced_.fetch_add(static_cast<std::uint64_t>(announced.rows), std::memory_order_relaxed);
  transactions_.fetch_add(1, std::memory_order_relaxed);
  const absl::Duration lateness = now - announced.first_due;
  last_lateness_.store(absl::ToInt64Nanoseconds(lateness), std::memory_order_relaxed);
  if (on_lateness_) on_lateness_(lateness);
  return announced.rows;
}

MaterialiserStats Materialiser::stats() const {
  MaterialiserStats stats;
  stats.announced = announced_.load(std::memory_order_relaxed);
  stats.transactions = transactions_.load(std::memory_order_relaxed);
  stats.failures = failures_.load(std::memory_order_relaxed);
  stats.last_lateness = absl::Nanoseconds(last_lateness_.load(std::memory_order_relaxed));
  return stats;
}

}  // namespace communique::platform

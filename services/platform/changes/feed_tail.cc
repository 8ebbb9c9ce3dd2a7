// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/changes/feed_tail.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include "absl/time/clock.h"
#include "services/platform/changes/feed_token.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

std::chrono::steady_clock::time_point After(absl::Duration wait) {
  return std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(wait);
}

}  // namespace

FeedTail::FeedTail(Database& database, const FeedTailOptions& options, const Clock& machine_clock,
                   const MonotonicClock& monotonic_clock)
    : database_(database),
      options_(options),
      machine_clock_(machine_clock),
      monotonic_clock_(monotonic_clock),
      clock_(monotonic_clock) {}

FeedTail::~FeedTail() { Stop(); }

void FeedTail::AddObserver(FeedObserver& observer) { observers_.push_back(&observer); }

void FeedTail::Start() {
  thread_ = std::thread([this] { RunUntilStopped(); });
}

void FeedTail::Stop() {
  {
    const MutexLock lock(mutex_);
    stopped_ = true;
  }
  changed_.NotifyAll();
  if (thread_.joinable()) thread_.join();
}

void FeedTail::Hint() {
  {
    const MutexLock lock(mutex_);
    if (hinted_) return;
    hinted_ = true;
  }
  changed_.NotifyAll();
}

absl::Status FeedTail::WaitForTick(absl::Duration timeout) {
  const auto until = After(timeout);
  const std::int64_t asked = monotonic_clock_.NowNanos();
  Hint();
  const MutexLock lock(mutex_);
  while (last_started_ < asked && !stopped_) {
    if (!changed_.WaitUntil(mutex_, until) && last_started_ < asked) break;
  }
  if (last_started_ >= asked) return absl::OkStatus();
  return Unavailable(Reason::ERROR_REASON_DATABASE_UNAVAILABLE, "the change feed cannot be read; nothing was changed",
                     absl::Seconds(1));
}

void FeedTail::RunUntilStopped() {
  while (true) {
    // A failure has been told to the observers.
    (void)Tick();
    const auto longest = After(options_.tick);
    const auto shortest = After(options_.least_pause);
    const MutexLock lock(mutex_);
    while (!stopped_ && std::chrono::steady_clock::now() < shortest) changed_.WaitUntil(mutex_, shortest);
    while (!stopped_ && !hinted_ && std::chrono::steady_clock::now() < longest) changed_.WaitUntil(mutex_, longest);
    if (stopped_) return;
    hinted_ = false;
  }
}

absl::Status FeedTail::Tick() {
  FeedTick tick;
  const absl::Status status = Read(tick);
  if (!status.ok()) {
    failures_.fetch_add(1, std::memory_order_relaxed);
    for (FeedObserver* observer : observers_) observer->OnTickFailed(status);
    return status;
  }
  for (FeedObserver* observer : observers_) observer->OnTick(tick);
  ticks_.fetch_add(1, std::memory_order_relaxed);
  {
    const MutexLock lock(mutex_);
    store_id_ = tick.store_id;
    internal_head_ = tick.internal.head.position;
    public_head_ = tick.made_public.head.position;
    last_started_ = tick.started;
  }
  changed_.NotifyAll();
  return absl::OkStatus();
}

absl::Status FeedTail::Read(FeedTick& tick) {
  std::string known_store;
  FeedPosition known_internal = 0, known_public = 0;
  {
    const MutexLock lock(mutex_);
    known_store = store_id_;
    known_internal = internal_head_;
    known_public = public_head_;
  }
  const std::int64_t started = monotonic_clock_.NowNanos();
  return database_.Read(absl::Now() + options_.timeout, [&](Session& session) -> absl::Status {
    tick = {};
    tick.started = started;
    if (auto status = ReadClock(session); !status.ok()) return status;
    const auto heads = ReadFeedHeads(session);
    if (!heads.ok()) return heads.status();
    tick.store_id = heads->store_id;
    tick.new_store = !known_store.empty() && known_store != heads->store_id;
    tick.internal.head = heads->internal;
    tick.made_public.head = heads->made_public;
    const bool known = known_store == heads->store_id;
    if (auto status = ReadNews(session, Feed::kInternal, known ? known_internal : 0, tick.internal); !status.ok()) {
      return status;
    }
    return ReadNews(session, Feed::kPublic, known ? known_public : 0, tick.made_public);
  });
}

absl::Status FeedTail::ReadClock(Session& session) {
  const std::int64_t asked = monotonic_clock_.NowNanos();
  if (session.engine() == Engine::kSqlite) {
    // The file is on this machine, and so is its clock.
    clock_.Observe(machine_clock_.Now(), asked, asked);
    return absl::OkStatus();
  }
  const auto rows = session.Query("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)");
  if (!rows.ok()) return rows.status();
  clock_.Observe(absl::FromUnixMicros((*rows)[0].Int(0)), asked, monotonic_clock_.NowNanos());
  return absl::OkStatus();
}

absl::Status FeedTail::ReadNews(Session& session, Feed feed, FeedPosition known, FeedTick::Progress& progress) const {
  const FeedPosition head = progress.head.position;
  const auto history = static_cast<FeedPosition>(options_.history);
  // Not what has been trimmed, and, where the feed went back, nothing that it said before.
  const FeedPosition after = std::max({known <= head ? known : head, head - history, progress.head.trimmed});
  progress.complete_after = after;
  if (after >= head) {
    progress.complete_after = head;
    return absl::OkStatus();
  }
  auto entries = ReadFeedEntries(session, feed, after, head, options_.history);
  if (!entries.ok()) return entries.status();
  // There is no gap unless somebody has removed entries by hand; then what follows the last gap is what is known.
  FeedPosition expected = head;
  auto first = entries->end();
  while (first != entries->begin() && (*std::prev(first))->position == expected) --first, --expected;
  progress.complete_after = expected;
  progress.entries.assign(std::make_move_iterator(first), std::make_move_iterator(entries->end()));
  return absl::OkStatus();
}

std::string FeedTail::store_id() const {
  const MutexLock lock(mutex_);
  return store_id_;
}

FeedPosition FeedTail::head(Feed feed) const {
  const MutexLock lock(mutex_);
  return feed == Feed::kInternal ? internal_head_ : public_head_;
}

std::string FeedTail::TokenFor(Feed feed, FeedPosition position) const {
  return EncodeFeedToken({store_id(), feed, position});
}

FeedTailStats FeedTail::stats() const {
  FeedTailStats stats;
  stats.ticks = ticks_.load(std::memory_order_relaxed);
  stats.failures = failures_.load(std::memory_order_relaxed);
  stats.clock_offset = clock_.Now() - machine_clock_.Now();
  const MutexLock lock(mutex_);
  stats.internal_head = internal_head_;
  stats.public_head = public_head_;
  stats.age =
      last_started_ < 0 ? absl::InfiniteDuration() : absl::Nanoseconds(monotonic_clock_.NowNanos() - last_started_);
  return stats;
}

}  // namespace communique::platform

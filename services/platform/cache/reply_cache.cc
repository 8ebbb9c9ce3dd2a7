// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/cache/reply_cache.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/cache/reply_codec.h"

namespace communique::platform {
namespace {

using Mode = Freshness::Mode;

void Count(std::atomic<std::uint64_t>& counter) { counter.fetch_add(1, std::memory_order_relaxed); }

// What a load's outcome says about the database. Errors that our own limits make say nothing.
bool DatabaseAnswered(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kOutOfRange:
    case absl::StatusCode::kPermissionDenied:
      return true;
    default:
      return false;
  }
}

bool DatabaseSilent(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable || status.code() == absl::StatusCode::kDeadlineExceeded;
}

}  // namespace

ReplyCache::ReplyCache(ReplyCacheOptions options, Environment environment)
    : options_(std::move(options)),
      environment_(std::move(environment)),
      floors_(options_.floor_slots),
      freshness_(options_.freshness),
      local_(options_.local, floors_) {}

ReplyCache::~ReplyCache() {
  const MutexLock lock(mutex_);
  while (in_the_air_ > 0) landed_.Wait(mutex_);
}

std::optional<ReplyCache::Hit> ReplyCache::TryGet(std::string_view key, FeedPosition at_least) {
  const std::int64_t now = environment_.monotonic_clock.NowNanos();
  const Mode mode = freshness_.ModeAt(now);
  // Left to Get, which sends one reader to the database.
  if (mode == Mode::kOutage && freshness_.ProbeDue(now)) return std::nullopt;
  return FindLocal(key, at_least, mode, now);
}

void ReplyCache::Get(Request request, Loader loader, Done done) {
  const std::int64_t now = environment_.monotonic_clock.NowNanos();
  const Mode mode = freshness_.ModeAt(now);
  const bool probe = mode == Mode::kOutage && freshness_.TakeProbe(now);
  if (!probe) {
    if (std::optional<Hit> hit = FindLocal(request.key, request.at_least, mode, now)) {
      std::move(done)(*std::move(hit));
      return;
    }
  }
  Count(counters_.misses);
  if (mode == Mode::kBypass) Count(counters_.bypassed);

  absl::Duration patience = options_.freshness.max_tick_age;
  // Where silence is to be told from slowness, questions must go on.
  if (mode != Mode::kFresh) patience = options_.freshness.probe_interval;
  if (probe) patience = absl::ZeroDuration();
  const FlightPtr flight = Board(std::move(request), std::move(loader), std::move(done), now, patience);
  if (flight == nullptr) return;
  if (mode == Mode::kBypass || probe || !AskShared(flight)) StartLoad(flight);
}

void ReplyCache::OnTick(const CacheTick& tick) {
  {
    const MutexLock lock(mutex_);
    if (store_id_ != tick.store_id) {
      const bool first = store_id_.empty();
      store_id_ = tick.store_id;
      if (!first) {
        ++generation_;
        freshness_.Restart(tick.head);
        local_.Clear();
        floors_.Restart(tick.head);
        // The next tick makes it fresh: only then are the commits of this moment known again.
        return;
      }
    }
  }
  // What nobody tells us may have changed anything. A head that went back is a store that lost its newest commits:
  // their positions are given out again, and nothing is kept until they are all taken.
  const FeedPosition covered = freshness_.covered();
  if (tick.complete_after > covered) floors_.RaiseAll(tick.complete_after);
  if (tick.head < covered) floors_.RaiseAll(covered + 1);
  for (const CacheTick::Change& change : tick.changes) floors_.Raise(change.resource, change.position);
  freshness_.OnTick(tick.head, tick.started);
  if (tick.started - last_sweep_ >= absl::ToInt64Nanoseconds(kSweepInterval)) {
    last_sweep_ = tick.started;
    local_.Sweep(environment_.database_clock.Now());
  }
}

void ReplyCache::OnCommit(std::string_view resource, FeedPosition position) { floors_.Raise(resource, position); }

bool ReplyCache::Forget(std::span<const std::string> keys) {
  for (const std::string& key : keys) local_.Remove(key);
  if (environment_.shared == nullptr) return true;
  // So many that a queue of commands takes them beside those of readers.
  constexpr std::size_t kKeysAtOnce = 64;
  while (!keys.empty()) {
    const std::size_t now = std::min(keys.size(), kKeysAtOnce);
    if (!RemoveShared(keys.first(now))) return false;
    keys = keys.subspan(now);
  }
  return true;
}

bool ReplyCache::RemoveShared(std::span<const std::string> keys) {
  std::vector<std::string> shared_keys;
  {
    const MutexLock lock(mutex_);
    if (store_id_.empty()) return false;
    for (const std::string& key : keys) shared_keys.push_back(SharedKey(key));
  }
  Mutex mutex;
  Condition answered;
  std::size_t waiting = 0;
  bool all = true;
  for (std::string& key : shared_keys) {
    {
      const MutexLock lock(mutex);
      ++waiting;
    }
    const bool asked = environment_.shared->Remove(std::move(key), [&](bool removed) {
      const MutexLock lock(mutex);
      all = all && removed;
      --waiting;
      answered.NotifyOne();
    });
    if (asked) continue;
    const MutexLock lock(mutex);
    all = false;
    --waiting;
  }
  const MutexLock lock(mutex);
  while (waiting > 0) answered.Wait(mutex);
  return all;
}

ReplyCacheStats ReplyCache::stats() const {
  const auto get = [](const std::atomic<std::uint64_t>& counter) { return counter.load(std::memory_order_relaxed); };
  const std::int64_t now = environment_.monotonic_clock.NowNanos();
  ReplyCacheStats stats;
  stats.local = local_.stats();
  stats.shared_hits = get(counters_.shared_hits);
  stats.shared_refused = get(counters_.shared_refused);
  stats.misses = get(counters_.misses);
  stats.bypassed = get(counters_.bypassed);
  stats.coalesced = get(counters_.coalesced);
  stats.served_stale = get(counters_.served_stale);
  stats.loads = get(counters_.loads);
  stats.load_failures = get(counters_.load_failures);
  stats.loads_not_stored = get(counters_.loads_not_stored);
  stats.loads_running = get(counters_.loads_running);
  stats.floors_raised = floors_.CountRaised();
  stats.mode = freshness_.ModeAt(now);
  stats.tick_age = freshness_.TickAge(now);
  return stats;
}

std::optional<ReplyCache::Hit> ReplyCache::FindLocal(std::string_view key, FeedPosition at_least, Mode mode,
                                                     std::int64_t now) {
  if (mode == Mode::kBypass) return std::nullopt;
  const bool covered = at_least <= freshness_.covered();
  std::shared_ptr<const StoredReply> reply =
      local_.Find(key, environment_.database_clock.Now(), covered ? 0 : at_least);
  if (reply == nullptr) return std::nullopt;
  return MakeHit(std::move(reply), mode, now);
}

ReplyCache::Hit ReplyCache::MakeHit(std::shared_ptr<const StoredReply> reply, Mode mode, std::int64_t now) {
  Hit hit{std::move(reply), std::nullopt};
  if (mode == Mode::kOutage) {
    hit.stale_since = environment_.database_clock.Now() - freshness_.TickAge(now);
    Count(counters_.served_stale);
  }
  return hit;
}

bool ReplyCache::Holds(FeedPosition as_of, FeedPosition at_least) const {
  return at_least <= as_of || at_least <= freshness_.covered();
}

ReplyCache::FlightPtr ReplyCache::Board(Request request, Loader loader, Done done, std::int64_t now,
                                        absl::Duration patience) {
  const MutexLock lock(mutex_);
  FlightPtr& current = flights_[request.key];
  const bool loading = current != nullptr && current->loading;
  // One that takes so long may hang: nobody else has to wait for its end.
  const bool hanging = loading && now - current->loading_since > absl::ToInt64Nanoseconds(patience);
  FlightPtr* boarding = &current;
  if (loading && !hanging) boarding = &current->next;
  if (hanging) current = std::exchange(current->next, nullptr);

  const bool is_new = *boarding == nullptr;
  if (is_new) {
    *boarding = std::make_shared<Flight>();
    (*boarding)->loader = std::move(loader);
    (*boarding)->generation = generation_;
    (*boarding)->request = std::move(request);
    ++in_the_air_;
  } else {
    (*boarding)->request.at_least = std::max((*boarding)->request.at_least, request.at_least);
    Count(counters_.coalesced);
  }
  (*boarding)->waiting.push_back(std::move(done));
  return hanging || (is_new && !loading) ? *boarding : nullptr;
}

bool ReplyCache::AskShared(const FlightPtr& flight) {
  if (environment_.shared == nullptr || flight->shared_asked) return false;
  flight->shared_asked = true;
  std::string key;
  {
    const MutexLock lock(mutex_);
    if (store_id_.empty()) return false;
    key = SharedKey(flight->request.key);
    flight->generation = generation_;
  }
  return environment_.shared->Fetch(
      std::move(key), [this, flight](std::optional<std::string> value) { OnShared(flight, std::move(value)); });
}

void ReplyCache::OnShared(const FlightPtr& flight, std::optional<std::string> value) {
  if (value && AnswerFromShared(flight, *value)) return;
  if (flight->failure.ok()) return StartLoad(flight);
  Land(flight, flight->failure);
}

bool ReplyCache::AnswerFromShared(const FlightPtr& flight, std::string_view value) {
  const std::int64_t now = environment_.monotonic_clock.NowNanos();
  const Mode mode = flight->failure.ok() ? freshness_.ModeAt(now) : freshness_.ModeAfter(flight->question, now);
  if (mode == Mode::kBypass) return false;
  std::string key;
  {
    const MutexLock lock(mutex_);
    key = SharedKey(flight->request.key);
  }
  std::optional<StoredReply> decoded = DecodeReply(key, value, options_.signing_key);
  if (!decoded) {
    Count(counters_.shared_refused);
    return false;
  }
  const auto reply = std::make_shared<const StoredReply>(*std::move(decoded));
  {
    // Checked with the lock under which others board: it is good for all of them.
    const MutexLock lock(mutex_);
    if (flight->generation != generation_ || environment_.database_clock.Now() >= reply->expires_at ||
        !floors_.Allow(flight->request.dependencies, reply->as_of) || !Holds(reply->as_of, flight->request.at_least)) {
      Count(counters_.shared_refused);
      return false;
    }
    local_.Put(flight->request.key, flight->request.dependencies, reply);
    // Nobody boards any more.
    flight->loading = true;
    flight->loading_since = now;
  }
  Count(counters_.shared_hits);
  Land(flight, MakeHit(reply, mode, now));
  return true;
}

void ReplyCache::StartLoad(const FlightPtr& flight) {
  const std::int64_t now = environment_.monotonic_clock.NowNanos();
  const bool late = freshness_.ModeAt(now) != Mode::kFresh;
  const absl::Time deadline =
      environment_.wall_clock.Now() +
      (late ? std::min(options_.load_timeout, options_.freshness.load_patience) : options_.load_timeout);
  flight->question = freshness_.OnQuestion(now);
  const absl::Status submitted = environment_.submit_load(deadline, [this, flight, deadline](const absl::Status& turn) {
    if (!turn.ok()) return LoadFailed(flight, turn);
    Load(flight, deadline);
  });
  if (!submitted.ok()) LoadFailed(flight, submitted);
}

void ReplyCache::Load(const FlightPtr& flight, absl::Time deadline) {
  Count(counters_.loads);
  counters_.loads_running.fetch_add(1, std::memory_order_relaxed);
  auto reply = std::make_shared<StoredReply>();
  {
    const MutexLock lock(mutex_);
    reply->as_of = freshness_.covered();
    flight->loading = true;
    flight->loading_since = environment_.monotonic_clock.NowNanos();
    flight->generation = generation_;
  }
  const absl::Time made_at = environment_.database_clock.Now();
  absl::StatusOr<Loaded> loaded = std::move(flight->loader)(deadline);
  counters_.loads_running.fetch_sub(1, std::memory_order_relaxed);
  if (DatabaseAnswered(loaded.status())) freshness_.OnAnswer();
  if (DatabaseSilent(loaded.status())) {
    freshness_.OnSilence(flight->question, environment_.monotonic_clock.NowNanos());
  }
  if (!loaded.ok()) return LoadFailed(flight, std::move(loaded).status());

  reply->bytes = std::move(loaded->bytes);
  reply->etag = std::move(loaded->etag);
  reply->expires_at = std::min(loaded->valid_until, made_at + options_.max_age);
  Keep(*flight, reply);
  Land(flight, Hit{std::move(reply), std::nullopt});
}

void ReplyCache::Keep(const Flight& flight, const std::shared_ptr<const StoredReply>& reply) {
  const absl::Duration ttl = reply->expires_at - environment_.database_clock.Now();
  std::string shared_key;
  {
    const MutexLock lock(mutex_);
    if (ttl <= absl::ZeroDuration() || flight.generation != generation_ ||
        !floors_.Allow(flight.request.dependencies, reply->as_of)) {
      Count(counters_.loads_not_stored);
      return;
    }
    local_.Put(flight.request.key, flight.request.dependencies, reply);
    if (environment_.shared == nullptr || store_id_.empty()) return;
    shared_key = SharedKey(flight.request.key);
  }
  std::string encoded = EncodeReply(shared_key, *reply, options_.signing_key);
  environment_.shared->Store(std::move(shared_key), std::move(encoded), ttl);
}

void ReplyCache::LoadFailed(const FlightPtr& flight, absl::Status failure) {
  Count(counters_.load_failures);
  const std::int64_t now = environment_.monotonic_clock.NowNanos();
  const Mode mode = freshness_.ModeAfter(flight->question, now);
  if (mode != Mode::kOutage) return Land(flight, failure);
  FeedPosition at_least = 0;
  {
    const MutexLock lock(mutex_);
    at_least = flight->request.at_least;
  }
  if (std::optional<Hit> hit = FindLocal(flight->request.key, at_least, mode, now)) {
    return Land(flight, *std::move(hit));
  }
  flight->failure = std::move(failure);
  if (!AskShared(flight)) Land(flight, flight->failure);
}

void ReplyCache::Land(const FlightPtr& flight, const absl::StatusOr<Hit>& result) {
  std::vector<Done> waiting;
  FlightPtr next;
  {
    const MutexLock lock(mutex_);
    waiting = std::exchange(flight->waiting, {});
    next = std::exchange(flight->next, nullptr);
    const auto current = flights_.find(flight->request.key);
    if (current != flights_.end() && current->second == flight) {
      if (next != nullptr) {
        current->second = next;
      } else {
        flights_.erase(current);
      }
    }
  }
  if (next != nullptr) StartNext(next);
  for (Done& done : waiting) std::move(done)(result);
  const MutexLock lock(mutex_);
  if (--in_the_air_ == 0) landed_.NotifyAll();
}

void ReplyCache::StartNext(const FlightPtr& flight) {
  // The flight before has usually left what this one wants.
  const std::int64_t now = environment_.monotonic_clock.NowNanos();
  const Mode mode = freshness_.ModeAt(now);
  std::optional<Hit> hit;
  {
    const MutexLock lock(mutex_);
    hit = FindLocal(flight->request.key, flight->request.at_least, mode, now);
    flight->loading = hit.has_value();
    flight->loading_since = now;
  }
  if (hit) return Land(flight, *std::move(hit));
  StartLoad(flight);
}

std::string ReplyCache::SharedKey(std::string_view key) const {
  return absl::StrCat(store_id_, ":", options_.format, ":", ToAbsl(key));
}

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/monotonic_clock.h"
#include "services/platform/changes/database_clock.h"
#include "services/platform/changes/feed.h"
#include "services/platform/changes/read_feed.h"
#include "services/platform/concurrency/mutex.h"
#include "services/platform/storage/database.h"

namespace communique::platform {

struct FeedTailOptions {
  // The longest pause between two ticks.
  absl::Duration tick = absl::Milliseconds(250);
  // The shortest, however many hints come.
  absl::Duration least_pause = absl::Milliseconds(5);
  // How long a tick may wait for the database.
  absl::Duration timeout = absl::Milliseconds(500);
  // How many of a feed's newest entries are read at the start, and after falling behind.
  std::size_t history = 4096;
};

// What one tick has seen, at one moment of the database.
struct FeedTick {
  struct Progress {
    FeedHeads::Head head;
    // The entries after `complete_after` up to the head, oldest first, without a gap. Usually all since the tick
    // before; `complete_after` is beyond that tick's head when there were too many.
    FeedPosition complete_after = 0;
    std::vector<FeedEntryPtr> entries;
  };

  std::string store_id;
  // The store is another one than at the tick before (it was restored): nothing known of the old one holds.
  bool new_store = false;
  Progress internal;
  Progress made_public;
  // By the monotonic clock, before the database was asked: what was committed by then is in here.
  std::int64_t started = 0;

  const Progress& of(Feed feed) const { return feed == Feed::kInternal ? internal : made_public; }
  Progress& of(Feed feed) { return feed == Feed::kInternal ? internal : made_public; }
};

// Who wants to hear of ticks. Called on the tail's thread, one after the other, in the order in which they were added:
// be quick, block on nothing.
class FeedObserver {
 public:
  virtual ~FeedObserver() = default;
  virtual void OnTick(const FeedTick& tick) = 0;
  // The database did not answer.
  virtual void OnTickFailed(const absl::Status& /*why*/) {}
};

struct FeedTailStats {
  std::uint64_t ticks = 0;
  std::uint64_t failures = 0;
  FeedPosition internal_head = 0;
  FeedPosition public_head = 0;
  absl::Duration age;           // since the last tick that succeeded began
  absl::Duration clock_offset;  // the database's clock less this machine's
};

// Follows both feeds of a store with one thread: a tick at least every 250 ms, at once when this process has committed
// something, reads the heads, what is new, and the database's clock, all at one moment. Everything else that must know
// what happens (cache floors, watchers, the materialiser) hears it from here, so the database is asked once per
// process, not once per watcher. A tick that fails changes nothing; the next one catches up.
//
// Give it, on PostgreSQL, a Database of its own with one read session: a pool that others have exhausted must not make
// the tail late, or caches are bypassed when they are needed most.
//
// All methods may be called from any thread, unless they say otherwise.
class FeedTail {
 public:
  // What is passed by reference must outlive the tail. `machine_clock` is the database's clock on SQLite.
  FeedTail(Database& database, const FeedTailOptions& options, const Clock& machine_clock,
           const MonotonicClock& monotonic_clock);
  ~FeedTail();
  FeedTail(const FeedTail&) = delete;
  FeedTail& operator=(const FeedTail&) = delete;

  // Before Start; the observer must outlive the tail, or its Stop.
  void AddObserver(FeedObserver& observer);

  void Start();
  // Ends the thread: takes as long as the tick under way. Observers are not called afterwards.
  void Stop();

  // This process has committed a change: tick soon. Cheap.
  void Hint();

  // Waits for a tick that began after the call: OK, or DATABASE_UNAVAILABLE at the deadline. A service is ready when
  // the first one has come.
  absl::Status WaitForTick(absl::Duration timeout);

  // One tick, now, on the caller's thread: for tests, in place of Start.
  absl::Status Tick();

  // The store's clock; carried on between ticks.
  const DatabaseClock& clock() const { return clock_; }

  // What the last tick saw; empty and 0 before the first.
  std::string store_id() const;
  FeedPosition head(Feed feed) const;

  // A token for a position of this store, for instance of one's own commit.
  std::string TokenFor(Feed feed, FeedPosition position) const;

  FeedTailStats stats() const;

 private:
  void RunUntilStopped();
  absl::Status Read(FeedTick& tick);
  absl::Status ReadClock(Session& session);
  absl::Status ReadNews(Session& session, Feed feed, FeedPosition known, FeedTick::Progress& progress) const;

  Database& database_;
  const FeedTailOptions options_;
  const Clock& machine_clock_;
  const MonotonicClock& monotonic_clock_;
  DatabaseClock clock_;
  std::vector<FeedObserver*> observers_;
  std::thread thread_;

  std::atomic<std::uint64_t> ticks_{0}, failures_{0};

  mutable Mutex mutex_;
  Condition changed_;
  bool hinted_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  std::int64_t last_started_ ABSL_GUARDED_BY(mutex_) = -1;  // of the last tick that succeeded
  std::string store_id_ ABSL_GUARDED_BY(mutex_);
  FeedPosition internal_head_ ABSL_GUARDED_BY(mutex_) = 0;
  FeedPosition public_head_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/feed_position.h"
#include "services/platform/base/monotonic_clock.h"
#include "services/platform/cache/dependency.h"
#include "services/platform/cache/floors.h"
#include "services/platform/cache/freshness.h"
#include "services/platform/cache/local_cache.h"
#include "services/platform/cache/shared_store.h"
#include "services/platform/cache/stored_reply.h"
#include "services/platform/concurrency/mutex.h"

namespace communique::platform {

struct ReplyCacheOptions {
  LocalCacheOptions local = {};
  FreshnessOptions freshness = {};
  // Memory of the floors, 8 bytes each.
  std::size_t floor_slots = 1 << 18;
  // The longest life of a reply, in both levels.
  absl::Duration max_age = absl::Minutes(10);
  // The longest that one load may take; callers with less time give up earlier by themselves.
  absl::Duration load_timeout = absl::Seconds(5);
  // Names what the replies are written in ("editions-3"): replicas of different versions share only what both can read.
  std::string format = "1";
  // Signs what goes to the shared store, so that nobody who can write there can publish. A secret of the replicas.
  std::string signing_key = {};
};

// What the tail of the internal feed has seen, once per tick (platform/changes).
struct CacheTick {
  struct Change {
    std::string_view resource;
    FeedPosition position;
  };
  // Which store the positions are of; another one after a restore.
  std::string_view store_id;
  FeedPosition head = 0;
  // `changes` holds every change after this position up to `head`.
  FeedPosition complete_after = 0;
  std::span<const Change> changes;
  // By the MonotonicClock, before the database was asked.
  std::int64_t started = 0;
};

struct ReplyCacheStats {
  LocalCacheStats local;
  std::uint64_t shared_hits = 0;
  std::uint64_t shared_refused = 0;  // found there, but too old, or not ours
  std::uint64_t misses = 0;          // reads that neither level could answer at once
  std::uint64_t bypassed = 0;        // of these: the tail was late, so the caches were not asked
  std::uint64_t coalesced = 0;       // of these: waited for the load of another
  std::uint64_t served_stale = 0;    // answered during an outage
  std::uint64_t loads = 0;
  std::uint64_t load_failures = 0;
  std::uint64_t loads_not_stored = 0;  // overtaken by a change while under way, or at their end already
  std::uint64_t loads_running = 0;
  std::size_t floors_raised = 0;
  Freshness::Mode mode = Freshness::Mode::kBypass;
  absl::Duration tick_age;
};

// Finished public replies: kept in this process, shared through a store that may be lost at any moment, loaded once for
// all who wait. What it promises:
//
//   A read that begins a second after a commit sees it, as long as the database answers, whatever the shared store
//   does; at once where this process made the commit (OnCommit), or where the caller brings the commit's position.
//   While the database does not answer loads, what was true at the last tick is served for a while, flagged. While it
//   does, nobody gets that, even when the tail is cut off alone.
//   Failures are handed to those who wait and not kept.
//
// The reason it holds: every reply carries the position of the feed from before its rows were read, every known change
// raises a floor for what it touched (Floors), and a reply below a floor is neither served nor kept, wherever it comes
// from. Nobody has to delete anything.
//
// All methods may be called from any thread. TryGet never blocks or allocates; Get may call its loader elsewhere.
class ReplyCache {
 public:
  struct Hit {
    std::shared_ptr<const StoredReply> reply;
    // Set when the database does not answer: what is served was true then (`communique-stale-since`).
    std::optional<absl::Time> stale_since;
  };

  struct Loaded {
    std::string bytes;
    std::string etag;
    // The next instant, on the database's clock, at which the reply would be another one without a write.
    absl::Time valid_until = absl::InfiniteFuture();
  };

  struct Request {
    // What is asked for, with everything that the reply depends on and no caller's identity: method, name, locale,
    // view.
    std::string key;
    Dependencies dependencies;
    // The reply holds everything up to this position of the internal feed (`communique-at-least`).
    FeedPosition at_least = 0;
  };

  // Reads the rows, all of them after the call begins, and makes the reply. Runs on the executor of loads.
  using Loader = absl::AnyInvocable<absl::StatusOr<Loaded>(absl::Time deadline) &&>;
  // Called once: by Get itself when the reply is at hand, else on a thread of the loads' executor or the shared
  // store's.
  using Done = absl::AnyInvocable<void(absl::StatusOr<Hit> hit) &&>;
  // Runs `work` soon, with OK, or with the error to give to the caller; or returns that error at once. An Executor's
  // Submit. Its threads are the cap on loads.
  using Work = absl::AnyInvocable<void(const absl::Status& turn) &&>;
  using Submit = std::function<absl::Status(absl::Time deadline, Work work)>;

  struct Environment {
    const Clock& wall_clock;      // deadlines
    const Clock& database_clock;  // when replies end
    const MonotonicClock& monotonic_clock;
    Submit submit_load;
    SharedStore* shared = nullptr;  // none: the process' own level only
  };

  // What `environment` refers to must outlive the cache.
  ReplyCache(ReplyCacheOptions options, Environment environment);
  // Waits for what is under way: the executor and the shared store must still be running, or have handed back all work.
  ~ReplyCache();
  ReplyCache(const ReplyCache&) = delete;
  ReplyCache& operator=(const ReplyCache&) = delete;

  // The reply if this process has it.
  std::optional<Hit> TryGet(std::string_view key, FeedPosition at_least = 0);

  // The reply from wherever it is.
  void Get(Request request, Loader loader, Done done);

  // From the tail: what it saw. That it sees nothing is noticed by itself.
  void OnTick(const CacheTick& tick);

  // This process has committed a change of `resource`; before the caller is told.
  void OnCommit(std::string_view resource, FeedPosition position);

  // Takes the replies under these keys out of this process and the shared store, for what is to be found nowhere any
  // more; that nobody is served what is old is seen to without. Waits for the shared store; false when it has not
  // confirmed all, or is another one than is known yet: call again. Other processes let go of what they may not serve
  // within a minute (kSweepInterval), and a reply that one of them was loading may lie in the shared store until it
  // ends.
  bool Forget(std::span<const std::string> keys);

  // How often replies that may not be served any more are let go, read or not.
  static constexpr absl::Duration kSweepInterval = absl::Minutes(1);

  ReplyCacheStats stats() const;

 private:
  // One way to a reply, and all who wait at its end. `loader`, `question`, `shared_asked` and `failure` belong to
  // whichever thread carries the flight on; the rest is guarded by mutex_.
  struct Flight {
    Request request;  // at_least is the greatest of all who wait
    Loader loader;
    Freshness::Question question = 0;
    std::vector<Done> waiting;
    // Set when the rows begin to be read. Who comes later must not be answered from them, and waits for `next`, which
    // starts when this one lands.
    bool loading = false;
    std::int64_t loading_since = 0;
    std::shared_ptr<Flight> next;
    std::uint64_t generation = 0;
    bool shared_asked = false;
    // Why the load failed, while the shared store is asked for something stale.
    absl::Status failure;
  };
  using FlightPtr = std::shared_ptr<Flight>;

  // What threads count up.
  struct Counters {
    std::atomic<std::uint64_t> shared_hits{0}, shared_refused{0}, misses{0}, bypassed{0}, coalesced{0}, served_stale{0},
        loads{0}, load_failures{0}, loads_not_stored{0}, loads_running{0};
  };

  std::optional<Hit> FindLocal(std::string_view key, FeedPosition at_least, Freshness::Mode mode, std::int64_t now);
  Hit MakeHit(std::shared_ptr<const StoredReply> reply, Freshness::Mode mode, std::int64_t now);
  // Whether rows read when the feed stood at `as_of`, and that no floor refuses, hold everything up to `at_least`.
  bool Holds(FeedPosition as_of, FeedPosition at_least) const;

  // The flight that `done` now waits for, if the caller is to start it. Nobody waits for one whose load has taken
  // longer than `patience`.
  FlightPtr Board(Request request, Loader loader, Done done, std::int64_t now, absl::Duration patience);
  bool AskShared(const FlightPtr& flight);
  void OnShared(const FlightPtr& flight, std::optional<std::string> value);
  bool AnswerFromShared(const FlightPtr& flight, std::string_view value);
  void StartLoad(const FlightPtr& flight);
  void Load(const FlightPtr& flight, absl::Time deadline);
  void Keep(const Flight& flight, const std::shared_ptr<const StoredReply>& reply);
  void LoadFailed(const FlightPtr& flight, absl::Status failure);
  // Takes the flight off the map, starts the next one and answers who waits.
  void Land(const FlightPtr& flight, const absl::StatusOr<Hit>& result);
  void StartNext(const FlightPtr& flight);
  bool RemoveShared(std::span<const std::string> keys);
  std::string SharedKey(std::string_view key) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const ReplyCacheOptions options_;
  const Environment environment_;
  Floors floors_;
  Freshness freshness_;
  LocalCache local_;
  Counters counters_;
  std::int64_t last_sweep_ = 0;  // the tail's thread alone uses it

  mutable Mutex mutex_;
  Condition landed_;
  absl::flat_hash_map<std::string, FlightPtr> flights_ ABSL_GUARDED_BY(mutex_);
  std::size_t in_the_air_ ABSL_GUARDED_BY(mutex_) = 0;
  std::string store_id_ ABSL_GUARDED_BY(mutex_);
  // Grows when the store turns out to be another one: what was loaded from the old one is not kept.
  std::uint64_t generation_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace communique::platform

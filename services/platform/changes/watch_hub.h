// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/platform/base/monotonic_clock.h"
#include "services/platform/changes/feed.h"
#include "services/platform/changes/feed_history.h"
#include "services/platform/changes/feed_tail.h"
#include "services/platform/changes/resolved_events.h"
#include "services/platform/changes/watch_events.h"
#include "services/platform/changes/watch_sink.h"
#include "services/platform/concurrency/mutex.h"
#include "services/platform/storage/database.h"

namespace communique::platform {

struct WatchHubOptions {
  // `watch.max_watchers`: beyond them a new one is refused.
  std::size_t max_watchers = 10'000;
  // `watch.recent_entries`: a watcher who is no further behind than this costs the database nothing.
  std::size_t recent_entries = 4096;
  // `watch.bookmark_interval`: how long a watcher hears nothing before he is told where he is.
  absl::Duration bookmark_interval = absl::Seconds(10);
  // `watch.slow_reader_timeout`: how long a watcher may take nothing before he is ended.
  absl::Duration slow_reader_timeout = absl::Seconds(30);
  // `watch.reuse`: how long what an entry was resolved to is good for other watchers. Bounds how late a withdrawal is
  // in force for watchers, so keep it well below a second.
  absl::Duration reuse = absl::Milliseconds(250);
  // `watch.workers`: threads of the executor that watchers may take at a time.
  int workers = 2;
  // How long the database may take to read a page of old entries or to resolve a batch.
  absl::Duration work_timeout = absl::Seconds(5);
  // How many entries are resolved together, and how many old ones are read together.
  std::size_t batch = 64;
  std::size_t page = 512;
};

struct WatchHubStats {
  std::size_t watchers = 0;
  std::size_t waiting = 0;  // to be served by a worker
  std::size_t blocked = 0;  // full: their readers are slow
  std::uint64_t events = 0;
  std::uint64_t bookmarks = 0;
  std::uint64_t ended_slow = 0;
  std::uint64_t resolved = 0;    // entries that the service was asked about
  std::uint64_t pages_read = 0;  // of entries, for who caught up
};

// All who watch one feed through one Watch method. Each gets every entry after his token that he wants, in order, none
// twice, none missed, as long as his stream lives; with the last token he has seen he goes on in another stream, or
// with another replica. New entries come from memory as the tail brings them; who is further behind is served from the
// database until he has caught up. Work that may block is done on an executor, by a few workers who take turns.
//
// An observer of the tail; add it there. All methods may be called from any thread.
class WatchHub final : public FeedObserver {
 public:
  using Filter = std::function<bool(const FeedEntry&)>;
  // Runs `work` soon on another thread, where it may block, or drops it and returns an error: an Executor's Submit.
  using Submit = std::function<absl::Status(absl::AnyInvocable<void() &&> work)>;

  struct Request {
    // Where to go on; empty: from now on.
    std::string token;
    // Which entries are wanted, by what they say themselves; null: all. Called for every entry: be quick.
    Filter wanted;
    // What the watcher may see, as WatchEvents::Resolve understands it.
    std::string audience;
  };

  // What is passed by reference must outlive the hub.
  WatchHub(FeedTail& tail, Database& database, Feed feed, WatchEvents& events, const WatchHubOptions& options,
           const MonotonicClock& clock, Submit submit);
  // Ends all watchers and waits for the workers: the executor must still be running, or have dropped all work.
  ~WatchHub() override;
  WatchHub(const WatchHub&) = delete;
  WatchHub& operator=(const WatchHub&) = delete;

  // Serves `sink` until it is closed. Errors, after which the sink is not touched: WATCH_TOKEN_FOREIGN, WATCH_TOO_OLD,
  // OVERLOADED, DATABASE_UNAVAILABLE (nothing is known of the feed yet), SHUTTING_DOWN. What turns out later ends the
  // sink: WATCH_TOKEN_AHEAD, WATCH_TOO_OLD, WATCH_TOKEN_FOREIGN (the store was restored), WATCH_ENDED (a slow reader).
  absl::Status Watch(Request request, std::shared_ptr<WatchSink> sink);

  // Ends all watchers with `status` and refuses new ones.
  void Close(const absl::Status& status);

  void OnTick(const FeedTick& tick) override;
  void OnTickFailed(const absl::Status& why) override;

  WatchHubStats stats() const;

 private:
  // A watcher, guarded by mutex_ but for what says otherwise.
  struct Watcher {
    enum class State {
      kIdle,     // has all there is, or waits for the next tick
      kWaiting,  // in waiting_
      kWorking,  // a worker serves him, and owns `position` and `heard`
      kFull,     // his sink is full
    };

    std::shared_ptr<WatchSink> sink;  // never changes, nor do these two
    Filter wanted;
    std::string audience;

    State state = State::kIdle;
    // All up to here has been delivered, or was not wanted.
    FeedPosition position = 0;
    // When he was last sent something.
    std::int64_t heard = 0;
    // Not 0: his token was ahead of the tail, and a tick that begins after this decides.
    std::int64_t asked = 0;
    // Since when nothing could be delivered to him; 0: it could.
    std::int64_t stuck = 0;
    bool ended = false;
    // There has been room since the last push. Not guarded.
    std::atomic<bool> room = false;
  };
  using WatcherPtr = std::shared_ptr<Watcher>;
  using Ending = std::pair<std::shared_ptr<WatchSink>, absl::Status>;

  // What sinks' callbacks hold, as they may outlive the hub.
  struct Link {
    Mutex mutex;
    WatchHub* hub ABSL_GUARDED_BY(mutex) = nullptr;
  };
  // A worker from when it is submitted until it has run or was dropped.
  class Turn;

  absl::Status Admit(const Request& request, Watcher& watcher) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void OnRoom(const WatcherPtr& watcher);
  void Remove(const WatcherPtr& watcher);
  // Sinks are told without the lock, as they may call back: these only collect.
  void End(const WatcherPtr& watcher, absl::Status status, std::vector<Ending>& endings)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void EndAll(const absl::Status& status, std::vector<Ending>& endings) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  static void Tell(const std::vector<Ending>& endings);

  // Finds who has something to get, and who has waited too long. `tick` is when the last tick began.
  void LookAfterAll(std::int64_t tick, std::vector<Ending>& endings) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Enqueue(const WatcherPtr& watcher) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void StartWorkers();
  void Work();

  // Gives one watcher the next batch; whether he may want more.
  bool Serve(const WatcherPtr& watcher);
  bool Deliver(const WatcherPtr& watcher, std::span<const FeedEntryPtr> entries, const std::string& store_id);
  bool Rest(const WatcherPtr& watcher, const std::string& store_id);
  // Whether it was taken; if not, the watcher waits for room, or is gone.
  bool Push(const WatcherPtr& watcher, const WatchEvents::Event& event);
  // Nothing can be delivered now: tries again at the next tick.
  void Postpone(const WatcherPtr& watcher, const absl::Status& why);

  FeedTail& tail_;
  const Feed feed_;
  const WatchHubOptions options_;
  const MonotonicClock& clock_;
  const Submit submit_;
  WatchEvents& events_;
  ResolvedEvents resolved_;
  FeedPages pages_;
  const std::shared_ptr<Link> link_ = std::make_shared<Link>();
  std::atomic<std::uint64_t> events_sent_{0}, bookmarks_sent_{0}, ended_slow_{0};

  mutable Mutex mutex_;
  Condition worker_ended_;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  std::string store_id_ ABSL_GUARDED_BY(mutex_);
  FeedHeads::Head head_ ABSL_GUARDED_BY(mutex_);
  RecentEntries recent_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<Watcher*, WatcherPtr> watchers_ ABSL_GUARDED_BY(mutex_);
  std::deque<WatcherPtr> waiting_ ABSL_GUARDED_BY(mutex_);
  int workers_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace communique::platform

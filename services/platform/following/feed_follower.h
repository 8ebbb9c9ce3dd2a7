// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/monotonic_clock.h"
#include "services/platform/changes/feed_token.h"
#include "services/platform/concurrency/mutex.h"
#include "services/platform/following/feed_inbox.h"
#include "services/platform/following/feed_projection.h"
#include "services/platform/following/followed_feed.h"
#include "services/platform/observability/log.h"
#include "services/platform/storage/database.h"

namespace communique::platform {

// The names in backquotes are configuration keys (follower_settings.h).
struct FeedFollowerOptions {
  // `follow.retry_pause`, `follow.max_retry_pause`: before the second attempt to reach a peer; doubled each time up to
  // the maximum, and varied by half, so that replicas do not come back together.
  absl::Duration retry_pause = absl::Milliseconds(100);
  absl::Duration max_retry_pause = absl::Seconds(10);
  // `follow.silence_timeout`: a peer that says nothing for so long is not there any more. Longer than its
  // watch.bookmark_interval.
  absl::Duration silence_timeout = absl::Seconds(30);
  // `follow.bookmark_interval`: how often at most a position without an event is stored.
  absl::Duration bookmark_interval = absl::Seconds(30);
  // `follow.batch`: events that are applied together in one transaction, when so many wait.
  std::size_t batch = 64;
  // `follow.work_timeout`: how long a transaction may take, and what comes before it.
  absl::Duration work_timeout = absl::Seconds(10);
  // `follow.listing_lease`: a replica that lists everything and has not gone on for so long is overtaken.
  absl::Duration listing_lease = absl::Minutes(1);
};

struct FeedFollowerStats {
  enum class State {
    kConnecting,  // asks the peer for the stream
    kFollowing,   // gets what happens as it happens
    kListing,     // lists everything, or waits for the replica that does
    kWaiting,     // until it tries again
  };

  State state = State::kConnecting;
  // Everything that the peer had written by then is in the projection; the infinite past: nothing is known.
  absl::Time as_of = absl::InfinitePast();
  std::uint64_t applied = 0;     // events
  std::uint64_t skipped = 0;     // events that another replica had applied
  std::uint64_t reconnects = 0;  // streams opened after the first one
  std::uint64_t listings = 0;    // finished
  std::uint64_t failures = 0;    // attempts, of whatever, that failed
};

// Keeps a projection of a peer's resources up to date by following one of its change feeds, from the position that is
// stored beside the projection: the effect of every event is committed exactly once, in order, whatever crashes, breaks
// or is restarted, and however many replicas follow at once. They all get every event; who commits it first moves the
// position under the row's lock, and the others skip it.
//
// Where the peer cannot go on from the position (the first start, a token older than its feed, another store after a
// restore) everything is listed anew; then following goes on from the list.
//
// A thread of its own does all of this. Stop takes as long as a transaction or a call of the projection that is under
// way, milliseconds when there is none. Nothing here makes a service not ready: without its peer it knows what it knew.
class FeedFollower {
 public:
  struct Environment {
    Database& database;
    // The database's clock, as all replicas see it.
    const Clock& clock;
    const MonotonicClock& monotonic_clock;
    Log log{};
    // From [0, 1); by default random.
    std::function<double()> random{};
  };

  // What is passed by reference must outlive the follower.
  FeedFollower(FollowedFeed feed, OpenFeed open, FeedProjection& projection, const FeedFollowerOptions& options,
               Environment environment);
  ~FeedFollower() { Stop(); }
  FeedFollower(const FeedFollower&) = delete;
  FeedFollower& operator=(const FeedFollower&) = delete;

  void Start();
  // Idempotent; from any thread.
  void Stop();

  // Does what can be done now, on the caller's thread: for tests, in place of Start. How long to wait before the next
  // turn if nothing comes from the stream.
  absl::Duration Turn();

  const FollowedFeed& feed() const { return feed_; }
  FeedFollowerStats stats() const;
  // How old the projection may be, at most as far as is known: it grows while the peer is out of reach, and at rest up
  // to the interval of the peer's bookmarks.
  absl::Duration lag() const;

 private:
  using State = FeedFollowerStats::State;

  // What the stream's callbacks hold, as they may outlive the follower's interest.
  struct Bell {
    Mutex mutex;
    Condition rung_condition;
    bool rung ABSL_GUARDED_BY(mutex) = false;
    void Ring();
  };

  void RunUntilStopped();

  absl::Duration Connect();
  absl::Duration List(std::int64_t generation);
  absl::Duration FollowOn();
  absl::Duration UntilNext(std::int64_t now);

  absl::Status Handle(std::vector<FeedEvent> events);
  absl::Status CheckOrder(std::span<const FeedEvent> events);
  absl::Status ApplyAll(std::span<const FeedEvent> events, const std::string& token);
  absl::Status StoreBookmark();
  // In the caller's transaction: how many of `events` another replica has applied already; moves the position to
  // `token`. ABORTED when this follower has been overtaken.
  absl::StatusOr<std::size_t> Advance(Session& session, std::span<const FeedEvent> events, const std::string& token);

  absl::Duration OnEnd(const absl::Status& end);
  // Closes the stream; how long to wait.
  absl::Duration TryAgain(const absl::Status& why);
  absl::Duration PauseAfterFailure(const absl::Status& why);
  void SetState(State state);

  absl::Time Deadline() const;

  const FollowedFeed feed_;
  const OpenFeed open_;
  FeedProjection& projection_;
  const FeedFollowerOptions options_;
  const Environment environment_;
  const Log log_;
  const std::shared_ptr<Bell> bell_ = std::make_shared<Bell>();

  std::stop_source stop_;
  std::thread thread_;

  // Of the thread that takes the turns.
  std::shared_ptr<FeedInbox> inbox_;
  std::unique_ptr<FeedStream> stream_;
  std::int64_t generation_ = 0;  // of the position that the stream began at
  FeedToken at_;                 // where the stream is
  std::string bookmark_;         // not stored yet; empty: none
  std::int64_t heard_ = 0;       // when the stream said something
  std::int64_t stored_ = 0;      // when the position was stored
  std::int64_t retry_ = 0;       // not before
  int failures_ = 0;             // since something was heard
  bool opened_before_ = false;
  bool warned_ = false;  // of the trouble there is

  mutable Mutex mutex_;
  FeedFollowerStats stats_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace communique::platform

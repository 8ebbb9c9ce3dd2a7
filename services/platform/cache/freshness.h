// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <cstdint>
#include <limits>

#include "absl/time/time.h"
#include "services/platform/base/feed_position.h"
#include "services/platform/concurrency/mutex.h"

namespace communique::platform {

struct FreshnessOptions {
  // How long after a tick the floors count as complete. Together with nothing else it bounds how old an answer can be.
  absl::Duration max_tick_age = absl::Seconds(1);
  // How long cached replies are served, flagged as stale, when the database does not answer.
  absl::Duration outage_grace = absl::Seconds(60);
  // While the tail is late: a load that takes longer says that the database does not answer. It gets no more time.
  absl::Duration load_patience = absl::Seconds(1);
  // During an outage one read in this time goes to the database and waits, to learn whether it answers again.
  absl::Duration probe_interval = absl::Milliseconds(300);
};

// May a reply that passes its floors be served from a cache? Floors only help when the feed's tail keeps raising them,
// so this watches the tail's ticks, and what becomes of the loads that ask the database:
//
//   kFresh    the last tick is young: floors tell the truth.
//   kBypass   the tail is late: every read goes to the database.
//   kOutage   the tail is late, and loads that asked lately got no answer, and none has been answered since: what was
//             true at the last tick is served, flagged, until outage_grace is over.
//
// The tail cannot make an outage: it may be the only one that the database does not answer. Nor can silence that nobody
// has tried to break lately: kOutage needs a question, or a failure, of the last half second. So where the database
// answers loads, one of them has been answered half a second after it began to, and nothing stale is served from then
// on, however seldom readers come.
//
// Times are nanoseconds of a MonotonicClock. All methods may be called from any thread; none takes a lock while the
// tail ticks, but for those about loads.
class Freshness {
 public:
  enum class Mode { kFresh, kBypass, kOutage };
  // A load's question to the database: how many had been answered when it was asked.
  using Question = std::uint64_t;

  explicit Freshness(const FreshnessOptions& options);

  // The tail has read that the feed stands at `head` and has raised the floors for everything up to there.
  // `started` is the time before it asked.
  void OnTick(FeedPosition head, std::int64_t started);
  // Nothing is known any more until the next tick.
  void Forget();
  // As Forget, and positions begin anew.
  void Restart(FeedPosition head);

  // A load is on its way to the database.
  Question OnQuestion(std::int64_t now);
  // Any load got an answer.
  void OnAnswer();
  // The load that asked `question` got none.
  void OnSilence(Question question, std::int64_t now);

  Mode ModeAt(std::int64_t now) const;
  // For the load that asked `question` and has failed, however long ago it asked: kOutage where the database gave it,
  // or others since, no answer, and nobody one.
  Mode ModeAfter(Question question, std::int64_t now) const;
  // In kOutage: whether this read should ask the database. ProbeDue only looks; TakeProbe says yes to one caller.
  bool ProbeDue(std::int64_t now) const;
  bool TakeProbe(std::int64_t now);

  // Where the last tick saw the feed: floors are complete up to here, and rows read from now on hold every change up to
  // here.
  FeedPosition covered() const { return covered_.load(std::memory_order_acquire); }
  // Age of the last tick; InfiniteDuration when there was none.
  absl::Duration TickAge(std::int64_t now) const;

 private:
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::min() / 2;

  // The mode as far as the tail decides it; kOutage where it depends on loads.
  Mode ModeByTail(std::int64_t now) const;
  bool IsProbeDue(std::int64_t now) const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  std::int64_t LastSign() const ABSL_SHARED_LOCKS_REQUIRED(mutex_);

  const std::int64_t max_tick_age_;
  const std::int64_t outage_grace_;
  const std::int64_t load_patience_;
  const std::int64_t probe_interval_;

  std::atomic<std::int64_t> last_tick_{kNever};
  std::atomic<FeedPosition> covered_{0};

  mutable Mutex mutex_;
  Question answers_ ABSL_GUARDED_BY(mutex_) = 0;
  // Of those that were asked since the last answer and, one after the other, not long after each other: when the first
  // and the last were asked, and when the last one failed.
  std::int64_t first_question_ ABSL_GUARDED_BY(mutex_) = kNever;
  std::int64_t last_question_ ABSL_GUARDED_BY(mutex_) = kNever;
  std::int64_t last_failure_ ABSL_GUARDED_BY(mutex_) = kNever;
};

}  // namespace communique::platform

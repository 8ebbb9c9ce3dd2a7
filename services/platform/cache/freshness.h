// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <cstdint>
#include <limits>

#include "absl/time/time.h"
#include "services/platform/base/feed_position.h"

namespace communique::platform {

struct FreshnessOptions {
  // How long after a tick the floors count as complete. Together with nothing else it bounds how old an answer can be.
  absl::Duration max_tick_age = absl::Seconds(1);
  // How long cached replies are served, flagged as stale, when the database does not answer.
  absl::Duration outage_grace = absl::Seconds(60);
  // A tick that takes longer says that the database does not answer, before it gives up itself.
  absl::Duration tick_patience = absl::Milliseconds(500);
  // During an outage one read in this time goes to the database and waits, to learn whether it answers again: the tail
  // may be the only one it does not answer. The longer it lasts, the rarer: a quarter of the outage so far.
  absl::Duration probe_interval = absl::Milliseconds(500);
};

// May a reply that passes its floors be served from a cache? Floors only help when the feed's tail keeps raising them,
// so this watches the tail's ticks, and what reads learn about the database:
//
//   kFresh    the last tick is young: floors tell the truth.
//   kBypass   the tail is late, but nothing says that the database is down: every read goes there.
//   kOutage   the tail is late and the database does not answer: what was true at the last tick is served, flagged,
//             until outage_grace is over. As soon as any read is answered again it is kBypass.
//
// Times are nanoseconds of a MonotonicClock. Lock-free; all methods may be called from any thread.
class Freshness {
 public:
  enum class Mode { kFresh, kBypass, kOutage };

  explicit Freshness(const FreshnessOptions& options);

  // The tail asks the database.
  void OnTickBegins(std::int64_t now) { tick_began_.store(now, std::memory_order_relaxed); }
  // The tail has read that the feed stands at `head` and has raised the floors for everything up to there.
  // `started` is the time before it asked.
  void OnTick(FeedPosition head, std::int64_t started);
  // Nothing is known any more until the next tick.
  void Forget();
  // As Forget, and positions begin anew.
  void Restart(FeedPosition head);

  // The tail got no answer.
  void OnTickFailed(std::int64_t now);
  // A read got an answer from the database, or none.
  void OnAnswer(std::int64_t now) { last_answer_.store(now, std::memory_order_relaxed); }
  void OnNoAnswer(std::int64_t now);

  Mode ModeAt(std::int64_t now) const;
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
  static constexpr std::int64_t kNoTick = std::numeric_limits<std::int64_t>::max() / 2;

  const std::int64_t max_tick_age_;
  const std::int64_t outage_grace_;
  const std::int64_t tick_patience_;
  const std::int64_t probe_interval_;

  std::atomic<std::int64_t> last_tick_{kNever};
  std::atomic<std::int64_t> tick_began_{kNoTick};  // of the one under way
  std::atomic<std::int64_t> last_answer_{kNever};
  std::atomic<std::int64_t> last_failure_{kNever};
  std::atomic<std::int64_t> last_probe_{kNever};
  std::atomic<FeedPosition> covered_{0};
};

}  // namespace communique::platform

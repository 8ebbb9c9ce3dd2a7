// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/following/feed_follower.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <utility>

#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

// Longer than any of our pauses, and what condition variables can still add to now.
constexpr absl::Duration kLongWait = absl::Hours(1);

std::function<double()> OrRandom(std::function<double()> random) {
  if (random) return random;
  return [bits = std::make_shared<absl::BitGen>()] { return absl::Uniform(*bits, 0.0, 1.0); };
}

bool AsksForListing(const absl::Status& end) {
  const Reason reason = ReasonOf(end);
  return reason == Reason::ERROR_REASON_WATCH_TOO_OLD || reason == Reason::ERROR_REASON_WATCH_TOKEN_FOREIGN ||
         reason == Reason::ERROR_REASON_WATCH_TOKEN_AHEAD;
}

// Servers end streams in order now and then.
bool IsOrderly(const absl::Status& end) { return end.ok() || ReasonOf(end) == Reason::ERROR_REASON_WATCH_ENDED; }

absl::Status Overtaken() {
  return MakeError(absl::StatusCode::kAborted, Reason::ERROR_REASON_CONTENTION,
                   "another replica has begun to list everything");
}

}  // namespace

void FeedFollower::Bell::Ring() {
  {
    const MutexLock lock(mutex);
    rung = true;
  }
  rung_condition.NotifyAll();
}

FeedFollower::FeedFollower(FollowedFeed feed, OpenFeed open, FeedProjection& projection,
                           const FeedFollowerOptions& options, Environment environment)
    : feed_(std::move(feed)),
      open_(std::move(open)),
      projection_(projection),
      options_(options),
      environment_{environment.database,
                   environment.clock,
                   environment.monotonic_clock,
                   {},
                   OrRandom(std::move(environment.random))},
      log_(environment.log.With({{"peer", feed_.peer}, {"feed", feed_.feed}})) {}

void FeedFollower::Start() {
  thread_ = std::thread([this] { RunUntilStopped(); });
}

void FeedFollower::Stop() {
  stop_.request_stop();
  bell_->Ring();
  if (thread_.joinable()) thread_.join();
}

void FeedFollower::RunUntilStopped() {
  while (!stop_.stop_requested()) {
    const absl::Duration wait = std::min(Turn(), kLongWait);
    const auto until = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(wait);
    const MutexLock lock(bell_->mutex);
    while (!bell_->rung && std::chrono::steady_clock::now() < until) {
      bell_->rung_condition.WaitUntil(bell_->mutex, until);
    }
    bell_->rung = false;
  }
  stream_.reset();
}

absl::Duration FeedFollower::Turn() {
  if (stop_.stop_requested()) return absl::InfiniteDuration();
  if (stream_ != nullptr) return FollowOn();
  const std::int64_t now = environment_.monotonic_clock.NowNanos();
  if (now < retry_) return absl::Nanoseconds(retry_ - now);
  return Connect();
}

absl::Duration FeedFollower::Connect() {
  std::optional<FollowedPosition> position;
  absl::Status status = environment_.database.Read(Deadline(), [&](Session& session) -> absl::Status {
    auto read = ReadFollowedPosition(session, feed_);
    if (read.ok()) position = *std::move(read);
    return read.status();
  });
  if (status.ok() && !position) {
    status = environment_.database.Write(
        Deadline(), [&](Session& session) { return CreateFollowedPosition(session, feed_, environment_.clock.Now()); });
    position = FollowedPosition();
  }
  if (!status.ok()) return TryAgain(status);

  const auto token = DecodeFeedToken(position->token);
  if (!token.ok()) return List(position->generation);
  at_ = *token;
  generation_ = position->generation;
  bookmark_.clear();
  heard_ = stored_ = environment_.monotonic_clock.NowNanos();
  SetState(State::kConnecting);
  if (std::exchange(opened_before_, true)) {
    const MutexLock lock(mutex_);
    ++stats_.reconnects;
  }
  inbox_ = std::make_shared<FeedInbox>(options_.batch, [bell = bell_] { bell->Ring(); });
  stream_ = open_(position->token, inbox_);
  return absl::ZeroDuration();
}

absl::Duration FeedFollower::List(std::int64_t generation) {
  SetState(State::kListing);
  auto listing =
      FeedListing::Begin(environment_.database, feed_, generation, {options_.work_timeout, options_.listing_lease},
                         environment_.clock, stop_.get_token());
  if (!listing.ok()) return TryAgain(listing.status());
  if (!*listing) {
    // Another replica is at it, or was: looks again soon.
    retry_ = environment_.monotonic_clock.NowNanos() + absl::ToInt64Nanoseconds(options_.retry_pause);
    return options_.retry_pause;
  }
  // Once: who is not there is asked again and again.
  if (failures_ == 0) log_.Info("lists everything that the peer has");
  const absl::Time began = environment_.clock.Now();
  absl::Status status = projection_.List(**listing);
  if (status.ok() && !(*listing)->finished()) status = InternalError("the projection did not finish its listing");
  if (!status.ok()) {
    (*listing)->GiveUp();
    return TryAgain(status);
  }
  projection_.OnCommit();
  failures_ = 0;
  const MutexLock lock(mutex_);
  ++stats_.listings;
  stats_.as_of = std::max(stats_.as_of, began);
  return absl::ZeroDuration();
}

absl::Duration FeedFollower::FollowOn() {
  FeedInbox::Taken taken = inbox_->Take(options_.batch);
  const bool busy = !taken.events.empty();
  const std::int64_t now = environment_.monotonic_clock.NowNanos();
  if (taken.accepted) SetState(State::kFollowing);
  if (busy) {
    heard_ = now;
    if (auto status = Handle(std::move(taken.events)); !status.ok()) return TryAgain(status);
    failures_ = 0;
  }
  if (taken.end) return OnEnd(*taken.end);
  if (taken.read_on) stream_->ReadOn();
  return busy ? absl::ZeroDuration() : UntilNext(now);
}

absl::Duration FeedFollower::UntilNext(std::int64_t now) {
  if (now - heard_ >= absl::ToInt64Nanoseconds(options_.silence_timeout)) {
    return TryAgain(Unavailable(Reason::ERROR_REASON_PEER_UNAVAILABLE,
                                absl::StrCat(feed_.peer, " says nothing any more on an open stream"),
                                options_.retry_pause, {{"peer", feed_.peer}}));
  }
  absl::Duration wait = absl::Nanoseconds(heard_ - now) + options_.silence_timeout;
  if (!bookmark_.empty()) {
    const absl::Duration due = absl::Nanoseconds(stored_ - now) + options_.bookmark_interval;
    if (due <= absl::ZeroDuration()) {
      if (auto status = StoreBookmark(); !status.ok()) return TryAgain(status);
    } else {
      wait = std::min(wait, due);
    }
  }
  return wait;
}

absl::Status FeedFollower::Handle(std::vector<FeedEvent> events) {
  if (auto status = CheckOrder(events); !status.ok()) return status;
  const std::string token = events.back().token;
  const bool at_rest = events.back().message == nullptr;
  events.erase(std::remove_if(events.begin(), events.end(), [](const FeedEvent& event) { return !event.message; }),
               events.end());
  absl::Time as_of = environment_.clock.Now();
  if (events.empty()) {
    bookmark_ = token;
  } else {
    if (!at_rest && events.back().time != absl::InfinitePast()) as_of = events.back().time;
    if (auto status = ApplyAll(events, token); !status.ok()) return status;
  }
  const MutexLock lock(mutex_);
  stats_.as_of = std::max(stats_.as_of, as_of);
  return absl::OkStatus();
}

absl::Status FeedFollower::CheckOrder(std::span<const FeedEvent> events) {
  for (const FeedEvent& event : events) {
    const auto token = DecodeFeedToken(event.token);
    // A bookmark may repeat where the stream is.
    const bool in_order = token.ok() && token->store_id == at_.store_id && token->feed == at_.feed &&
                          token->position >= at_.position + (event.message ? 1 : 0);
    if (!in_order) {
      return InternalError(absl::StrCat(feed_.peer, " sent a token that does not come after the one before it"));
    }
    at_ = *token;
  }
  return absl::OkStatus();
}

absl::Status FeedFollower::ApplyAll(std::span<const FeedEvent> events, const std::string& token) {
  if (auto status = projection_.Prepare(events, Deadline(), stop_.get_token()); !status.ok()) return status;
  std::size_t skipped = 0;
  const absl::Status status = environment_.database.Write(Deadline(), [&](Session& session) -> absl::Status {
    const auto done = Advance(session, events, token);
    if (!done.ok()) return done.status();
    skipped = *done;
    if (skipped == events.size()) return absl::OkStatus();
    return projection_.Apply(session, events.subspan(skipped));
  });
  if (!status.ok()) return status;
  stored_ = environment_.monotonic_clock.NowNanos();
  bookmark_.clear();
  if (skipped < events.size()) projection_.OnCommit();
  const MutexLock lock(mutex_);
  stats_.applied += events.size() - skipped;
  stats_.skipped += skipped;
  return absl::OkStatus();
}

absl::Status FeedFollower::StoreBookmark() {
  const absl::Status status = environment_.database.Write(
      Deadline(), [&](Session& session) { return Advance(session, {}, bookmark_).status(); });
  if (!status.ok()) return status;
  stored_ = environment_.monotonic_clock.NowNanos();
  bookmark_.clear();
  return absl::OkStatus();
}

absl::StatusOr<std::size_t> FeedFollower::Advance(Session& session, std::span<const FeedEvent> events,
                                                  const std::string& token) {
  auto position = LockFollowedPosition(session, feed_);
  if (!position.ok()) return position.status();
  if (position->generation != generation_) return Overtaken();
  const auto stored = DecodeFeedToken(position->token);
  const auto next = DecodeFeedToken(token);
  if (!stored.ok() || !next.ok()) return InternalError("a stored position is no token of a change feed");
  // Everything between the stored position and the first event beyond it has come by this follower, who saw that it was
  // applied: the position moves forward only, but for a listing, which makes a new generation.
  std::size_t done = 0;
  while (done < events.size() && DecodeFeedToken(events[done].token)->position <= stored->position) ++done;
  if (next->position <= stored->position) return done;
  position->token = token;
  if (auto status = SaveFollowedPosition(session, feed_, *position, environment_.clock.Now()); !status.ok()) {
    return status;
  }
  return done;
}

absl::Duration FeedFollower::OnEnd(const absl::Status& end) {
  if (AsksForListing(end)) {
    stream_.reset();
    log_.Warning("the peer cannot go on from the stored position", {LogField::Error(end)});
    return List(generation_);
  }
  if (!IsOrderly(end)) return TryAgain(end);
  stream_.reset();
  SetState(State::kConnecting);
  const absl::Duration pause = PauseAfterFailure(end);
  retry_ = environment_.monotonic_clock.NowNanos() + absl::ToInt64Nanoseconds(pause);
  return pause;
}

absl::Duration FeedFollower::TryAgain(const absl::Status& why) {
  stream_.reset();
  const absl::Duration pause = PauseAfterFailure(why);
  retry_ = environment_.monotonic_clock.NowNanos() + absl::ToInt64Nanoseconds(pause);
  // Once, not with every attempt; and being overtaken once is no trouble, nor is being stopped in the middle.
  const bool trouble = (failures_ > 1 || !absl::IsAborted(why)) && !stop_.stop_requested();
  if (trouble && !std::exchange(warned_, true)) {
    log_.Warning("cannot follow the peer; tries again until it can", {LogField::Error(why), {"attempts", failures_}});
  } else {
    log_.Debug("cannot follow the peer", {LogField::Error(why), {"attempts", failures_}});
  }
  SetState(State::kWaiting);
  const MutexLock lock(mutex_);
  ++stats_.failures;
  return pause;
}

absl::Duration FeedFollower::PauseAfterFailure(const absl::Status& why) {
  ++failures_;
  const absl::Duration grown = options_.retry_pause * std::exp2(std::min(failures_ - 1, 30));
  const absl::Duration pause = std::max(grown, RetryAfterOf(why).value_or(absl::ZeroDuration()));
  return std::min(pause, options_.max_retry_pause) * (0.5 + environment_.random());
}

void FeedFollower::SetState(State state) {
  State before = state;
  {
    const MutexLock lock(mutex_);
    before = std::exchange(stats_.state, state);
  }
  if (before == state || state != State::kFollowing) return;
  log_.Info("follows the peer");
  warned_ = false;
}

absl::Time FeedFollower::Deadline() const { return absl::Now() + options_.work_timeout; }

FeedFollowerStats FeedFollower::stats() const {
  const MutexLock lock(mutex_);
  return stats_;
}

absl::Duration FeedFollower::lag() const {
  return std::max(environment_.clock.Now() - stats().as_of, absl::ZeroDuration());
}

}  // namespace communique::platform

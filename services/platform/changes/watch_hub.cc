// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/changes/watch_hub.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "services/platform/changes/feed_token.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

// After so long a worker lets others have its thread.
constexpr std::int64_t kTurnNanos = 20'000'000;

absl::Status Ended(std::string_view why) {
  return Unavailable(Reason::ERROR_REASON_WATCH_ENDED, why, absl::Milliseconds(100));
}

absl::Status ShuttingDown() {
  return Unavailable(Reason::ERROR_REASON_SHUTTING_DOWN, "the server is ending: watch again from the last token",
                     absl::Milliseconds(100));
}

}  // namespace

class WatchHub::Turn {
 public:
  explicit Turn(WatchHub& hub) : hub_(hub) {}
  ~Turn() {
    const MutexLock lock(hub_.mutex_);
    --hub_.workers_;
    hub_.worker_ended_.NotifyAll();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  void Take() { hub_.Work(); }

 private:
  WatchHub& hub_;
};

WatchHub::WatchHub(FeedTail& tail, Database& database, Feed feed, WatchEvents& events, const WatchHubOptions& options,
                   const MonotonicClock& clock, Submit submit)
    : tail_(tail),
      feed_(feed),
      options_(options),
      clock_(clock),
      submit_(std::move(submit)),
      events_(events),
      resolved_(events, options.reuse, clock),
      pages_(database, feed, options.page),
      recent_(options.recent_entries) {
  const MutexLock lock(link_->mutex);
  link_->hub = this;
}

WatchHub::~WatchHub() {
  Close(ShuttingDown());
  {
    const MutexLock lock(link_->mutex);
    link_->hub = nullptr;
  }
  const MutexLock lock(mutex_);
  while (workers_ > 0) worker_ended_.Wait(mutex_);
}

absl::Status WatchHub::Watch(Request request, std::shared_ptr<WatchSink> sink) {
  const auto watcher = std::make_shared<Watcher>();
  {
    const MutexLock lock(mutex_);
    if (auto status = Admit(request, *watcher); !status.ok()) return status;
  }
  watcher->sink = std::move(sink);
  watcher->wanted = std::move(request.wanted);
  watcher->audience = std::move(request.audience);
  const auto call = [link = link_, weak = std::weak_ptr(watcher)](void (WatchHub::*method)(const WatcherPtr&)) {
    const WatcherPtr strong = weak.lock();
    const MutexLock lock(link->mutex);
    if (strong != nullptr && link->hub != nullptr) (link->hub->*method)(strong);
  };
  watcher->sink->OnRoom([call] { call(&WatchHub::OnRoom); });
  watcher->sink->OnClosed([call] { call(&WatchHub::Remove); });
  bool ahead = false;
  {
    const MutexLock lock(mutex_);
    // It may have closed already.
    if (closed_) return ShuttingDown();
    if (watcher->ended) return absl::OkStatus();
    watchers_.emplace(watcher.get(), watcher);
    ahead = watcher->asked != 0;
    if (!ahead && watcher->position < head_.position) Enqueue(watcher);
  }
  if (ahead) tail_.Hint();
  StartWorkers();
  return absl::OkStatus();
}

absl::Status WatchHub::Admit(const Request& request, Watcher& watcher) {
  if (closed_) return ShuttingDown();
  if (watchers_.size() >= options_.max_watchers) {
    return Exhausted(Reason::ERROR_REASON_OVERLOADED, "there are as many watchers as this server takes",
                     absl::Seconds(5), {{"limit", "watch.max_watchers"}});
  }
  if (store_id_.empty()) {
    return Unavailable(Reason::ERROR_REASON_DATABASE_UNAVAILABLE, "the change feed has not been read yet",
                       absl::Seconds(1));
  }
  watcher.heard = clock_.NowNanos();
  watcher.position = head_.position;
  if (request.token.empty()) return absl::OkStatus();
  const auto token = DecodeFeedToken(request.token);
  if (!token.ok()) return token.status();
  if (token->store_id != store_id_ || token->feed != feed_) return FeedTokenForeign();
  if (token->position < head_.trimmed) return FeedTokenTooOld();
  watcher.position = token->position;
  // From a list that was read, or a write that was made, since the last tick.
  if (token->position > head_.position) watcher.asked = watcher.heard;
  return absl::OkStatus();
}

void WatchHub::Close(const absl::Status& status) {
  std::vector<Ending> endings;
  {
    const MutexLock lock(mutex_);
    closed_ = true;
    EndAll(status, endings);
  }
  Tell(endings);
}

void WatchHub::OnTick(const FeedTick& tick) {
  const FeedTick::Progress& progress = tick.of(feed_);
  std::vector<Ending> endings;
  {
    const MutexLock lock(mutex_);
    if (tick.new_store) {
      EndAll(FeedTokenForeign(), endings);
      recent_.Clear();
      pages_.Clear();
    }
    if (progress.head.position < head_.position) pages_.Clear();
    store_id_ = tick.store_id;
    head_ = progress.head;
    recent_.Add(progress);
    LookAfterAll(tick.started, endings);
  }
  Tell(endings);
  StartWorkers();
}

void WatchHub::OnTickFailed(const absl::Status& /*why*/) {
  std::vector<Ending> endings;
  {
    const MutexLock lock(mutex_);
    LookAfterAll(0, endings);
  }
  Tell(endings);
  StartWorkers();
}

void WatchHub::LookAfterAll(std::int64_t tick, std::vector<Ending>& endings) {
  const std::int64_t now = clock_.NowNanos();
  const std::int64_t bookmark = absl::ToInt64Nanoseconds(options_.bookmark_interval);
  const std::int64_t patience = absl::ToInt64Nanoseconds(options_.slow_reader_timeout);
  std::vector<std::pair<WatcherPtr, absl::Status>> gone;
  for (const auto& [key, watcher] : watchers_) {
    if (watcher->asked != 0) {
      if (tick < watcher->asked) continue;
      watcher->asked = 0;
    }
    if (watcher->stuck != 0 && now - watcher->stuck >= patience) {
      gone.emplace_back(watcher, Ended("nothing could be delivered for too long: watch again from the last token"));
      ended_slow_.fetch_add(1, std::memory_order_relaxed);
    } else if (watcher->state == Watcher::State::kIdle) {
      if (watcher->position > head_.position) {
        gone.emplace_back(watcher, FeedTokenAhead());
      } else if (watcher->position < head_.position || now - watcher->heard >= bookmark) {
        Enqueue(watcher);
      }
    }
  }
  for (auto& [watcher, status] : gone) End(watcher, std::move(status), endings);
}

void WatchHub::Enqueue(const WatcherPtr& watcher) {
  watcher->state = Watcher::State::kWaiting;
  waiting_.push_back(watcher);
}

void WatchHub::StartWorkers() {
  while (true) {
    {
      const MutexLock lock(mutex_);
      if (workers_ >= options_.workers || waiting_.size() <= static_cast<std::size_t>(workers_)) return;
      ++workers_;
    }
    auto turn = std::make_unique<Turn>(*this);
    // Where the executor is full, the next tick tries again.
    if (!submit_([turn = std::move(turn)] { turn->Take(); }).ok()) return;
  }
}

void WatchHub::Work() {
  const std::int64_t end = clock_.NowNanos() + kTurnNanos;
  while (clock_.NowNanos() < end) {
    WatcherPtr watcher;
    {
      const MutexLock lock(mutex_);
      while (!waiting_.empty() && waiting_.front()->ended) waiting_.pop_front();
      if (waiting_.empty()) return;
      watcher = std::move(waiting_.front());
      waiting_.pop_front();
      watcher->state = Watcher::State::kWorking;
    }
    if (Serve(watcher)) {
      const MutexLock lock(mutex_);
      Enqueue(watcher);
    }
  }
  StartWorkers();
}

void WatchHub::OnRoom(const WatcherPtr& watcher) {
  watcher->room.store(true);
  {
    const MutexLock lock(mutex_);
    if (watcher->ended || watcher->state != Watcher::State::kFull) return;
    Enqueue(watcher);
  }
  StartWorkers();
}

void WatchHub::Remove(const WatcherPtr& watcher) {
  const MutexLock lock(mutex_);
  watcher->ended = true;
  watchers_.erase(watcher.get());
}

void WatchHub::End(const WatcherPtr& watcher, absl::Status status, std::vector<Ending>& endings) {
  watcher->ended = true;
  endings.emplace_back(watcher->sink, std::move(status));
  watchers_.erase(watcher.get());
}

void WatchHub::EndAll(const absl::Status& status, std::vector<Ending>& endings) {
  std::vector<WatcherPtr> all;
  for (const auto& [key, watcher] : watchers_) all.push_back(watcher);
  for (const WatcherPtr& watcher : all) End(watcher, status, endings);
}

void WatchHub::Tell(const std::vector<Ending>& endings) {
  for (const auto& [sink, status] : endings) sink->End(status);
}

WatchHubStats WatchHub::stats() const {
  WatchHubStats stats;
  stats.events = events_sent_.load(std::memory_order_relaxed);
  stats.bookmarks = bookmarks_sent_.load(std::memory_order_relaxed);
  stats.ended_slow = ended_slow_.load(std::memory_order_relaxed);
  stats.resolved = resolved_.resolved();
  stats.pages_read = pages_.pages_read();
  const MutexLock lock(mutex_);
  stats.watchers = watchers_.size();
  stats.waiting = waiting_.size();
  for (const auto& [key, watcher] : watchers_) {
    if (watcher->state == Watcher::State::kFull) ++stats.blocked;
  }
  return stats;
}

}  // namespace communique::platform

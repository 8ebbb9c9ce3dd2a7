// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// What a worker of the hub does for one watcher.

#include <algorithm>

#include "absl/time/clock.h"
#include "services/platform/changes/feed_token.h"
#include "services/platform/changes/watch_hub.h"
#include "services/platform/errors/error.h"

namespace communique::platform {

bool WatchHub::Serve(const WatcherPtr& watcher) {
  std::string store_id;
  std::vector<FeedEntryPtr> entries;
  bool old = false;
  {
    const MutexLock lock(mutex_);
    if (watcher->ended) return false;
    store_id = store_id_;
    old = watcher->position < recent_.after();
    if (!old && watcher->position <= recent_.head()) entries = recent_.After(watcher->position, options_.batch);
  }
  if (old) {
    auto page = pages_.After(watcher->position, absl::Now() + options_.work_timeout);
    if (!page.ok()) {
      Postpone(watcher, page.status());
      return false;
    }
    entries = *std::move(page);
    // The database has gone back and the tail does not know it yet.
    if (entries.empty()) {
      Postpone(watcher, absl::OkStatus());
      return false;
    }
  }
  if (entries.empty()) return Rest(watcher, store_id);
  for (std::span<const FeedEntryPtr> rest = entries; !rest.empty();) {
    const auto batch = rest.first(std::min(rest.size(), options_.batch));
    if (!Deliver(watcher, batch, store_id)) return false;
    rest = rest.subspan(batch.size());
  }
  return true;
}

bool WatchHub::Deliver(const WatcherPtr& watcher, std::span<const FeedEntryPtr> entries, const std::string& store_id) {
  std::vector<WatchEvents::Item> items;
  for (const FeedEntryPtr& entry : entries) {
    if (watcher->wanted && !watcher->wanted(*entry)) continue;
    items.push_back({entry, EncodeFeedToken({store_id, feed_, entry->position})});
  }
  std::vector<WatchEvents::Event> events;
  if (!items.empty()) {
    auto resolved = resolved_.Get(items, watcher->audience, absl::Now() + options_.work_timeout);
    if (!resolved.ok()) {
      Postpone(watcher, resolved.status());
      return false;
    }
    events = *std::move(resolved);
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    // Whoever is ended here has been told all before this entry.
    if (events[i] != nullptr && !Push(watcher, events[i])) return false;
    if (events[i] != nullptr) events_sent_.fetch_add(1, std::memory_order_relaxed);
    watcher->position = items[i].entry->position;
  }
  watcher->position = entries.back()->position;
  const MutexLock lock(mutex_);
  watcher->stuck = 0;
  return !watcher->ended;
}

bool WatchHub::Rest(const WatcherPtr& watcher, const std::string& store_id) {
  const std::int64_t now = clock_.NowNanos();
  if (now - watcher->heard >= absl::ToInt64Nanoseconds(options_.bookmark_interval)) {
    const std::string token = EncodeFeedToken({store_id, feed_, watcher->position});
    if (!Push(watcher, std::make_shared<const std::string>(events_.Bookmark(token)))) return false;
    bookmarks_sent_.fetch_add(1, std::memory_order_relaxed);
  }
  const MutexLock lock(mutex_);
  watcher->stuck = 0;
  // What has come meanwhile found him working and left it to us.
  if (watcher->position < head_.position) return true;
  watcher->state = Watcher::State::kIdle;
  return false;
}

bool WatchHub::Push(const WatcherPtr& watcher, const WatchEvents::Event& event) {
  while (true) {
    watcher->room.store(false);
    switch (watcher->sink->TryPush(event)) {
      case WatchSink::Push::kAccepted:
        watcher->heard = clock_.NowNanos();
        return true;
      case WatchSink::Push::kClosed:
        Remove(watcher);
        return false;
      case WatchSink::Push::kFull:
        break;
    }
    const MutexLock lock(mutex_);
    // There may have been room since: its callback found him working.
    if (watcher->room.load()) continue;
    watcher->state = Watcher::State::kFull;
    watcher->stuck = clock_.NowNanos();
    return false;
  }
}

void WatchHub::Postpone(const WatcherPtr& watcher, const absl::Status& why) {
  std::vector<Ending> endings;
  {
    const MutexLock lock(mutex_);
    if (ReasonOf(why) == Reason::ERROR_REASON_WATCH_TOO_OLD) {
      if (!watcher->ended) End(watcher, why, endings);
    } else {
      watcher->state = Watcher::State::kIdle;
      if (watcher->stuck == 0) watcher->stuck = clock_.NowNanos();
    }
  }
  Tell(endings);
}

}  // namespace communique::platform

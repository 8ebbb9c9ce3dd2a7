// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/following/feed_inbox.h"

namespace communique::platform {

void FeedInbox::Accepted() {
  {
    const MutexLock lock(mutex_);
    accepted_ = true;
  }
  wake_();
}

bool FeedInbox::Put(FeedEvent event) {
  bool room = false;
  {
    const MutexLock lock(mutex_);
    accepted_ = true;
    events_.push_back(std::move(event));
    full_ = events_.size() >= capacity_;
    room = !full_;
  }
  wake_();
  return room;
}

void FeedInbox::End(absl::Status status) {
  {
    const MutexLock lock(mutex_);
    end_ = std::move(status);
  }
  wake_();
}

FeedInbox::Taken FeedInbox::Take(std::size_t limit) {
  const MutexLock lock(mutex_);
  Taken taken;
  while (!events_.empty() && taken.events.size() < limit) {
    taken.events.push_back(std::move(events_.front()));
    events_.pop_front();
  }
  if (events_.empty()) taken.end = end_;
  taken.accepted = accepted_;
  taken.read_on = std::exchange(full_, full_ && events_.size() >= capacity_) && !full_;
  return taken;
}

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/platform/changes/watch_events.h"
#include "services/platform/concurrency/mutex.h"
#include "services/platform/errors/error.h"

namespace communique::platform {

// Events as text: "position name verb token", "position name GONE token" of what has gone, and "bookmark token".
// Thread-safe.
class TestEvents final : public WatchEvents {
 public:
  absl::StatusOr<std::vector<Event>> Resolve(std::span<const Item> items, const std::string& audience,
                                             absl::Time /*deadline*/) override {
    const MutexLock lock(mutex_);
    ++calls_;
    if (failing_) {
      return Unavailable(Reason::ERROR_REASON_DATABASE_UNAVAILABLE, "the database does not answer", absl::Seconds(1));
    }
    std::vector<Event> events;
    for (const Item& item : items) {
      const Change& change = item.entry->change;
      if (hidden_.contains({audience, change.name})) {
        events.push_back(nullptr);
        continue;
      }
      events.push_back(std::make_shared<const std::string>(
          absl::StrCat(item.entry->position, " ", change.name, " ", gone_.contains(change.name) ? "GONE" : change.verb,
                       " ", item.token)));
    }
    return events;
  }
  std::string Bookmark(const std::string& token) override { return absl::StrCat("bookmark ", token); }

  // `audience` gets nothing of `name`.
  void Hide(std::string audience, std::string name) {
    const MutexLock lock(mutex_);
    hidden_.insert({std::move(audience), std::move(name)});
  }
  // From now on there is a tombstone in its place.
  void Withdraw(std::string name) {
    const MutexLock lock(mutex_);
    gone_.insert(std::move(name));
  }
  void SetFailing(bool failing) {
    const MutexLock lock(mutex_);
    failing_ = failing;
  }
  int calls() const {
    const MutexLock lock(mutex_);
    return calls_;
  }

  static FeedPosition PositionOf(const std::string& event) { return std::stoll(event); }
  static std::string TokenOf(const std::string& event) {
    return std::vector<std::string>(absl::StrSplit(event, ' ')).back();
  }

 private:
  mutable Mutex mutex_;
  std::set<std::pair<std::string, std::string>> hidden_ ABSL_GUARDED_BY(mutex_);
  std::set<std::string> gone_ ABSL_GUARDED_BY(mutex_);
  bool failing_ ABSL_GUARDED_BY(mutex_) = false;
  int calls_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace communique::platform

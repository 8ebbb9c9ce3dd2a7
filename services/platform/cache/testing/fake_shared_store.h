// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "services/platform/cache/shared_store.h"
#include "services/platform/concurrency/mutex.h"

namespace communique::platform {

// A shared store for tests that does what Redis may do to us: answer later, lose all, or come back with old data.
// Values do not expire by themselves. Thread-safe.
class FakeSharedStore final : public SharedStore {
 public:
  using Values = std::map<std::string, std::string>;

  bool Fetch(std::string key, Fetched fetched) override {
    {
      const MutexLock lock(mutex_);
      if (down_) return false;
      if (deferring_) {
        deferred_.emplace_back(std::move(key), std::move(fetched));
        return true;
      }
    }
    Answer(key, std::move(fetched));
    return true;
  }

  void Store(std::string key, std::string value, absl::Duration /*ttl*/) override {
    const MutexLock lock(mutex_);
    if (!down_) values_[std::move(key)] = std::move(value);
  }

  bool Remove(std::string key, Removed removed) override {
    {
      const MutexLock lock(mutex_);
      if (down_) return false;
      values_.erase(key);
    }
    std::move(removed)(true);
    return true;
  }

  // Nothing can be asked or stored.
  void SetDown(bool down) {
    const MutexLock lock(mutex_);
    down_ = down;
  }
  // Fetches wait for AnswerOne.
  void SetDeferring(bool deferring) {
    const MutexLock lock(mutex_);
    deferring_ = deferring;
  }
  // Answers the fetch that waits longest, with what is there now, or with nothing. False when none waits.
  bool AnswerOne(bool with_nothing = false) {
    std::pair<std::string, Fetched> next;
    {
      const MutexLock lock(mutex_);
      if (deferred_.empty()) return false;
      next = std::move(deferred_.front());
      deferred_.pop_front();
    }
    if (with_nothing) {
      std::move(next.second)(std::nullopt);
    } else {
      Answer(next.first, std::move(next.second));
    }
    return true;
  }

  Values values() const {
    const MutexLock lock(mutex_);
    return values_;
  }
  void Replace(Values values) {
    const MutexLock lock(mutex_);
    values_ = std::move(values);
  }

 private:
  void Answer(const std::string& key, Fetched fetched) {
    std::optional<std::string> value;
    {
      const MutexLock lock(mutex_);
      if (const auto found = values_.find(key); found != values_.end()) value = found->second;
    }
    std::move(fetched)(std::move(value));
  }

  mutable Mutex mutex_;
  bool down_ ABSL_GUARDED_BY(mutex_) = false;
  bool deferring_ ABSL_GUARDED_BY(mutex_) = false;
  std::deque<std::pair<std::string, Fetched>> deferred_ ABSL_GUARDED_BY(mutex_);
  Values values_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace communique::platform

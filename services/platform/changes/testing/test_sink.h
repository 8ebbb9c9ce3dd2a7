// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "services/platform/changes/watch_sink.h"
#include "services/platform/concurrency/mutex.h"

namespace communique::platform {

// The far end of a stream, for tests: keeps what it is sent, takes as much as it is told to. Thread-safe.
class TestSink final : public WatchSink {
 public:
  explicit TestSink(std::size_t room = std::numeric_limits<std::size_t>::max()) : room_(room) {}

  Push TryPush(std::shared_ptr<const std::string> event) override {
    const MutexLock lock(mutex_);
    if (end_) return Push::kClosed;
    if (room_ == 0) {
      wants_room_ = true;
      return Push::kFull;
    }
    --room_;
    events_.push_back(*event);
    if (on_event_) on_event_(*event);
    return Push::kAccepted;
  }
  void OnRoom(std::function<void()> callback) override {
    const MutexLock lock(mutex_);
    on_room_ = std::move(callback);
  }
  void OnClosed(std::function<void()> callback) override {
    {
      const MutexLock lock(mutex_);
      if (!end_) {
        on_closed_ = std::move(callback);
        return;
      }
    }
    callback();
  }
  void End(absl::Status status) override {
    std::function<void()> callback;
    {
      const MutexLock lock(mutex_);
      if (end_) return;
      end_ = std::move(status);
      callback = std::exchange(on_closed_, nullptr);
    }
    if (callback) callback();
  }

  // The reader takes so much more.
  void GiveRoom(std::size_t room) {
    std::function<void()> callback;
    {
      const MutexLock lock(mutex_);
      room_ += room;
      if (std::exchange(wants_room_, false)) callback = on_room_;
    }
    if (callback) callback();
  }
  // Called with each event, on the pusher's thread. Set before watching.
  void OnEvent(std::function<void(const std::string&)> callback) {
    const MutexLock lock(mutex_);
    on_event_ = std::move(callback);
  }
  std::vector<std::string> events() const {
    const MutexLock lock(mutex_);
    return events_;
  }
  // How the stream ended, if it has.
  std::optional<absl::Status> end() const {
    const MutexLock lock(mutex_);
    return end_;
  }

 private:
  mutable Mutex mutex_;
  std::size_t room_ ABSL_GUARDED_BY(mutex_);
  bool wants_room_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::string> events_ ABSL_GUARDED_BY(mutex_);
  std::optional<absl::Status> end_ ABSL_GUARDED_BY(mutex_);
  std::function<void()> on_room_ ABSL_GUARDED_BY(mutex_);
  std::function<void()> on_closed_ ABSL_GUARDED_BY(mutex_);
  std::function<void(const std::string&)> on_event_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace communique::platform

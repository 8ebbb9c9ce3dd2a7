// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"

namespace communique::platform {

// Where a watcher's events go: the sending end of a stream (rpc's EventStream) without gRPC. Shared; all methods may be
// called from any thread and none blocks. Callbacks may run within the call that causes them.
class WatchSink {
 public:
  enum class Push {
    kAccepted,
    kFull,    // not taken: OnRoom's callback will be called when there is room again
    kClosed,  // not taken, nor will anything be
  };

  virtual ~WatchSink() = default;

  // `event` is one serialised message; its bytes are shared between watchers.
  virtual Push TryPush(std::shared_ptr<const std::string> event) = 0;
  // Called each time when, after kFull, there is room again. Set before the first push.
  virtual void OnRoom(std::function<void()> callback) = 0;
  // Called once when the stream is closed by either end: at once if it is already.
  virtual void OnClosed(std::function<void()> callback) = 0;
  // Ends the stream after what has been taken.
  virtual void End(absl::Status status) = 0;
};

}  // namespace communique::platform

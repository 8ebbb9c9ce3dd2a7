// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>

#include "absl/status/status.h"
#include "services/platform/rpc/call.h"
#include "services/platform/rpc/reply_bytes.h"

namespace communique::platform {

// The sending end of a server stream. The code that has events pushes them, from any thread; they go out one after the
// other in that order. What the reader has not taken yet waits in a buffer that is bounded by configuration: who fills
// it is told to wait, and a reader that takes nothing for too long is ended.
//
// Shared: the stream keeps itself alive while it is open, pushers hold it as long as they like. All methods may be
// called from any thread. Callbacks run on gRPC's threads or within the call that causes them: they must not block, and
// they may call the stream.
class EventStream {
 public:
  enum class Push {
    kAccepted,
    // There is no room; the event was not taken. OnRoom's callback will be called.
    kFull,
    // The stream has ended; the event was not taken, nor will any be.
    kClosed,
  };

  virtual ~EventStream() = default;

  // `event` is one serialised reply message.
  virtual Push TryPush(ReplyBytes event) = 0;

  // Called each time when, after kFull, half of the buffer is free again. Set it before the first push.
  virtual void OnRoom(std::function<void()> callback) = 0;

  // Called once when the stream is closed, by whichever end and for whatever reason: at once if it is already. Then
  // both callbacks are destroyed. Set it before the start function returns.
  virtual void OnClosed(std::function<void()> callback) = 0;

  // Ends the stream after what is in the buffer. The first status counts.
  virtual void End(absl::Status status) = 0;

  virtual bool closed() const = 0;

  // The call that opened the stream. Trailers may be added only before the start function returns.
  virtual Call& call() = 0;
};

}  // namespace communique::platform

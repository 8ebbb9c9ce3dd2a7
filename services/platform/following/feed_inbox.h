// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "services/platform/concurrency/mutex.h"
#include "services/platform/following/feed_stream.h"

namespace communique::platform {

// What has come from one stream and waits for the follower. Bounded: a stream that is told to wait reads on when it is
// asked to (FeedStream::ReadOn), and until then gRPC's flow control holds the peer back. Thread-safe.
class FeedInbox {
 public:
  // `wake` is called, from whatever thread, when there is something new.
  FeedInbox(std::size_t capacity, std::function<void()> wake) : capacity_(capacity), wake_(std::move(wake)) {}

  // The peer has taken up the stream, though it has nothing to say yet.
  void Accepted();
  // Takes the event; whether there is room for another one.
  bool Put(FeedEvent event);
  // The stream has ended, OK or not; once, after the last event.
  void End(absl::Status status);

  struct Taken {
    std::vector<FeedEvent> events;
    // What the stream ended with, when these are the last events.
    std::optional<absl::Status> end;
    bool accepted = false;
    // The stream waits to be asked for more.
    bool read_on = false;
  };
  // The oldest events, at most `limit`, none when there are none.
  Taken Take(std::size_t limit);

 private:
  const std::size_t capacity_;
  const std::function<void()> wake_;

  Mutex mutex_;
  std::deque<FeedEvent> events_ ABSL_GUARDED_BY(mutex_);
  std::optional<absl::Status> end_ ABSL_GUARDED_BY(mutex_);
  bool accepted_ ABSL_GUARDED_BY(mutex_) = false;
  bool full_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdlib>
#include <functional>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "google/protobuf/message.h"

// A peer's Watch stream as a follower sees it, without gRPC: platform/peers makes one of a generated stub, tests make
// their own.
namespace communique::platform {

class FeedInbox;

// One message of the stream.
struct FeedEvent {
  // Watching from it goes on behind this.
  std::string token;
  // What the peer sent; null in a bookmark, which says nothing but where the stream is.
  std::shared_ptr<const google::protobuf::Message> message;
  // When what happened was written; unknown: the infinite past.
  absl::Time time = absl::InfinitePast();

  // The message. Requires: it is one of this type, not a bookmark.
  template <typename Message>
  const Message& As() const {
    const auto* typed = dynamic_cast<const Message*>(message.get());
    if (typed == nullptr) std::abort();
    return *typed;
  }
};

// An open stream that fills an inbox. Used by the follower's thread alone.
class FeedStream {
 public:
  // Ends the stream, at once; the inbox hears no more of it.
  virtual ~FeedStream() = default;

  // There is room in the inbox again, which was full.
  virtual void ReadOn() = 0;
};

// Opens a stream of what comes after `token`. Does not block: what goes wrong is told to the inbox, as the stream's
// end.
using OpenFeed = std::function<std::unique_ptr<FeedStream>(const std::string& token, std::shared_ptr<FeedInbox> inbox)>;

}  // namespace communique::platform

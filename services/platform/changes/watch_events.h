// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/changes/feed.h"

namespace communique::platform {

// Turns entries of a feed into what watchers get. A service has one for each of its Watch methods.
class WatchEvents {
 public:
  struct Item {
    FeedEntryPtr entry;
    std::string token;  // watching from it goes on behind the entry
  };
  using Event = std::shared_ptr<const std::string>;

  virtual ~WatchEvents() = default;

  // For each item the message to send, or null where there is nothing for this audience. Decides by what the resource
  // is now, not what it was when the entry was made: of what has gone since, a tombstone. `audience` is what the
  // watcher was given; watchers with the same audience get the same bytes. May block until `deadline`; an error is
  // tried again.
  virtual absl::StatusOr<std::vector<Event>> Resolve(std::span<const Item> items, const std::string& audience,
                                                     absl::Time deadline) = 0;

  // The message that says nothing but where to go on.
  virtual std::string Bookmark(const std::string& token) = 0;
};

}  // namespace communique::platform

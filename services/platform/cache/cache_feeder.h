// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "services/platform/cache/reply_cache.h"
#include "services/platform/changes/feed_tail.h"

namespace communique::platform {

// Tells a cache what the tail sees:
//
//   CacheFeeder feeder(cache);
//   tail.AddObserver(feeder);
class CacheFeeder final : public FeedObserver {
 public:
  // `cache` must outlive the feeder.
  explicit CacheFeeder(ReplyCache& cache) : cache_(cache) {}

  void OnTickBegins() override { cache_.OnTickBegins(); }

  void OnTick(const FeedTick& tick) override {
    std::vector<CacheTick::Change> changes;
    changes.reserve(tick.internal.entries.size());
    for (const FeedEntryPtr& entry : tick.internal.entries) changes.push_back({entry->change.name, entry->position});
    cache_.OnTick({tick.store_id, tick.internal.head.position, tick.internal.complete_after, changes, tick.started});
  }

  void OnTickFailed(const absl::Status&) override { cache_.OnTickFailed(); }

 private:
  ReplyCache& cache_;
};

}  // namespace communique::platform

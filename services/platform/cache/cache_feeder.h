// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "services/platform/cache/reply_cache.h"
#include "services/platform/changes/feed_tail.h"

namespace communique::platform {

// What a reply depends on that says where the public feed stands, as a list's watch token does. It becomes old whenever
// something is told to the public feed, by whichever replica and of whatever resource. If it became old with the next
// change of what it shows instead, hidden or not, its token would tell of that change.
inline constexpr std::string_view kPublicFeedHead = "public feed";
inline Dependency PublicFeedHead() { return Dependency::Exactly(kPublicFeedHead); }

// Tells a cache what the tail sees:
//
//   CacheFeeder feeder(cache);
//   tail.AddObserver(feeder);
class CacheFeeder final : public FeedObserver {
 public:
  // `cache` must outlive the feeder.
  explicit CacheFeeder(ReplyCache& cache) : cache_(cache) {}

  void OnTick(const FeedTick& tick) override {
    std::vector<CacheTick::Change> changes;
    changes.reserve(tick.internal.entries.size());
    for (const FeedEntryPtr& entry : tick.internal.entries) changes.push_back({entry->change.name, entry->position});
    // No reply read before this tick is known to hold what the public feed was told; what moved that feed is among the
    // internal feed's entries, so replies read from now on are above the floor.
    if (public_head_ != tick.made_public.head.position)
      changes.push_back({kPublicFeedHead, tick.internal.head.position});
    public_head_ = tick.made_public.head.position;
    cache_.OnTick({tick.store_id, tick.internal.head.position, tick.internal.complete_after, changes, tick.started});
  }

 private:
  ReplyCache& cache_;
  std::optional<FeedPosition> public_head_;  // at the tick before; the tail's thread alone uses it
};

}  // namespace communique::platform

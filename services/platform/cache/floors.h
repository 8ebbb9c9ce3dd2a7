// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "services/platform/base/feed_position.h"
#include "services/platform/cache/dependency.h"

namespace communique::platform {

// How fresh a cached reply must be: for each resource, the position of its newest known change. A reply whose rows were
// read when the feed stood before that position does not hold the change and is worth nothing, wherever it comes from.
//
// The table is an array of numbers indexed by hash, so its memory is bounded from the start and it forgets nothing: two
// resources that meet in a slot share the higher floor. Lock-free; all methods may be called from any thread.
class Floors {
 public:
  // `slots` is rounded up to a power of two; 8 bytes each.
  explicit Floors(std::size_t slots);

  // `resource` changed at `position`: raises its own floor and that of everything it lies within.
  void Raise(std::string_view resource, FeedPosition position);

  // Anything may have changed up to `position`.
  void RaiseAll(FeedPosition position);

  // Whether a reply made from `dependencies`, with rows read when the feed stood at `as_of`, holds all known changes.
  bool Allow(std::span<const Dependency> dependencies, FeedPosition as_of) const {
    if (as_of < base_.load(std::memory_order_acquire)) return false;
    for (const Dependency& dependency : dependencies) {
      if (as_of < SlotOf(dependency).load(std::memory_order_acquire)) return false;
    }
    return true;
  }

  // For another store, whose positions begin anew: forgets all floors, then RaiseAll(position). A Raise at the same
  // time may be forgotten too: the caller repeats those of the feed, and serves nothing in between.
  void Restart(FeedPosition position);

  FeedPosition base() const { return base_.load(std::memory_order_relaxed); }
  // Slots that hold a floor. Walks the table: for metrics.
  std::size_t CountRaised() const;

 private:
  // Every change raises the floor of everything: it has a slot of its own, which no resource shares.
  std::size_t IndexOf(const Dependency& dependency) const {
    return dependency.is_everything() ? slots_.size() - 1 : dependency.hash() & mask_;
  }
  std::atomic<FeedPosition>& SlotOf(const Dependency& dependency) { return slots_[IndexOf(dependency)]; }
  const std::atomic<FeedPosition>& SlotOf(const Dependency& dependency) const { return slots_[IndexOf(dependency)]; }

  std::vector<std::atomic<FeedPosition>> slots_;
  std::size_t mask_;
  std::atomic<FeedPosition> base_{0};
};

}  // namespace communique::platform

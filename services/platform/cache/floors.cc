// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/cache/floors.h"

#include <algorithm>
#include <bit>

namespace communique::platform {
namespace {

void RaiseTo(std::atomic<FeedPosition>& floor, FeedPosition position) {
  FeedPosition current = floor.load(std::memory_order_relaxed);
  while (current < position && !floor.compare_exchange_weak(current, position, std::memory_order_acq_rel)) {
  }
}

}  // namespace

Floors::Floors(std::size_t slots)
    : slots_(std::bit_ceil(std::max<std::size_t>(slots, 1)) + 1), mask_(slots_.size() - 2) {}

void Floors::Raise(std::string_view resource, FeedPosition position) {
  RaiseTo(SlotOf(Dependency::Exactly(resource)), position);
  RaiseTo(SlotOf(Dependency::Within(resource)), position);
  RaiseTo(SlotOf(Dependency::Within("")), position);
  // A name is pairs of collection and id: every second slash ends an ancestor.
  int slashes = 0;
  for (std::size_t i = 0; i < resource.size(); ++i) {
    if (resource[i] == '/' && ++slashes % 2 == 0) RaiseTo(SlotOf(Dependency::Within(resource.substr(0, i))), position);
  }
}

void Floors::RaiseAll(FeedPosition position) { RaiseTo(base_, position); }

void Floors::Restart(FeedPosition position) {
  for (std::atomic<FeedPosition>& slot : slots_) slot.store(0, std::memory_order_release);
  base_.store(position, std::memory_order_release);
}

std::size_t Floors::CountRaised() const {
  return static_cast<std::size_t>(std::count_if(
      slots_.begin(), slots_.end(), [](const auto& slot) { return slot.load(std::memory_order_relaxed) != 0; }));
}

}  // namespace communique::platform

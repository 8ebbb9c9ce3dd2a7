// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/changes/feed_trimmer.h"

#include <chrono>

#include "absl/time/clock.h"

namespace communique::platform {
namespace {

constexpr absl::Duration kTimeout = absl::Minutes(2);

}  // namespace

void FeedTrimmer::Start() {
  thread_ = std::thread([this] { RunUntilStopped(); });
}

void FeedTrimmer::Stop() {
  {
    const MutexLock lock(mutex_);
    stopped_ = true;
  }
  changed_.NotifyAll();
  if (thread_.joinable()) thread_.join();
}

void FeedTrimmer::RunUntilStopped() {
  while (true) {
    for (const Feed feed : {Feed::kInternal, Feed::kPublic}) {
      const auto removed = TrimFeed(database_, feed, clock_.Now(), options_, absl::Now() + kTimeout);
      if (removed.ok()) {
        removed_.fetch_add(static_cast<std::uint64_t>(*removed), std::memory_order_relaxed);
      } else {
        failures_.fetch_add(1, std::memory_order_relaxed);
      }
    }
    const auto next = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(options_.interval);
    const MutexLock lock(mutex_);
    while (!stopped_ && std::chrono::steady_clock::now() < next) changed_.WaitUntil(mutex_, next);
    if (stopped_) return;
  }
}

}  // namespace communique::platform

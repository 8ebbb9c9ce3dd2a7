// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/changes/resolved_events.h"

#include <utility>

#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

// Beyond these, memory is worth more than a second look.
constexpr std::size_t kMaxAudiences = 64;
constexpr std::size_t kMaxEvents = 4096;

}  // namespace

absl::StatusOr<std::vector<WatchEvents::Event>> ResolvedEvents::Get(std::span<const WatchEvents::Item> items,
                                                                    const std::string& audience_name,
                                                                    absl::Time deadline) {
  const std::shared_ptr<Audience> audience = AudienceOf(audience_name);
  const MutexLock lock(audience->mutex);
  const std::int64_t now = clock_.NowNanos();
  Forget(*audience, now - reuse_);
  std::vector<WatchEvents::Event> events(items.size());
  std::vector<WatchEvents::Item> missing;
  std::vector<std::size_t> missing_at;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto found = audience->events.find(items[i].entry->position);
    if (found != audience->events.end()) {
      events[i] = found->second.event;
    } else {
      missing.push_back(items[i]);
      missing_at.push_back(i);
    }
  }
  if (missing.empty()) return events;

  auto resolved = events_.Resolve(missing, audience_name, deadline);
  if (!resolved.ok()) return resolved.status();
  if (resolved->size() != missing.size()) return InternalError("WatchEvents::Resolve gave another number of events");
  resolved_.fetch_add(missing.size(), std::memory_order_relaxed);
  for (std::size_t i = 0; i < missing.size(); ++i) {
    WatchEvents::Event& event = (*resolved)[i];
    // Since before it was resolved, which may have taken a while.
    if (audience->events.emplace(missing[i].entry->position, Resolved{event, now}).second) {
      audience->ages.emplace_back(now, missing[i].entry->position);
    }
    events[missing_at[i]] = std::move(event);
  }
  return events;
}

std::shared_ptr<ResolvedEvents::Audience> ResolvedEvents::AudienceOf(const std::string& name) {
  const MutexLock lock(mutex_);
  if (audiences_.size() >= kMaxAudiences && !audiences_.contains(name)) audiences_.clear();
  std::shared_ptr<Audience>& audience = audiences_[name];
  if (audience == nullptr) audience = std::make_shared<Audience>();
  return audience;
}

void ResolvedEvents::Forget(Audience& audience, std::int64_t before) {
  while (!audience.ages.empty() && (audience.ages.front().first < before || audience.ages.size() > kMaxEvents)) {
    audience.events.erase(audience.ages.front().second);
    audience.ages.pop_front();
  }
}

}  // namespace communique::platform

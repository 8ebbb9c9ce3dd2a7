// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/health.h"

#include <utility>

namespace communique::platform {

void Health::AddService(std::string_view name) {
  {
    const MutexLock lock(mutex_);
    names_.emplace(name, std::nullopt);
  }
  Tell(&Watcher::changed);
}

void Health::SetDependency(std::string_view name, bool reachable) {
  {
    const MutexLock lock(mutex_);
    names_.insert_or_assign(std::string(name), reachable);
  }
  Tell(&Watcher::changed);
}

void Health::SetReady(bool ready) {
  {
    const MutexLock lock(mutex_);
    ready_ = ready && !draining_;
  }
  Tell(&Watcher::changed);
}

void Health::Drain() {
  {
    const MutexLock lock(mutex_);
    draining_ = true;
    ready_ = false;
  }
  Tell(&Watcher::changed);
}

bool Health::ready() const {
  const MutexLock lock(mutex_);
  return ready_;
}

std::optional<bool> Health::IsServing(std::string_view name) const {
  const MutexLock lock(mutex_);
  const auto found = names_.find(name);
  if (found == names_.end()) return std::nullopt;
  return found->second.value_or(ready_);
}

std::vector<Health::Entry> Health::All() const {
  const MutexLock lock(mutex_);
  std::vector<Entry> all;
  for (const auto& [name, reachable] : names_) all.push_back({name, reachable.value_or(ready_), reachable.has_value()});
  return all;
}

std::uint64_t Health::Watch(std::function<void()> changed, std::function<void()> ended) {
  std::function<void()> too_late;
  std::uint64_t id = 0;
  {
    const MutexLock lock(mutex_);
    id = next_id_++;
    if (watches_ended_) {
      too_late = std::move(ended);
    } else {
      watchers_.emplace(id, Watcher{std::move(changed), std::move(ended)});
    }
  }
  if (too_late) too_late();
  return id;
}

void Health::Unwatch(std::uint64_t id) {
  Watcher gone;  // destroyed after the lock is released
  const MutexLock lock(mutex_);
  if (const auto found = watchers_.find(id); found != watchers_.end()) {
    gone = std::move(found->second);
    watchers_.erase(found);
  }
}

std::size_t Health::watches() const {
  const MutexLock lock(mutex_);
  return watchers_.size();
}

void Health::EndWatches() {
  {
    const MutexLock lock(mutex_);
    watches_ended_ = true;
  }
  Tell(&Watcher::ended);
}

void Health::Tell(std::function<void()> Watcher::*what) {
  std::vector<std::function<void()>> callbacks;
  {
    const MutexLock lock(mutex_);
    callbacks.reserve(watchers_.size());
    for (const auto& [id, watcher] : watchers_) callbacks.push_back(watcher.*what);
  }
  for (const auto& callback : callbacks) callback();
}

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/cache/local_cache.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "services/platform/base/string_view.h"

namespace communique::platform {
namespace {

// The list node, the index slot and the allocator's share, roughly.
constexpr std::size_t kEntryOverhead = 256;

}  // namespace

LocalCache::LocalCache(const LocalCacheOptions& options, const Floors& floors)
    : max_shard_bytes_(options.max_bytes / std::bit_ceil(std::max<std::size_t>(options.shards, 1))),
      floors_(floors),
      shards_(std::bit_ceil(std::max<std::size_t>(options.shards, 1))) {}

std::shared_ptr<const StoredReply> LocalCache::Find(std::string_view key, absl::Time now, FeedPosition at_least) {
  const std::size_t hash = Index::hasher()(ToAbsl(key));
  Shard& shard = ShardOf(hash);
  std::list<Entry> removed;
  const MutexLock lock(shard.mutex);
  const auto found = shard.index.find(ToAbsl(key), hash);
  if (found == shard.index.end()) return nullptr;
  const auto entry = found->second;
  if (!floors_.Allow(entry->dependencies, entry->as_of)) {
    ++shard.stats.refused_by_floor;
    shard.Remove(entry, removed);
    return nullptr;
  }
  if (now >= entry->expires_at) {
    ++shard.stats.refused_by_expiry;
    shard.Remove(entry, removed);
    return nullptr;
  }
  if (entry->as_of < at_least) return nullptr;
  ++shard.stats.hits;
  entry->read = true;
  return entry->reply;
}

void LocalCache::Put(std::string_view key, const Dependencies& dependencies, std::shared_ptr<const StoredReply> reply) {
  const std::size_t bytes = kEntryOverhead + key.size() + reply->bytes.size() + reply->etag.size();
  if (bytes > max_shard_bytes_) return;
  Shard& shard = ShardOf(Index::hasher()(ToAbsl(key)));
  std::list<Entry> removed;
  const MutexLock lock(shard.mutex);
  if (const auto found = shard.index.find(ToAbsl(key)); found != shard.index.end()) {
    if (found->second->as_of > reply->as_of) return;
    shard.Remove(found->second, removed);
  }
  const FeedPosition as_of = reply->as_of;
  const absl::Time expires_at = reply->expires_at;
  shard.entries.push_front({std::string(key), std::move(reply), as_of, expires_at, dependencies, bytes});
  shard.index.emplace(shard.entries.front().key, shard.entries.begin());
  shard.stats.bytes += bytes;
  shard.Evict(max_shard_bytes_, removed);
}

void LocalCache::Remove(std::string_view key) {
  Shard& shard = ShardOf(Index::hasher()(ToAbsl(key)));
  std::list<Entry> removed;
  const MutexLock lock(shard.mutex);
  if (const auto found = shard.index.find(ToAbsl(key)); found != shard.index.end()) {
    shard.Remove(found->second, removed);
  }
}

void LocalCache::Sweep(absl::Time now) {
  for (Shard& shard : shards_) {
    std::list<Entry> removed;
    const MutexLock lock(shard.mutex);
    for (auto entry = shard.entries.begin(); entry != shard.entries.end();) {
      const auto next = std::next(entry);
      const bool good = now < entry->expires_at && floors_.Allow(entry->dependencies, entry->as_of);
      if (!good) shard.Remove(entry, removed);
      entry = next;
    }
  }
}

void LocalCache::Clear() {
  for (Shard& shard : shards_) {
    const MutexLock lock(shard.mutex);
    shard.index.clear();
    shard.entries.clear();
    shard.stats.bytes = 0;
  }
}

LocalCacheStats LocalCache::stats() const {
  LocalCacheStats sum;
  for (const Shard& shard : shards_) {
    const MutexLock lock(shard.mutex);
    sum.hits += shard.stats.hits;
    sum.refused_by_floor += shard.stats.refused_by_floor;
    sum.refused_by_expiry += shard.stats.refused_by_expiry;
    sum.evictions += shard.stats.evictions;
    sum.entries += shard.entries.size();
    sum.bytes += shard.stats.bytes;
  }
  return sum;
}

void LocalCache::Shard::Remove(std::list<Entry>::iterator entry, std::list<Entry>& removed) {
  index.erase(entry->key);
  stats.bytes -= entry->bytes;
  removed.splice(removed.end(), entries, entry);
}

void LocalCache::Shard::Evict(std::size_t max_bytes, std::list<Entry>& removed) {
  while (stats.bytes > max_bytes) {
    const auto last = std::prev(entries.end());
    if (std::exchange(last->read, false)) {
      entries.splice(entries.begin(), entries, last);
    } else {
      Remove(last, removed);
      ++stats.evictions;
    }
  }
}

LocalCache::Shard& LocalCache::ShardOf(std::size_t hash) {
  // The highest bits: the index uses the lowest, and would fill only the slots that a shard's own bits select.
  return shards_[(hash >> 48U) & (shards_.size() - 1)];
}

}  // namespace communique::platform

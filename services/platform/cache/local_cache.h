// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "services/platform/cache/dependency.h"
#include "services/platform/cache/floors.h"
#include "services/platform/cache/stored_reply.h"
#include "services/platform/concurrency/mutex.h"

namespace communique::platform {

struct LocalCacheOptions {
  // Replies, keys and what keeping them costs, together. 0 keeps nothing.
  std::size_t max_bytes = 64 << 20;
  // A power of two. Each shard has a lock and an equal part of max_bytes; no reply larger than that part is kept.
  std::size_t shards = 8;
};

struct LocalCacheStats {
  std::uint64_t hits = 0;
  std::uint64_t refused_by_floor = 0;  // an entry that was there, but too old
  std::uint64_t refused_by_expiry = 0;
  std::uint64_t evictions = 0;
  std::size_t entries = 0;
  std::size_t bytes = 0;
};

// The first level: replies in this process. When there are too many bytes, those leave first that have not been read
// for longest ("second chance": a read only marks its entry, so that it writes to no other). Every look-up checks the
// entry's floors and its end, so a reply that a change has made old is never returned, whenever it was put here. It
// knows nothing of ticks: whether floors are complete is its caller's question (Freshness).
//
// All methods may be called from any thread.
class LocalCache {
 public:
  // `floors` must outlive the cache.
  LocalCache(const LocalCacheOptions& options, const Floors& floors);

  // The reply, or null. With `at_least` > 0 a reply whose rows are older than that position is not returned, but kept.
  // Allocates nothing.
  std::shared_ptr<const StoredReply> Find(std::string_view key, absl::Time now, FeedPosition at_least = 0);

  // Keeps `reply` under `key`, unless an entry with a newer as_of is there already.
  void Put(std::string_view key, const Dependencies& dependencies, std::shared_ptr<const StoredReply> reply);

  void Remove(std::string_view key);
  void Clear();
  // Lets go everything that would not be returned any more.
  void Sweep(absl::Time now);

  LocalCacheStats stats() const;

 private:
  // What a look-up needs lies together; the reply itself is only touched to share it.
  struct Entry {
    std::string key;
    std::shared_ptr<const StoredReply> reply;
    FeedPosition as_of;
    absl::Time expires_at;
    Dependencies dependencies;
    std::size_t bytes;
    bool read = false;  // since it was last passed over when something had to leave
  };

  using Index = absl::flat_hash_map<absl::string_view, std::list<Entry>::iterator>;

  struct alignas(64) Shard {
    mutable Mutex mutex;
    // The last is the next to leave, unless it has been read.
    std::list<Entry> entries ABSL_GUARDED_BY(mutex);
    // The keys are views of the entries' keys.
    Index index ABSL_GUARDED_BY(mutex);
    LocalCacheStats stats ABSL_GUARDED_BY(mutex);

    // Moves it to `removed`, which the caller lets go after the lock: freeing a large reply takes its time.
    void Remove(std::list<Entry>::iterator entry, std::list<Entry>& removed) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex);
    void Evict(std::size_t max_bytes, std::list<Entry>& removed) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex);
  };

  Shard& ShardOf(std::size_t hash);

  const std::size_t max_shard_bytes_;
  const Floors& floors_;
  std::vector<Shard> shards_;
};

}  // namespace communique::platform

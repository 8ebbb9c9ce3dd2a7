// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <deque>
#include <list>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/changes/feed.h"
#include "services/platform/changes/feed_tail.h"
#include "services/platform/concurrency/mutex.h"
#include "services/platform/storage/database.h"

namespace communique::platform {

// The newest entries of a feed, in memory, as the tail brings them. Entries after `after()` up to `head()` are here,
// without a gap. Not thread-safe.
class RecentEntries {
 public:
  explicit RecentEntries(std::size_t capacity) : capacity_(capacity) {}

  // Adds what a tick has seen. Where that does not join on, what was here before is dropped.
  void Add(const FeedTick::Progress& progress);
  void Clear();

  FeedPosition after() const { return after_; }
  FeedPosition head() const { return after_ + static_cast<FeedPosition>(entries_.size()); }

  // At most `limit` entries after `position`. Requires: after() <= position <= head().
  std::vector<FeedEntryPtr> After(FeedPosition position, std::size_t limit) const;

 private:
  const std::size_t capacity_;
  FeedPosition after_ = 0;
  std::deque<FeedEntryPtr> entries_;
};

// Older entries, read from the database in pages that all who catch up share. Thread-safe; one page is read at a time.
class FeedPages {
 public:
  // `database` must outlive it.
  FeedPages(Database& database, Feed feed, std::size_t page_size)
      : database_(database), feed_(feed), size_(page_size) {}

  // The next entries after `position`, at least one as long as the head is beyond it. WATCH_TOO_OLD when they have been
  // removed.
  absl::StatusOr<std::vector<FeedEntryPtr>> After(FeedPosition position, absl::Time deadline);

  // The store is another one.
  void Clear();

  std::uint64_t pages_read() const { return pages_read_.load(std::memory_order_relaxed); }

 private:
  struct Page {
    FeedPosition number = 0;
    FeedPosition after = 0;  // its entries begin behind this one
    std::vector<FeedEntryPtr> entries;
  };

  absl::StatusOr<Page> ReadPage(FeedPosition number, absl::Time deadline);

  Database& database_;
  const Feed feed_;
  const std::size_t size_;
  std::atomic<std::uint64_t> pages_read_{0};

  Mutex mutex_;
  // Whole pages, which never change any more; the last used first.
  std::list<Page> pages_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace communique::platform

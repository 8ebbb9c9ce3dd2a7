// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/changes/feed_history.h"

#include <algorithm>
#include <utility>

#include "services/platform/changes/feed_token.h"
#include "services/platform/changes/read_feed.h"

namespace communique::platform {
namespace {

constexpr std::size_t kMaxPages = 8;

}  // namespace

void RecentEntries::Add(const FeedTick::Progress& progress) {
  if (progress.complete_after != head()) {
    entries_.clear();
    after_ = progress.complete_after;
  }
  entries_.insert(entries_.end(), progress.entries.begin(), progress.entries.end());
  while (entries_.size() > capacity_) {
    entries_.pop_front();
    ++after_;
  }
}

void RecentEntries::Clear() {
  entries_.clear();
  after_ = 0;
}

std::vector<FeedEntryPtr> RecentEntries::After(FeedPosition position, std::size_t limit) const {
  const auto skip = static_cast<std::size_t>(position - after_);
  const auto first = entries_.begin() + static_cast<std::ptrdiff_t>(skip);
  const auto count = std::min(limit, entries_.size() - skip);
  return {first, first + static_cast<std::ptrdiff_t>(count)};
}

absl::StatusOr<std::vector<FeedEntryPtr>> FeedPages::After(FeedPosition position, absl::Time deadline) {
  const FeedPosition number = position / static_cast<FeedPosition>(size_);
  const MutexLock lock(mutex_);
  auto page = std::find_if(pages_.begin(), pages_.end(), [&](const Page& p) { return p.number == number; });
  if (page == pages_.end()) {
    auto read = ReadPage(number, deadline);
    if (!read.ok()) return read.status();
    page = pages_.insert(pages_.begin(), *std::move(read));
  } else {
    pages_.splice(pages_.begin(), pages_, page);
  }
  if (position < page->after) {
    pages_.erase(page);
    return FeedTokenTooOld();
  }
  const auto skip = std::min(static_cast<std::size_t>(position - page->after), page->entries.size());
  std::vector<FeedEntryPtr> entries(page->entries.begin() + static_cast<std::ptrdiff_t>(skip), page->entries.end());
  const bool whole =
      page->after + static_cast<FeedPosition>(page->entries.size()) == (number + 1) * static_cast<FeedPosition>(size_);
  if (!whole) pages_.erase(page);
  if (pages_.size() > kMaxPages) pages_.pop_back();
  return entries;
}

void FeedPages::Clear() {
  const MutexLock lock(mutex_);
  pages_.clear();
}

absl::StatusOr<FeedPages::Page> FeedPages::ReadPage(FeedPosition number, absl::Time deadline) {
  pages_read_.fetch_add(1, std::memory_order_relaxed);
  const auto size = static_cast<FeedPosition>(size_);
  Page page;
  const absl::Status status = database_.Read(deadline, [&](Session& session) -> absl::Status {
    page = {};
    page.number = number;
    const auto heads = ReadFeedHeads(session);
    if (!heads.ok()) return heads.status();
    page.after = std::max(number * size, heads->of(feed_).trimmed);
    const FeedPosition until = std::min((number + 1) * size, heads->of(feed_).position);
    if (page.after >= until) return absl::OkStatus();
    auto entries = ReadFeedEntries(session, feed_, page.after, until, size_);
    if (!entries.ok()) return entries.status();
    if (entries->size() != static_cast<std::size_t>(until - page.after)) return FeedTokenTooOld();
    page.entries = *std::move(entries);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return page;
}

}  // namespace communique::platform

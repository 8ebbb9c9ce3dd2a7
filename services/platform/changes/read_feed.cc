// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/changes/read_feed.h"

#include <utility>

#include "services/platform/errors/error.h"

namespace communique::platform {

absl::StatusOr<FeedHeads> ReadFeedHeads(Session& session) {
  const auto rows = session.Query(
      "SELECT h.feed, h.position, t.position, s.store_id FROM feed_heads h JOIN feed_trims t ON t.feed = h.feed "
      "JOIN feed_stores s ON s.one = 1 ORDER BY h.feed");
  if (!rows.ok()) return rows.status();
  if (rows->size() != 2) return InternalError("the change feed has no heads or no store id: was PrepareStore called?");
  FeedHeads heads;
  heads.internal = {(*rows)[0].Int(1), (*rows)[0].Int(2)};
  heads.made_public = {(*rows)[1].Int(1), (*rows)[1].Int(2)};
  heads.store_id = (*rows)[0].Text(3);
  return heads;
}

absl::StatusOr<std::vector<FeedEntryPtr>> ReadFeedEntries(Session& session, Feed feed, FeedPosition after,
                                                          FeedPosition until, std::size_t limit) {
  const auto rows = session.Query(
      "SELECT position, newsroom, name, uid, type, verb, revision, actor, request_id, time_us FROM feed_entries "
      "WHERE feed = :feed AND position > :after AND position <= :until ORDER BY position LIMIT :limit",
      {{"feed", static_cast<int>(feed)}, {"after", after}, {"until", until}, {"limit", limit}});
  if (!rows.ok()) return rows.status();
  std::vector<FeedEntryPtr> entries;
  entries.reserve(rows->size());
  for (const Row row : *rows) {
    auto entry = std::make_shared<FeedEntry>();
    entry->position = row.Int(0);
    entry->change = {row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6)};
    entry->actor = row.Text(7);
    entry->request_id = row.Text(8);
    entry->time = absl::FromUnixMicros(row.Int(9));
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace communique::platform

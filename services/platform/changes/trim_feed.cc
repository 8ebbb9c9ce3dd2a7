// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/changes/trim_feed.h"

namespace communique::platform {
namespace {

// Takes the turn: whoever asks at the same time waits for this transaction and then finds that it is over.
absl::StatusOr<bool> TakeTurn(Session& session, Feed feed, absl::Time now, absl::Duration interval) {
  const auto changed = session.Execute("UPDATE feed_trims SET next_us = :next WHERE feed = :feed AND next_us <= :now",
                                       {{"next", absl::ToUnixMicros(now + interval)},
                                        {"feed", static_cast<int>(feed)},
                                        {"now", absl::ToUnixMicros(now)}});
  if (!changed.ok()) return changed.status();
  return *changed == 1;
}

absl::StatusOr<std::int64_t> TrimSome(Session& session, Feed feed, absl::Time before, std::int64_t max_rows) {
  const int feed_number = static_cast<int>(feed);
  const auto rows =
      session.Query("SELECT position, time_us FROM feed_entries WHERE feed = :feed ORDER BY position LIMIT :limit",
                    {{"feed", feed_number}, {"limit", max_rows}});
  if (!rows.ok()) return rows.status();
  FeedPosition last = 0;
  for (const Row row : *rows) {
    if (row.Int(1) >= absl::ToUnixMicros(before)) break;
    last = row.Int(0);
  }
  if (last == 0) return 0;
  const auto marked = session.Execute("UPDATE feed_trims SET position = :last WHERE feed = :feed AND position < :last",
                                      {{"last", last}, {"feed", feed_number}});
  if (!marked.ok()) return marked.status();
  return session.Execute("DELETE FROM feed_entries WHERE feed = :feed AND position <= :last",
                         {{"feed", feed_number}, {"last", last}});
}

}  // namespace

absl::StatusOr<std::int64_t> TrimFeed(Database& database, Feed feed, absl::Time now, const TrimOptions& options,
                                      absl::Time deadline) {
  bool turn = false;
  const absl::Status taken = database.Write(deadline, [&](Session& session) -> absl::Status {
    const auto took = TakeTurn(session, feed, now, options.interval);
    if (took.ok()) turn = *took;
    return took.status();
  });
  if (!taken.ok() || !turn) return taken.ok() ? absl::StatusOr<std::int64_t>(0) : taken;

  std::int64_t removed = 0;
  for (int i = 0; i < options.max_transactions; ++i) {
    std::int64_t some = 0;
    const absl::Status status = database.Write(deadline, [&](Session& session) -> absl::Status {
      const auto trimmed = TrimSome(session, feed, now - options.kept, options.max_rows);
      if (trimmed.ok()) some = *trimmed;
      return trimmed.status();
    });
    if (!status.ok()) return status;
    removed += some;
    if (some < options.max_rows) break;
  }
  return removed;
}

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/changes/append_changes.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/base/uuid.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

// A statement carries so many entries at once: 7 parameters each, far below what either engine takes.
constexpr std::size_t kEntriesPerStatement = 100;

absl::StatusOr<FeedPosition> Advance(Session& session, Feed feed, std::size_t by) {
  const auto rows =
      session.Query("UPDATE feed_heads SET position = position + :by WHERE feed = :feed RETURNING position",
                    {{"by", by}, {"feed", static_cast<int>(feed)}});
  if (!rows.ok()) return rows.status();
  if (rows->size() != 1) return InternalError("feed_heads lacks a feed: were its migrations applied?");
  return (*rows)[0].Int(0);
}

absl::Status Insert(Session& session, const WriteStamp& stamp, Feed feed, FeedPosition first,
                    std::span<const Change> changes) {
  std::string sql =
      "INSERT INTO feed_entries (feed, position, newsroom, name, uid, type, verb, revision, actor, request_id, "
      "time_us) VALUES ";
  Params params = {{"feed", static_cast<int>(feed)},
                   {"actor", stamp.actor},
                   {"request_id", stamp.request_id},
                   {"time_us", absl::ToUnixMicros(stamp.now)}};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    absl::StrAppend(&sql, i == 0 ? "" : ", ", "(:feed, :p", i, ", :n", i, ", :m", i, ", :u", i, ", :t", i, ", :v", i,
                    ", :r", i, ", :actor, :request_id, :time_us)");
    const Change& change = changes[i];
    params.emplace_back(absl::StrCat("p", i), first + static_cast<FeedPosition>(i));
    params.emplace_back(absl::StrCat("n", i), change.newsroom);
    params.emplace_back(absl::StrCat("m", i), change.name);
    params.emplace_back(absl::StrCat("u", i), change.uid);
    params.emplace_back(absl::StrCat("t", i), change.type);
    params.emplace_back(absl::StrCat("v", i), change.verb);
    params.emplace_back(absl::StrCat("r", i), change.revision);
  }
  return session.Execute(sql, params).status();
}

// The position of the last one.
absl::StatusOr<FeedPosition> Append(Session& session, const WriteStamp& stamp, Feed feed,
                                    std::span<const Change> changes) {
  if (changes.empty()) return 0;
  const auto last = Advance(session, feed, changes.size());
  if (!last.ok()) return last.status();
  FeedPosition first = *last - static_cast<FeedPosition>(changes.size()) + 1;
  while (!changes.empty()) {
    const auto some = changes.first(std::min(changes.size(), kEntriesPerStatement));
    if (auto status = Insert(session, stamp, feed, first, some); !status.ok()) return status;
    first += static_cast<FeedPosition>(some.size());
    changes = changes.subspan(some.size());
  }
  return *last;
}

}  // namespace

absl::StatusOr<AppendedPositions> AppendChanges(Session& session, const WriteStamp& stamp, const ChangeSet& changes) {
  if (changes.internal.empty() && !changes.made_public.empty()) {
    return InternalError("a transaction told the public feed what it did, and not the internal one");
  }
  // Always in this order: two transactions that took the heads in different orders would wait for each other.
  AppendedPositions positions;
  const auto internal = Append(session, stamp, Feed::kInternal, changes.internal);
  if (!internal.ok()) return internal.status();
  positions.internal = *internal;
  const auto made_public = Append(session, stamp, Feed::kPublic, changes.made_public);
  if (!made_public.ok()) return made_public.status();
  positions.made_public = *made_public;
  return positions;
}

absl::Status PrepareStore(Database& database, absl::Time deadline) {
  const std::string id = MakeUuidV7(absl::Now());
  return database.Write(deadline, [&](Session& session) {
    return session
        .Execute("INSERT INTO feed_stores (one, store_id) VALUES (1, :id) ON CONFLICT DO NOTHING", {{"id", id}})
        .status();
  });
}

absl::Status RenewStore(Database& database, absl::Time deadline) {
  const std::string id = MakeUuidV7(absl::Now());
  return database.Write(deadline, [&](Session& session) -> absl::Status {
    const auto changed = session.Execute("UPDATE feed_stores SET store_id = :id WHERE one = 1", {{"id", id}});
    if (!changed.ok()) return changed.status();
    if (*changed == 1) return absl::OkStatus();
    return session.Execute("INSERT INTO feed_stores (one, store_id) VALUES (1, :id)", {{"id", id}}).status();
  });
}

}  // namespace communique::platform

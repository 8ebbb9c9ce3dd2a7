// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/following/followed_feed.h"

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

constexpr char kSelect[] =
    "SELECT token, generation, listing_until_us FROM followed_feeds WHERE peer = :peer AND feed = :feed";

FollowedPosition PositionIn(const Row& row) { return {row.Text(0), row.Int(1), absl::FromUnixMicros(row.Int(2))}; }

}  // namespace

absl::StatusOr<std::optional<FollowedPosition>> ReadFollowedPosition(Session& session, const FollowedFeed& feed) {
  const auto rows = session.Query(kSelect, {{"peer", feed.peer}, {"feed", feed.feed}});
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return std::nullopt;
  return PositionIn((*rows)[0]);
}

absl::Status CreateFollowedPosition(Session& session, const FollowedFeed& feed, absl::Time now) {
  return session
      .Execute(
          "INSERT INTO followed_feeds (peer, feed, token, generation, listing_until_us, update_us) "
          "VALUES (:peer, :feed, '', 0, 0, :now) ON CONFLICT DO NOTHING",
          {{"peer", feed.peer}, {"feed", feed.feed}, {"now", absl::ToUnixMicros(now)}})
      .status();
}

absl::StatusOr<FollowedPosition> LockFollowedPosition(Session& session, const FollowedFeed& feed) {
  // SQLite has no row locks and needs none: a Write transaction there is the only one.
  const char* lock = session.engine() == Engine::kPostgres ? " FOR UPDATE" : "";
  const auto rows = session.Query(absl::StrCat(kSelect, lock), {{"peer", feed.peer}, {"feed", feed.feed}});
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return InternalError("followed_feeds lacks a row that was made: was it deleted?");
  return PositionIn((*rows)[0]);
}

absl::Status SaveFollowedPosition(Session& session, const FollowedFeed& feed, const FollowedPosition& position,
                                  absl::Time now) {
  return session
      .Execute(
          "UPDATE followed_feeds SET token = :token, generation = :generation, listing_until_us = :listing_until, "
          "update_us = :now WHERE peer = :peer AND feed = :feed",
          {{"token", position.token},
           {"generation", position.generation},
           {"listing_until", absl::ToUnixMicros(position.listing_until)},
           {"now", absl::ToUnixMicros(now)},
           {"peer", feed.peer},
           {"feed", feed.feed}})
      .status();
}

}  // namespace communique::platform

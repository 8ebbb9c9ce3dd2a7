// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/storage/migrations.h"
#include "services/platform/storage/session.h"

// How far this service has followed another one's change feed: a row in its own database, so that what an event changes
// and how far the events have been applied are committed together or not at all.
namespace communique::platform {

// The table: one of the sets given to Migrate by a service that follows others.
const MigrationSet& FollowedFeedMigrations();

// Which feed.
struct FollowedFeed {
  std::string peer;  // "releases"
  std::string feed;  // what of it is followed: "newsrooms"
};

struct FollowedPosition {
  // Everything up to here has been applied; empty: everything must be listed first.
  std::string token;
  // Raised by every listing that begins. Who finds another generation than he read has been overtaken: he does nothing
  // more with what he holds.
  std::int64_t generation = 0;
  // A replica is listing and has until then to go on.
  absl::Time listing_until = absl::UnixEpoch();
};

// The row as it is; nothing when the feed has never been followed.
absl::StatusOr<std::optional<FollowedPosition>> ReadFollowedPosition(Session& session, const FollowedFeed& feed);

// Makes the row unless there is one.
absl::Status CreateFollowedPosition(Session& session, const FollowedFeed& feed, absl::Time now);

// The row, which no other transaction can lock or change until this one ends. Requires: the row was made.
absl::StatusOr<FollowedPosition> LockFollowedPosition(Session& session, const FollowedFeed& feed);

// Requires: the row is locked by this transaction.
absl::Status SaveFollowedPosition(Session& session, const FollowedFeed& feed, const FollowedPosition& position,
                                  absl::Time now);

}  // namespace communique::platform

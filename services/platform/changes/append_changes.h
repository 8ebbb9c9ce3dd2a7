// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/changes/feed.h"
#include "services/platform/storage/database.h"
#include "services/platform/storage/resource_rows.h"

namespace communique::platform {

// What one transaction says to the feeds, in the order in which it did it. Whoever says something to the public feed
// says something to the internal one, too: caches go by that one, and by its positions alone.
struct ChangeSet {
  std::vector<Change> internal;
  // What is public already by the time of the commit. What will be public later is announced when it is
  // (materialiser.h).
  std::vector<Change> made_public;
};

// Where the last entries of a transaction stand; 0 for a feed that it said nothing to. `internal` is what the write's
// consistency token carries.
struct AppendedPositions {
  FeedPosition internal = 0;
  FeedPosition made_public = 0;
};

// Appends to the feeds. Must be the last thing that a Write transaction does: it locks the feeds' heads until the
// commit, and everybody else who writes waits for that.
//
// Once Write has returned OK, and before the caller is answered, tell the caches (ReplyCache::OnCommit) and the tail
// (FeedTail::Hint).
absl::StatusOr<AppendedPositions> AppendChanges(Session& session, const WriteStamp& stamp, const ChangeSet& changes);

// Gives the store its id if it has none yet: after Migrate, before anything else.
absl::Status PrepareStore(Database& database, absl::Time deadline);

// Gives the store a new id: after a restore, whose positions are not those that callers know. Every token from before
// is refused from then on, every follower lists anew. The services must not be running.
absl::Status RenewStore(Database& database, absl::Time deadline);

}  // namespace communique::platform

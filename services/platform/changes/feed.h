// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "services/platform/base/feed_position.h"
#include "services/platform/storage/migrations.h"

// The words of the change feed. A store has two feeds; each is a list of entries, numbered from 1 without gaps in the
// order in which their transactions committed, whatever the engine. An entry says what was done to which resource,
// never what it holds: whoever follows a feed reads the resource when it gets the entry, through the same rules as
// everybody, so what has gone by then is gone for him too.
//
//   append_changes.h   the writing end: the last statements of a transaction
//   read_feed.h        pages of entries, straight from the database
//   feed_token.h       positions as callers see them
//   feed_tail.h        one thread per process that follows both feeds, and the database's clock
//   watch_hub.h        a thousand watchers on top of that
//   materialiser.h     what becomes public by the clock alone
namespace communique::platform {

enum class Feed {
  kInternal = 1,  // every write; what has become public by the clock alone is one
  kPublic = 2,    // what has become public, has changed there or has gone
};

// What a transaction did to one resource.
struct Change {
  std::string newsroom;  // "newsrooms/igh"; the newsroom's own name for a change of it
  std::string name;      // of the resource
  std::string uid;
  std::string type;      // in words: "release"
  std::string verb;      // "CORRECTED"
  std::string revision;  // which the change is about or made; may be empty
};

// A change in its place.
struct FeedEntry {
  FeedPosition position = 0;
  Change change;
  std::string actor;
  std::string request_id;
  absl::Time time;  // of the write, on the database's clock as the writer knew it
};

using FeedEntryPtr = std::shared_ptr<const FeedEntry>;

// The tables: one of the sets given to Migrate.
const MigrationSet& ChangeFeedMigrations();

}  // namespace communique::platform

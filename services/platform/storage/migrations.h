// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/platform/storage/database.h"

// A database's schema is built by migrations: numbered SQL files that are applied once each, in order, and never edited
// afterwards. A service has its own; parts of the platform that keep tables (idempotency, the feed) bring theirs. Each
// such set is a component with a version of its own.
//
// A file `migrations/0002_add_slugs.sql` holds statements both engines take, with the column types BIGINT, TEXT and
// BYTES (ForEngine). Where the engines must differ, two files stand in its place: `0002_add_slugs.sqlite.sql` and
// `0002_add_slugs.postgres.sql`, taken as they are. tools/cmake/EmbedMigrations.cmake puts them into the program.
//
// Old and new servers run side by side during an upgrade. A file whose result still suits older servers says so in a
// line of its own: `-- compatible from: 1` (servers that know version 1 or a later one).
namespace communique::platform {

struct Migration {
  int version = 0;
  std::string name;  // "0002_add_slugs"
  std::string portable;
  std::string sqlite;    // instead of `portable`
  std::string postgres;  // instead of `portable`
};

struct MigrationSet {
  std::string component;
  // The oldest version of the schema that this program can work with.
  int oldest_served = 0;
  std::vector<Migration> migrations;

  int latest() const { return migrations.empty() ? 0 : migrations.back().version; }
};

// Brings the database to the latest version of every set; nothing to do is no error, neither is a newer version. Each
// migration is one transaction that holds its component's row, so of several processes that migrate at once one
// applies it and the others wait and go on, and one that is killed leaves nothing half done. `now` is recorded.
// Fails with FAILED_PRECONDITION when a migration that was applied has been edited since.
absl::Status Migrate(Database& database, const std::vector<const MigrationSet*>& sets, absl::Time now,
                     absl::Time deadline);

// Whether this program can serve the database as it is: FAILED_PRECONDITION, saying what to do, when it is older than
// `oldest_served` or has become too new.
absl::Status CheckSchema(Database& database, const std::vector<const MigrationSet*>& sets, absl::Time deadline);

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/migrations.h"

#include <string_view>

#include "absl/strings/str_cat.h"
#include "re2/re2.h"
#include "services/platform/base/sha256.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/portable_sql.h"

namespace communique::platform {
namespace {

// schema_versions has the row that migrators lock; schema_migrations tells what was applied.
constexpr char kOwnTables[] = R"sql(
CREATE TABLE IF NOT EXISTS schema_versions (
  component TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  compatible_from BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS schema_migrations (
  component TEXT NOT NULL,
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  applied_us BIGINT NOT NULL,
  PRIMARY KEY (component, version)
);
)sql";

absl::Status SchemaError(std::string_view component, std::string_view description) {
  return FailedPrecondition(Reason::ERROR_REASON_DATABASE_UNAVAILABLE, component, description);
}

std::string SqlOf(const Migration& migration, Engine engine) {
  const std::string& own = engine == Engine::kSqlite ? migration.sqlite : migration.postgres;
  return own.empty() ? ForEngine(migration.portable, engine) : own;
}

std::string ChecksumOf(const Migration& migration) {
  return ToHex(Sha256(absl::StrCat(migration.portable, "\n", migration.sqlite, "\n", migration.postgres)));
}

int CompatibleFrom(const Migration& migration) {
  int version = migration.version;
  for (const std::string* sql : {&migration.portable, &migration.sqlite, &migration.postgres}) {
    RE2::PartialMatch(*sql, R"((?m)^-- compatible from: (\d+)$)", &version);
  }
  return version;
}

struct Version {
  std::int64_t version = 0;
  std::int64_t compatible_from = 0;
};

absl::StatusOr<Version> ReadVersion(Session& session, std::string_view component, bool lock) {
  const bool lock_row = lock && session.engine() == Engine::kPostgres;  // SQLite has one writer
  const auto rows = session.Query(
      ToStd(absl::StrCat("SELECT version, compatible_from FROM schema_versions WHERE component = :component",
                         lock_row ? " FOR UPDATE" : "")),
      {{"component", component}});
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return Version{};
  return Version{(*rows)[0].Int(0), (*rows)[0].Int(1)};
}

absl::Status CheckUnedited(Session& session, const MigrationSet& set) {
  const auto rows = session.Query("SELECT version, sha256 FROM schema_migrations WHERE component = :component",
                                  {{"component", set.component}});
  if (!rows.ok()) return rows.status();
  for (const Row row : *rows) {
    for (const Migration& migration : set.migrations) {
      if (migration.version != row.Int(0) || ChecksumOf(migration) == row.Text(1)) continue;
      return SchemaError(set.component,
                         ToStd(absl::StrCat("the migration ", migration.name, " of ", set.component,
                                            " was edited after it had been applied: put it back and write a new one")));
    }
  }
  return absl::OkStatus();
}

absl::Status Apply(Session& session, const MigrationSet& set, const Migration& migration, absl::Time now) {
  const auto current = ReadVersion(session, set.component, /*lock=*/true);
  if (!current.ok()) return current.status();
  if (current->version >= migration.version) return absl::OkStatus();
  if (auto status = session.RunScript(SqlOf(migration, session.engine())); !status.ok()) return status;
  const auto recorded = session.Execute(
      "INSERT INTO schema_migrations (component, version, name, sha256, applied_us) "
      "VALUES (:component, :version, :name, :sha256, :applied_us)",
      {{"component", set.component},
       {"version", migration.version},
       {"name", migration.name},
       {"sha256", ChecksumOf(migration)},
       {"applied_us", absl::ToUnixMicros(now)}});
  if (!recorded.ok()) return recorded.status();
  return session
      .Execute("UPDATE schema_versions SET version = :version, compatible_from = :from WHERE component = :component",
               {{"version", migration.version}, {"from", CompatibleFrom(migration)}, {"component", set.component}})
      .status();
}

absl::Status MakeOwnTables(Database& database, const std::vector<const MigrationSet*>& sets, absl::Time deadline) {
  return database.WriteLong(deadline, [&](Session& session) {
    if (auto status = session.RunScript(ForEngine(kOwnTables, session.engine())); !status.ok()) return status;
    for (const MigrationSet* set : sets) {
      auto inserted = session.Execute(
          "INSERT INTO schema_versions (component, version, compatible_from) VALUES (:component, 0, 0) "
          "ON CONFLICT DO NOTHING",
          {{"component", set->component}});
      if (!inserted.ok()) return inserted.status();
    }
    return absl::OkStatus();
  });
}

}  // namespace

absl::Status Migrate(Database& database, const std::vector<const MigrationSet*>& sets, absl::Time now,
                     absl::Time deadline) {
  absl::Status made = MakeOwnTables(database, sets, deadline);
  // On PostgreSQL two sessions that make the same table at once collide even with IF NOT EXISTS; one of them made it.
  if (absl::IsAlreadyExists(made)) made = MakeOwnTables(database, sets, deadline);
  if (!made.ok()) return made;
  for (const MigrationSet* set : sets) {
    absl::Status status = database.Read(deadline, [&](Session& session) { return CheckUnedited(session, *set); });
    for (const Migration& migration : set->migrations) {
      if (!status.ok()) return status;
      status = database.WriteLong(deadline, [&](Session& session) { return Apply(session, *set, migration, now); });
    }
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status CheckSchema(Database& database, const std::vector<const MigrationSet*>& sets, absl::Time deadline) {
  return database.Read(deadline, [&](Session& session) -> absl::Status {
    for (const MigrationSet* set : sets) {
      const auto current = ReadVersion(session, set->component, /*lock=*/false);
      if (!current.ok()) return current.status();
      const std::string where = absl::StrCat("the database is at version ", current->version, " of ", set->component);
      if (current->version < set->oldest_served) {
        return SchemaError(set->component, ToStd(absl::StrCat(where, ", this server needs at least version ",
                                                              set->oldest_served, ": migrate the database first")));
      }
      if (current->version > set->latest() && current->compatible_from > set->latest()) {
        return SchemaError(set->component, ToStd(absl::StrCat(where, ", which serves no server older than version ",
                                                              current->compatible_from, "; this one knows version ",
                                                              set->latest(), ": deploy a newer server")));
      }
    }
    return absl::OkStatus();
  });
}

}  // namespace communique::platform

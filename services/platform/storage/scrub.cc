// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/scrub.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

absl::Status ScrubSqlite(Session& session) {
  if (auto status = session.RunScript("COMMIT; VACUUM"); !status.ok()) return status;
  const auto checkpoint = session.Query("PRAGMA wal_checkpoint(TRUNCATE)");
  if (!checkpoint.ok()) return checkpoint.status();
  if (auto status = session.RunScript("BEGIN IMMEDIATE"); !status.ok()) return status;
  if ((*checkpoint)[0].Int(0) == 0) return absl::OkStatus();
  return Unavailable(Reason::ERROR_REASON_DATABASE_UNAVAILABLE,
                     "somebody who reads keeps SQLite's log from being emptied; try it again", absl::Seconds(1));
}

// Small tables' indexes would be left as they are otherwise.
absl::Status ScrubPostgres(Session& session, const std::vector<std::string>& tables) {
  for (const std::string& script :
       {std::string("COMMIT"), absl::StrCat("VACUUM (INDEX_CLEANUP ON) ", absl::StrJoin(tables, ", ")),
        std::string("BEGIN")}) {
    if (auto status = session.RunScript(script); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Scrub(Database& database, absl::Time deadline, const std::vector<std::string>& tables) {
  // Neither engine vacuums within a transaction: it is ended, and another one begun for WriteLong to end.
  return database.WriteLong(deadline, [&](Session& session) {
    return session.engine() == Engine::kSqlite ? ScrubSqlite(session) : ScrubPostgres(session, tables);
  });
}

}  // namespace communique::platform

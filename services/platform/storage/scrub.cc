// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/scrub.h"

#include <cstdint>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

// Writing the file anew fills the log with all of it, beside the copy that it is made from: a disk that becomes full of
// that would keep everybody else from writing.
absl::Status CheckRoom(Session& session) {
  const auto pages = session.Query("PRAGMA page_count");
  if (!pages.ok()) return pages.status();
  const auto page = session.Query("PRAGMA page_size");
  if (!page.ok()) return page.status();
  const auto files = session.Query("PRAGMA database_list");
  if (!files.ok()) return files.status();
  const auto size = static_cast<std::uintmax_t>((*pages)[0].Int(0) * (*page)[0].Int(0));
  std::error_code unknown;
  const auto space = std::filesystem::space((*files)[0].Text(2), unknown);
  if (unknown || space.available >= 2 * size) return absl::OkStatus();
  return MakeError(absl::StatusCode::kResourceExhausted, Reason::ERROR_REASON_STORAGE_FULL,
                   absl::StrCat("the database's disk has ", space.available >> 20,
                                " MiB left, and to write the file anew "
                                "takes ",
                                (2 * size + (1U << 20) - 1) >> 20, " MiB; make room"));
}

absl::Status ScrubSqlite(Session& session) {
  if (auto status = CheckRoom(session); !status.ok()) return status;
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

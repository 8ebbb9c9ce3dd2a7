// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/testing/table_dump.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace communique::platform {
namespace {

constexpr char kSqliteColumns[] =
    "SELECT m.name, c.name, lower(c.type) FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' "
    "ORDER BY m.name, c.cid";
constexpr char kPostgresColumns[] =
    "SELECT r.relname, a.attname, t.typname FROM pg_class r JOIN pg_attribute a ON a.attrelid = r.oid "
    "JOIN pg_type t ON t.oid = a.atttypid WHERE r.relkind = 'r' AND r.relnamespace = 'public'::regnamespace "
    "AND a.attnum > 0 AND NOT a.attisdropped ORDER BY r.relname COLLATE \"C\", a.attnum";

absl::Status DumpColumn(Session& session, const std::string& table, const std::string& column, const std::string& type,
                        std::vector<TableCell>& cells) {
  const auto rows = session.Query(absl::StrCat("SELECT \"", column, "\" FROM \"", table, "\""));
  if (!rows.ok()) return rows.status();
  for (const auto row : *rows) {
    const bool bytes = type == "blob" || type == "bytea";
    const bool text = type == "text" || type == "name";
    cells.push_back({table, column, bytes ? row.Bytes(0) : text ? row.Text(0) : absl::StrCat(row.Int(0))});
  }
  return absl::OkStatus();
}

}  // namespace

std::vector<TableCell> DumpTables(Database& database) {
  std::vector<TableCell> cells;
  const absl::Status status = database.Read(absl::Now() + absl::Seconds(60), [&](Session& session) -> absl::Status {
    cells.clear();
    const auto columns = session.Query(session.engine() == Engine::kSqlite ? kSqliteColumns : kPostgresColumns);
    if (!columns.ok()) return columns.status();
    for (const auto row : *columns) {
      const auto dumped = DumpColumn(session, row.Text(0), row.Text(1), row.Text(2), cells);
      if (!dumped.ok()) return dumped;
    }
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  std::sort(cells.begin(), cells.end(), [](const TableCell& a, const TableCell& b) {
    return std::tie(a.table, a.column, a.value) < std::tie(b.table, b.column, b.value);
  });
  return cells;
}

}  // namespace communique::platform

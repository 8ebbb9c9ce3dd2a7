// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/storage/named_rows.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/contacts/storage/tables.h"
#include "services/platform/base/string_view.h"
#include "services/platform/base/timestamp.h"

namespace communique::contacts {

platform::ListQuery RowsOf(const std::vector<std::string>& newsroom_uids) {
  platform::ListQuery query{.condition = "t.purge_us <> :purged", .condition_params = {{"purged", kPurged}}};
  if (newsroom_uids.size() == 1) {
    query.newsroom_uid = newsroom_uids.front();
    return query;
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < newsroom_uids.size(); ++i) {
    names.push_back(absl::StrCat("newsroom", i));
    query.condition_params.emplace_back(names.back(), newsroom_uids[i]);
  }
  absl::StrAppend(&query.condition, " AND t.newsroom_uid IN (:", absl::StrJoin(names, ", :"), ")");
  return query;
}

absl::StatusOr<std::vector<platform::ResourceKey>> DueForPurge(platform::Session& session, std::string_view table,
                                                               absl::Time now, int limit) {
  const auto rows =
      session.Query(absl::StrCat("SELECT newsroom_uid, uid, name FROM ", platform::ToAbsl(table),
                                 " WHERE purge_us > 0 AND purge_us <= :now ORDER BY purge_us, uid LIMIT :limit",
                                 session.engine() == platform::Engine::kPostgres ? " FOR UPDATE SKIP LOCKED" : ""),
                    {{"now", platform::ToMicros(now)}, {"limit", limit}});
  if (!rows.ok()) return rows.status();
  std::vector<platform::ResourceKey> due;
  for (const auto row : *rows) due.push_back({row.Text(0), row.Text(1), row.Text(2)});
  return due;
}

}  // namespace communique::contacts

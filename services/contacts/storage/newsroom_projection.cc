// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/storage/newsroom_projection.h"

#include <set>
#include <utility>

#include "services/platform/errors/error.h"

namespace communique::contacts {
namespace {

using platform::Session;

// As many levels as the releases service allows; a circle that never was there ends here, too.
constexpr std::size_t kMaxLevels = 10;

}  // namespace

absl::StatusOr<Newsroom> FindNewsroom(Session& session, const std::string& name) {
  const auto rows = session.Query(
      "SELECT uid, parent_newsroom, source_language, time_zone FROM newsrooms WHERE name = :name", {{"name", name}});
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return platform::NotFound("newsroom", name);
  const auto row = (*rows)[0];
  return Newsroom{name, row.Text(0), row.Text(1), row.Text(2), row.Text(3)};
}

absl::StatusOr<std::vector<Newsroom>> NewsroomAndAncestors(Session& session, const std::string& name) {
  auto newsroom = FindNewsroom(session, name);
  if (!newsroom.ok()) return newsroom.status();
  std::vector<Newsroom> line{*std::move(newsroom)};
  while (!line.back().parent_newsroom.empty() && line.size() < kMaxLevels) {
    auto above = FindNewsroom(session, line.back().parent_newsroom);
    if (absl::IsNotFound(above.status())) break;
    if (!above.ok()) return above.status();
    line.push_back(*std::move(above));
  }
  return line;
}

absl::StatusOr<std::vector<Newsroom>> NewsroomsBelow(Session& session, const std::string& name) {
  std::vector<Newsroom> below;
  // What this service has heard in pieces might lead back.
  std::set<std::string> seen{name};
  std::vector<std::string> parents{name};
  while (!parents.empty()) {
    const auto rows = session.Query(
        "SELECT name, uid, parent_newsroom, source_language, time_zone FROM newsrooms WHERE parent_newsroom = :parent",
        {{"parent", parents.back()}});
    if (!rows.ok()) return rows.status();
    parents.pop_back();
    for (const auto row : *rows) {
      if (!seen.insert(row.Text(0)).second) continue;
      below.push_back({row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4)});
      parents.push_back(row.Text(0));
    }
  }
  return below;
}

absl::Status SaveNewsroom(Session& session, const Newsroom& newsroom, std::int64_t generation) {
  const platform::Params params{{"name", newsroom.name},
                                {"uid", newsroom.uid},
                                {"parent", newsroom.parent_newsroom},
                                {"language", newsroom.source_language},
                                {"zone", newsroom.time_zone},
                                {"generation", generation}};
  const auto changed = session.Execute(
      "INSERT INTO newsrooms (name, uid, parent_newsroom, source_language, time_zone, generation) "
      "VALUES (:name, :uid, :parent, :language, :zone, :generation) "
      "ON CONFLICT (name) DO UPDATE SET uid = excluded.uid, parent_newsroom = excluded.parent_newsroom, "
      "source_language = excluded.source_language, time_zone = excluded.time_zone, generation = excluded.generation",
      params);
  return changed.status();
}

absl::Status RemoveNewsroomsOfOtherGenerations(Session& session, std::int64_t generation) {
  return session.Execute("DELETE FROM newsrooms WHERE generation <> :generation", {{"generation", generation}})
      .status();
}

}  // namespace communique::contacts

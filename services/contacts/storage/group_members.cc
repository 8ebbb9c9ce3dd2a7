// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/storage/group_members.h"

#include <algorithm>
#include <functional>
#include <span>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/contacts/storage/tables.h"
#include "services/platform/storage/filter_fields.h"

namespace communique::contacts {
namespace {

using platform::ResourceKey;
using platform::Session;
using platform::SqlParams;

// SQLite takes 32 766 parameters in a statement, PostgreSQL 65 535, and planning one with many takes its time.
constexpr std::size_t kAtOnce = 500;

// ":p1, :p2", for IN.
std::string AddAll(std::span<const std::string> values, SqlParams& params) {
  return absl::StrJoin(values, ", ", [&](std::string* out, const std::string& value) { *out += params.Add(value); });
}

// Executes a statement for `values`, some at a time; how many rows it changed in all. `sql` gets the list for IN.
absl::StatusOr<std::int64_t> ExecuteForAll(
    Session& session, const std::vector<std::string>& values,
    const std::function<std::string(const std::string& list, SqlParams& params)>& sql) {
  std::int64_t changed = 0;
  for (std::size_t begin = 0; begin < values.size(); begin += kAtOnce) {
    const auto some = std::span(values).subspan(begin, std::min(kAtOnce, values.size() - begin));
    SqlParams params;
    const std::string list = AddAll(some, params);
    const std::string statement = sql(list, params);
    const auto rows = session.Execute(statement, params.params());
    if (!rows.ok()) return rows.status();
    changed += *rows;
  }
  return changed;
}

}  // namespace

absl::StatusOr<std::map<std::string, int>> CountGroupMembers(Session& session, const std::string& newsroom_uid,
                                                             const std::vector<std::string>& group_uids) {
  std::map<std::string, int> counts;
  if (group_uids.empty()) return counts;
  SqlParams params;
  const std::string list = AddAll(group_uids, params);
  const auto rows = session.Query(
      absl::StrCat("SELECT m.uid, count(DISTINCT m.shown) FROM group_members m JOIN contacts c ON c.newsroom_uid = "
                   "m.contact_newsroom_uid AND c.name = m.shown WHERE m.newsroom_uid = ",
                   params.Add(newsroom_uid), " AND m.uid IN (", list, ") AND c.delete_us = 0 GROUP BY m.uid"),
      params.params());
  if (!rows.ok()) return rows.status();
  for (const auto row : *rows) counts[row.Text(0)] = static_cast<int>(row.Int(1));
  return counts;
}

absl::StatusOr<std::vector<Joining>> LockForJoining(Session& session, const std::vector<std::string>& newsroom_uids,
                                                    const std::vector<std::string>& names) {
  std::vector<std::string> sorted = names;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  std::vector<Joining> found;
  for (std::size_t begin = 0; begin < sorted.size(); begin += kAtOnce) {
    const auto some = std::span(sorted).subspan(begin, std::min(kAtOnce, sorted.size() - begin));
    SqlParams params;
    const std::string newsrooms = AddAll(newsroom_uids, params);
    const std::string list = AddAll(some, params);
    const auto rows = session.Query(
        absl::StrCat("SELECT newsroom_uid, name, state FROM contacts WHERE newsroom_uid IN (", newsrooms,
                     ") AND name IN (", list, ") AND (purge_us <> ", params.Add(kPurged),
                     " OR state = ", params.Add(std::int64_t{v1::Contact::STATE_ERASED}), ") ORDER BY name, uid",
                     session.engine() == platform::Engine::kPostgres ? " FOR UPDATE" : ""),
        params.params());
    if (!rows.ok()) return rows.status();
    for (const auto row : *rows) {
      found.push_back({row.Text(0), row.Text(1), row.Text(1), static_cast<v1::Contact::State>(row.Int(2))});
    }
  }
  return found;
}

absl::StatusOr<std::int64_t> AddGroupMembers(Session& session, const ResourceKey& group,
                                             const std::vector<Joining>& members) {
  std::int64_t added = 0;
  for (std::size_t begin = 0; begin < members.size(); begin += kAtOnce) {
    SqlParams params;
    const std::string newsroom = params.Add(group.newsroom_uid);
    const std::string uid = params.Add(group.uid);
    const auto some = std::span(members).subspan(begin, std::min(kAtOnce, members.size() - begin));
    const std::string values = absl::StrJoin(some, ", ", [&](std::string* out, const Joining& member) {
      absl::StrAppend(out, "(", newsroom, ", ", uid, ", ", params.Add(member.newsroom_uid), ", ");
      absl::StrAppend(out, params.Add(member.contact), ", ", params.Add(member.shown), ")");
    });
    const auto rows = session.Execute(
        absl::StrCat("INSERT INTO group_members (newsroom_uid, uid, contact_newsroom_uid, contact, shown) VALUES ",
                     values, " ON CONFLICT DO NOTHING"),
        params.params());
    if (!rows.ok()) return rows.status();
    added += *rows;
  }
  return added;
}

absl::StatusOr<std::int64_t> RemoveGroupMembers(Session& session, const ResourceKey& group,
                                                const std::vector<std::string>& shown) {
  return ExecuteForAll(session, shown, [&](const std::string& list, SqlParams& params) {
    return absl::StrCat("DELETE FROM group_members WHERE newsroom_uid = ", params.Add(group.newsroom_uid),
                        " AND uid = ", params.Add(group.uid), " AND shown IN (", list, ")");
  });
}

absl::StatusOr<std::vector<ListedMember>> ListedMembers(Session& session, const ResourceKey& group,
                                                        const std::string& after, int limit) {
  const auto rows = session.Query(
      "SELECT DISTINCT c.newsroom_uid, c.uid, m.shown FROM group_members m JOIN contacts c ON c.newsroom_uid = "
      "m.contact_newsroom_uid AND c.name = m.shown WHERE m.newsroom_uid = :newsroom AND m.uid = :uid AND m.shown > "
      ":after AND c.delete_us = 0 ORDER BY m.shown LIMIT :limit",
      {{"newsroom", group.newsroom_uid}, {"uid", group.uid}, {"after", after}, {"limit", limit}});
  if (!rows.ok()) return rows.status();
  std::vector<ListedMember> listed;
  for (const auto row : *rows) listed.push_back({row.Text(0), row.Text(1), row.Text(2)});
  return listed;
}

absl::Status MergeMemberships(Session& session, const std::string& source, const std::string& left) {
  return session
      .Execute("UPDATE group_members SET shown = :left WHERE shown = :source", {{"left", left}, {"source", source}})
      .status();
}

absl::Status UnmergeMemberships(Session& session, const std::vector<std::string>& members, const std::string& contact) {
  return ExecuteForAll(session, members,
                       [&](const std::string& list, SqlParams& params) {
                         return absl::StrCat("UPDATE group_members SET shown = ", params.Add(contact),
                                             " WHERE contact IN (", list, ")");
                       })
      .status();
}

absl::Status RemoveMemberships(Session& session, const std::vector<std::string>& contacts) {
  return ExecuteForAll(session, contacts,
                       [](const std::string& list, SqlParams&) {
                         return absl::StrCat("DELETE FROM group_members WHERE contact IN (", list, ")");
                       })
      .status();
}

}  // namespace communique::contacts

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/storage/match_lookup.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/contacts/storage/search_conditions.h"
#include "services/contacts/storage/tables.h"
#include "services/platform/base/string_view.h"
#include "services/platform/storage/resource_by_name.h"

namespace communique::contacts {
namespace {

using platform::Session;
using platform::SqlParams;

// newsroom_uid and uid.
using Rows = std::set<std::pair<std::string, std::string>>;

// Adds the rows of `table` (called t) that keep `condition` and have most of `values` in its child table.
absl::Status AddRows(Session& session, std::string_view table, std::string_view child_table,
                     const std::vector<Newsroom>& line, const std::vector<std::string>& values,
                     const std::string& condition, SqlParams params, Rows& rows) {
  if (values.empty()) return absl::OkStatus();
  std::vector<std::string> newsrooms;
  for (const Newsroom& newsroom : line) newsrooms.push_back(newsroom.uid);
  std::vector<std::string> names;
  for (const std::string& value : values) names.push_back(params.Add(value));
  const auto found = session.Query(
      absl::StrCat("SELECT k.newsroom_uid, k.uid FROM ", platform::ToAbsl(child_table), " k JOIN ",
                   platform::ToAbsl(table), " t ON t.newsroom_uid = k.newsroom_uid AND t.uid = k.uid WHERE ",
                   KeyIsOf(newsrooms, params), " AND k.value IN (", absl::StrJoin(names, ", "), ") AND ", condition,
                   " GROUP BY k.newsroom_uid, k.uid ORDER BY count(*) DESC, k.uid LIMIT ",
                   params.Add(static_cast<std::int64_t>(kMostLookedUp))),
      params.params());
  if (!found.ok()) return found.status();
  for (const platform::Row& row : *found) rows.emplace(row.Text(0), row.Text(1));
  return absl::OkStatus();
}

std::vector<std::string> UidsOf(const Rows& rows, const std::string& newsroom_uid) {
  std::vector<std::string> uids;
  for (const auto& [newsroom, uid] : rows) {
    if (newsroom == newsroom_uid) uids.push_back(uid);
  }
  return uids;
}

}  // namespace

absl::StatusOr<std::vector<FoundContact>> FindContactsLike(Session& session, const std::vector<Newsroom>& line,
                                                           const std::vector<std::string>& words,
                                                           const std::vector<std::string>& addresses, absl::Time now) {
  SqlParams params;
  const std::string condition = absl::StrCat(
      "t.delete_us = 0 AND t.state <> ", params.Add(std::int64_t{v1::Contact::STATE_MERGED}),
      " AND (t.newsroom_uid = ", params.Add(line.front().uid), " OR (", ContactIsPrinted(now, params), "))");
  Rows rows;
  auto status = AddRows(session, "contacts", "contact_keys", line, words, condition, params, rows);
  if (!status.ok()) return status;
  status = AddRows(session, "contacts", "contact_addresses", line, addresses, condition, params, rows);
  if (!status.ok()) return status;
  std::vector<FoundContact> contacts;
  for (std::size_t level = 0; level < line.size(); ++level) {
    auto found = ContactTable().BatchGet(session, line[level].uid, UidsOf(rows, line[level].uid));
    if (!found.ok()) return found.status();
    for (auto& resource : *found) {
      v1::Contact contact = std::move(*resource.message.mutable_contact());
      platform::SetRowFacts(resource.meta, contact);
      contacts.push_back({std::move(contact), level});
    }
  }
  return contacts;
}

absl::StatusOr<std::vector<v1::Organization>> FindOrganizationsLike(Session& session, const std::vector<Newsroom>& line,
                                                                    const std::vector<std::string>& words,
                                                                    const std::vector<std::string>& mail_domains) {
  const std::string condition = "t.delete_us = 0";
  Rows rows;
  auto status = AddRows(session, "organizations", "organization_keys", line, words, condition, {}, rows);
  if (!status.ok()) return status;
  status = AddRows(session, "organizations", "organization_mail_domains", line, mail_domains, condition, {}, rows);
  if (!status.ok()) return status;
  std::vector<v1::Organization> organizations;
  for (const Newsroom& newsroom : line) {
    auto found = OrganizationTable().BatchGet(session, newsroom.uid, UidsOf(rows, newsroom.uid));
    if (!found.ok()) return found.status();
    for (auto& resource : *found) {
      platform::SetRowFacts(resource.meta, resource.message);
      organizations.push_back(std::move(resource.message));
    }
  }
  return organizations;
}

}  // namespace communique::contacts

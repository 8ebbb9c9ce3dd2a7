// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/storage/personal_data_store.h"

#include <limits>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/filter_fields.h"
#include "services/releases/domain/names.h"
#include "services/releases/storage/release_store.h"
#include "services/releases/storage/tables.h"

namespace communique::releases {
namespace {

using platform::Bytes;
using platform::Session;
using platform::SqlParams;

// As edition_store.cc writes it.
constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

// "(:p0, :p1)".
template <typename Texts>
std::string ListOf(const Texts& texts, SqlParams& params) {
  return absl::StrCat(
      "(",
      absl::StrJoin(texts, ", ", [&](std::string* out, const std::string& text) { out->append(params.Add(text)); }),
      ")");
}

// The uids and names of the newsrooms right below these.
absl::StatusOr<std::map<std::string, std::string>> NewsroomsBelow(Session& session,
                                                                  const std::vector<std::string>& names) {
  SqlParams params;
  const std::string sql =
      absl::StrCat("SELECT uid, name FROM newsrooms WHERE newsroom_uid = ", params.Add(std::string(kInstallation)),
                   " AND parent_newsroom IN ", ListOf(names, params), " ORDER BY name");
  const auto rows = session.Query(sql, params.params());
  if (!rows.ok()) return rows.status();
  std::map<std::string, std::string> found;
  for (const auto row : *rows) found.emplace(row.Text(0), row.Text(1));
  return found;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> FindPrintingNewsrooms(Session& session, const std::string& newsroom,
                                                               const std::string& contact) {
  std::set<std::string> uids;
  const auto own = session.Query("SELECT uid FROM newsrooms WHERE newsroom_uid = :installation AND name = :name",
                                 {{"installation", std::string(kInstallation)}, {"name", newsroom}});
  if (!own.ok()) return own.status();
  for (const auto row : *own) uids.insert(row.Text(0));
  std::vector<std::string> level = {newsroom};
  while (!level.empty()) {
    const auto below = NewsroomsBelow(session, level);
    if (!below.ok()) return below.status();
    level.clear();
    for (const auto& [uid, name] : *below) {
      if (uids.insert(uid).second) level.push_back(name);
    }
  }
  const auto printing = session.Query(
      "SELECT DISTINCT newsroom_uid FROM contact_line_contacts WHERE contact = :contact ORDER BY newsroom_uid",
      {{"contact", contact}});
  if (!printing.ok()) return printing.status();
  for (const auto row : *printing) uids.insert(row.Text(0));
  return std::vector<std::string>(uids.begin(), uids.end());
}

absl::StatusOr<std::vector<ReleaseKey>> FindReleasesFrom(Session& session,
                                                         const std::vector<std::string>& newsroom_uids,
                                                         const std::string& from, int limit) {
  std::vector<ReleaseKey> releases;
  if (newsroom_uids.empty()) return releases;
  SqlParams params;
  std::string sql = absl::StrCat("SELECT newsroom_uid, uid, name FROM releases WHERE newsroom_uid IN ",
                                 ListOf(newsroom_uids, params), " AND name >= ", params.Add(from));
  absl::StrAppend(&sql, " AND purge_us >= 0 ORDER BY name, uid LIMIT ", params.Add(limit));
  const auto rows = session.Query(sql, params.params());
  if (!rows.ok()) return rows.status();
  for (const auto row : *rows) releases.push_back({row.Text(0), row.Text(1), row.Text(2)});
  return releases;
}

absl::StatusOr<Revisions> FindRevisions(Session& session, const std::string& newsroom_uid, const v1::Release& release) {
  auto listed = ListRevisions(session, newsroom_uid, release, 0, std::numeric_limits<int>::max());
  if (!listed.ok()) return listed.status();
  Revisions revisions;
  for (v1::ReleaseRevision& revision : *listed) {
    const auto name = ReleaseRevisionName::Parse(revision.name());
    if (!name || !name->Number()) return platform::InternalError("a stored revision has no number in its name");
    revisions.emplace(*name->Number(), std::move(revision));
  }
  return revisions;
}

absl::StatusOr<KeptByRevision> FindKeptCommitments(Session& session, const std::string& newsroom_uid,
                                                   const std::string& release_uid) {
  const auto rows = session.Query(
      "SELECT number, payload FROM kept_commitments WHERE newsroom_uid = :newsroom AND release_uid = :release ORDER BY "
      "number",
      {{"newsroom", newsroom_uid}, {"release", release_uid}});
  if (!rows.ok()) return rows.status();
  KeptByRevision kept;
  for (const auto row : *rows) {
    if (!kept[row.Int(0)].ParseFromString(row.Bytes(1))) {
      return platform::InternalError("what is kept beside a revision does not parse");
    }
  }
  return kept;
}

absl::Status ReplaceKeptCommitments(Session& session, const std::string& newsroom_uid, const std::string& release_uid,
                                    const KeptByRevision& kept) {
  const auto removed =
      session.Execute("DELETE FROM kept_commitments WHERE newsroom_uid = :newsroom AND release_uid = :release",
                      {{"newsroom", newsroom_uid}, {"release", release_uid}});
  if (!removed.ok()) return removed.status();
  for (const auto& [number, commitments] : kept) {
    const auto inserted = session.Execute(
        "INSERT INTO kept_commitments (newsroom_uid, release_uid, number, payload) VALUES (:newsroom, :release, "
        ":number, :payload)",
        {{"newsroom", newsroom_uid},
         {"release", release_uid},
         {"number", number},
         {"payload", Bytes{commitments.SerializeAsString()}}});
    if (!inserted.ok()) return inserted.status();
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<EditionRow>> FindEditionRows(Session& session, const std::string& newsroom_uid,
                                                        const std::string& release_uid) {
  const auto rows = session.Query(
      "SELECT uid, payload, card, public_until_us FROM editions WHERE newsroom_uid = :newsroom AND release_uid = "
      ":release ORDER BY name, number DESC",
      {{"newsroom", newsroom_uid}, {"release", release_uid}});
  if (!rows.ok()) return rows.status();
  std::vector<EditionRow> found;
  for (const auto row : *rows) {
    EditionRow& state = found.emplace_back();
    state.uid = row.Text(0);
    if (!state.edition.ParseFromString(row.Bytes(1)) || !state.card.ParseFromString(row.Bytes(2))) {
      return platform::InternalError("an edition does not parse");
    }
    state.public_until = row.Int(3) == kNever ? absl::InfiniteFuture() : platform::FromMicros(row.Int(3));
  }
  return found;
}

absl::Status RewriteEditionRow(Session& session, const std::string& newsroom_uid, const EditionRow& row) {
  return session
      .Execute(
          "UPDATE editions SET etag = :etag, payload = :payload, card = :card WHERE newsroom_uid = :newsroom AND uid = "
          ":uid",
          {{"etag", row.edition.etag()},
           {"payload", Bytes{row.edition.SerializeAsString()}},
           {"card", Bytes{row.card.SerializeAsString()}},
           {"newsroom", newsroom_uid},
           {"uid", row.uid}})
      .status();
}

absl::StatusOr<std::vector<std::string>> FindEditionNames(Session& session, const std::vector<ReleaseKey>& releases) {
  std::vector<std::string> names;
  for (const ReleaseKey& release : releases) {
    const auto rows = session.Query("SELECT DISTINCT name FROM editions WHERE release_uid = :release ORDER BY name",
                                    {{"release", release.uid}});
    if (!rows.ok()) return rows.status();
    for (const auto row : *rows) names.push_back(row.Text(0));
  }
  return names;
}

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/storage/release_store.h"

#include <limits>

#include "absl/strings/str_cat.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/base/uuid.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/resource_by_name.h"
#include "services/releases/storage/tables.h"

namespace communique::releases {
namespace {

using platform::Session;
using platform::WriteStamp;
using storage::ReleaseRecord;

// In the purge_us column: nothing is left but the name.
constexpr std::int64_t kPurged = -1;

ReleaseRecord WithFacts(platform::Resource<ReleaseRecord> resource) {
  ReleaseRecord record = std::move(resource.message);
  v1::Release& release = *record.mutable_release();
  release.set_uid(resource.meta.uid);
  release.set_etag(resource.meta.etag);
  *release.mutable_create_time() = platform::ToTimestamp(resource.meta.create_time);
  *release.mutable_update_time() = platform::ToTimestamp(resource.meta.update_time);
  return record;
}

ReleaseRecord WithoutFacts(ReleaseRecord record) {
  v1::Release& release = *record.mutable_release();
  release.clear_uid();
  release.clear_etag();
  release.clear_create_time();
  release.clear_update_time();
  release.clear_findings();
  return record;
}

bool IsPurged(const v1::Release& release) {
  return release.state() == v1::Release::STATE_DELETED && !release.has_content();
}

absl::StatusOr<v1::ReleaseRevision> ParseRevision(const std::string& payload) {
  v1::ReleaseRevision revision;
  if (!revision.ParseFromString(payload)) return platform::InternalError("a release revision does not parse");
  return revision;
}

}  // namespace

absl::StatusOr<ReleaseRecord> FindRelease(Session& session, const std::string& newsroom_uid, const std::string& name,
                                          platform::RowLock lock) {
  auto found = ReleaseTable().Find(session, newsroom_uid, "name", platform::Value(name), lock);
  if (!found.ok()) return found.status();
  if (!found->has_value() || IsPurged((*found)->message.release())) return platform::NotFound("release", name);
  return WithFacts(**std::move(found));
}

absl::Status InsertRelease(Session& session, const std::string& newsroom_uid, const WriteStamp& stamp,
                           ReleaseRecord& record) {
  const std::string& name = record.release().name();
  const auto taken = ReleaseTable().Find(session, newsroom_uid, "name", platform::Value(name));
  if (!taken.ok()) return taken.status();
  if (taken->has_value()) return platform::AlreadyExists("release", name);
  const platform::ResourceKey key{newsroom_uid, platform::MakeUuidV7(stamp.now), name};
  auto inserted = ReleaseTable().Insert(session, stamp, key, WithoutFacts(record));
  if (!inserted.ok()) return inserted.status();
  record = WithFacts(*std::move(inserted));
  return absl::OkStatus();
}

absl::Status UpdateRelease(Session& session, const std::string& newsroom_uid, const WriteStamp& stamp,
                           ReleaseRecord& record) {
  const platform::ResourceKey key{newsroom_uid, record.release().uid(), record.release().name()};
  const std::string etag = record.release().etag();
  auto updated = ReleaseTable().Update(session, stamp, key, etag, WithoutFacts(record));
  if (!updated.ok()) return updated.status();
  const bool deleted = record.release().state() == v1::Release::STATE_DELETED;
  if (deleted != updated->meta.delete_time.has_value()) {
    updated = deleted ? ReleaseTable().SoftDelete(session, stamp, key, updated->meta.etag)
                      : ReleaseTable().Undelete(session, stamp, key, updated->meta.etag);
    if (!updated.ok()) return updated.status();
  }
  record = WithFacts(*std::move(updated));
  return absl::OkStatus();
}

absl::StatusOr<ReleasePage> ListReleases(Session& session, const std::optional<std::string>& newsroom_uid,
                                         const v1::ListReleasesRequest& request, absl::Time now) {
  auto page = ReleaseTableAt(now).List(session, {.newsroom_uid = newsroom_uid,
                                                 .condition = "t.purge_us <> :purged",
                                                 .condition_params = {{"purged", kPurged}},
                                                 .filter = request.filter(),
                                                 .order_by = request.order_by(),
                                                 .page_size = request.page_size(),
                                                 .page_token = request.page_token(),
                                                 .show_deleted = request.show_deleted(),
                                                 .method = "ListReleases",
                                                 .parent = request.parent(),
                                                 .audience = "staff"});
  if (!page.ok()) return page.status();
  ReleasePage releases{{}, std::move(page->next_page_token)};
  for (auto& resource : page->resources) {
    releases.releases.push_back(std::move(*WithFacts(std::move(resource)).mutable_release()));
  }
  return releases;
}

absl::Status InsertRevision(Session& session, const std::string& newsroom_uid, const v1::Release& release,
                            std::int64_t number, const v1::ReleaseRevision& revision) {
  return session
      .Execute(
          "INSERT INTO release_revisions (newsroom_uid, release_uid, number, digest, payload) VALUES (:newsroom, "
          ":release, :number, :digest, :payload)",
          {{"newsroom", newsroom_uid},
           {"release", release.uid()},
           {"number", number},
           {"digest", revision.digest()},
           {"payload", platform::Bytes{revision.SerializeAsString()}}})
      .status();
}

absl::Status UpdateRevision(Session& session, const std::string& newsroom_uid, const v1::Release& release,
                            std::int64_t number, const v1::ReleaseRevision& revision) {
  return session
      .Execute(
          "UPDATE release_revisions SET payload = :payload WHERE newsroom_uid = :newsroom AND release_uid = :release "
          "AND number = :number AND digest = :digest",
          {{"payload", platform::Bytes{revision.SerializeAsString()}},
           {"newsroom", newsroom_uid},
           {"release", release.uid()},
           {"number", number},
           {"digest", revision.digest()}})
      .status();
}

absl::StatusOr<v1::ReleaseRevision> FindRevision(Session& session, const std::string& newsroom_uid,
                                                 const v1::Release& release, std::int64_t number) {
  const auto rows = session.Query(
      "SELECT payload FROM release_revisions WHERE newsroom_uid = :newsroom AND release_uid = :release AND number = "
      ":number",
      {{"newsroom", newsroom_uid}, {"release", release.uid()}, {"number", number}});
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return platform::NotFound("revision", absl::StrCat(release.name(), "/revisions/", number));
  return ParseRevision((*rows)[0].Bytes(0));
}

absl::StatusOr<std::vector<v1::ReleaseRevision>> ListRevisions(Session& session, const std::string& newsroom_uid,
                                                               const v1::Release& release, std::int64_t before,
                                                               int limit) {
  const auto rows = session.Query(
      "SELECT payload FROM release_revisions WHERE newsroom_uid = :newsroom AND release_uid = :release AND number < "
      ":before ORDER BY number DESC LIMIT :limit",
      {{"newsroom", newsroom_uid},
       {"release", release.uid()},
       {"before", before == 0 ? std::numeric_limits<std::int64_t>::max() : before},
       {"limit", limit}});
  if (!rows.ok()) return rows.status();
  std::vector<v1::ReleaseRevision> revisions;
  for (const auto row : *rows) {
    auto revision = ParseRevision(row.Bytes(0));
    if (!revision.ok()) return revision.status();
    revisions.push_back(*std::move(revision));
  }
  return revisions;
}

absl::StatusOr<std::int64_t> PurgeReleases(Session& session, absl::Time now, int limit) {
  const auto rows = session.Query(
      "SELECT newsroom_uid, uid, name FROM releases WHERE purge_us > 0 AND purge_us <= :now ORDER BY purge_us, uid "
      "LIMIT "
      ":limit",
      {{"now", platform::ToMicros(now)}, {"limit", limit}});
  if (!rows.ok()) return rows.status();
  std::int64_t purged = 0;
  for (const auto row : *rows) {
    ReleaseRecord empty;
    empty.mutable_release()->set_name(row.Text(2));
    empty.mutable_release()->set_state(v1::Release::STATE_DELETED);
    const auto emptied = session.Execute(
        "UPDATE releases SET purge_us = :purged, etag = etag + 1, headline = '', creator = '', last_editor = '', actor "
        "= '', payload = :payload WHERE newsroom_uid = :newsroom AND uid = :uid AND purge_us > 0 AND purge_us <= :now",
        {{"purged", kPurged},
         {"payload", platform::Bytes{empty.SerializeAsString()}},
         {"newsroom", row.Text(0)},
         {"uid", row.Text(1)},
         {"now", platform::ToMicros(now)}});
    if (!emptied.ok()) return emptied.status();
    // Somebody has taken the deletion back since it was found.
    if (*emptied == 0) continue;
    ++purged;
    for (const char* statement : {"DELETE FROM release_revisions WHERE newsroom_uid = :newsroom AND release_uid = :uid",
                                  "DELETE FROM kept_commitments WHERE newsroom_uid = :newsroom AND release_uid = :uid",
                                  "DELETE FROM release_topics WHERE newsroom_uid = :newsroom AND uid = :uid"}) {
      const auto removed = session.Execute(statement, {{"newsroom", row.Text(0)}, {"uid", row.Text(1)}});
      if (!removed.ok()) return removed.status();
    }
  }
  return purged;
}

}  // namespace communique::releases

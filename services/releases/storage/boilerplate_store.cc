// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/storage/boilerplate_store.h"

#include <limits>

#include "absl/strings/str_cat.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/resource_by_name.h"
#include "services/releases/storage/tables.h"

namespace communique::releases {
namespace {

using platform::Session;
using platform::WriteStamp;

std::string RevisionName(const std::string& boilerplate, std::int64_t number) {
  return absl::StrCat(boilerplate, "/revisions/", number);
}

absl::StatusOr<v1::BoilerplateRevision> Parse(const std::string& payload) {
  v1::BoilerplateRevision revision;
  if (!revision.ParseFromString(payload)) return platform::InternalError("a boilerplate revision does not parse");
  return revision;
}

}  // namespace

absl::StatusOr<v1::Boilerplate> FindBoilerplate(Session& session, const std::string& newsroom_uid,
                                                const std::string& name, platform::RowLock lock) {
  return FindByName(session, BoilerplateTable(), "boilerplate", newsroom_uid, name, lock);
}

absl::Status InsertBoilerplate(Session& session, const std::string& newsroom_uid, const WriteStamp& stamp,
                               v1::Boilerplate& boilerplate) {
  return InsertByName(session, BoilerplateTable(), "boilerplate", newsroom_uid, stamp, boilerplate);
}

absl::Status UpdateBoilerplate(Session& session, const std::string& newsroom_uid, const WriteStamp& stamp,
                               v1::Boilerplate& boilerplate) {
  return UpdateByName(session, BoilerplateTable(), newsroom_uid, stamp, boilerplate);
}

absl::StatusOr<v1::ListBoilerplatesResponse> ListBoilerplates(Session& session, const std::string& newsroom_uid,
                                                              const v1::ListBoilerplatesRequest& request) {
  auto page = BoilerplateTable().List(session, {.newsroom_uid = newsroom_uid,
                                                .filter = request.filter(),
                                                .order_by = request.order_by(),
                                                .page_size = request.page_size(),
                                                .page_token = request.page_token(),
                                                .method = "ListBoilerplates",
                                                .parent = request.parent(),
                                                .audience = "staff"});
  if (!page.ok()) return page.status();
  v1::ListBoilerplatesResponse response;
  for (auto& resource : page->resources) *response.add_boilerplates() = WithRowFacts(std::move(resource));
  response.set_next_page_token(page->next_page_token);
  return response;
}

absl::Status InsertBoilerplateRevision(Session& session, const std::string& newsroom_uid, const WriteStamp& stamp,
                                       const v1::Boilerplate& boilerplate) {
  v1::BoilerplateRevision revision;
  revision.set_name(RevisionName(boilerplate.name(), boilerplate.revision()));
  *revision.mutable_texts() = boilerplate.texts();
  *revision.mutable_create_time() = platform::ToTimestamp(stamp.now);
  revision.set_creator(stamp.actor);
  return session
      .Execute(
          "INSERT INTO boilerplate_revisions (newsroom_uid, boilerplate, number, payload) VALUES (:newsroom, "
          ":boilerplate, :number, :payload)",
          {{"newsroom", newsroom_uid},
           {"boilerplate", boilerplate.name()},
           {"number", boilerplate.revision()},
           {"payload", platform::Bytes{revision.SerializeAsString()}}})
      .status();
}

absl::StatusOr<v1::BoilerplateRevision> FindBoilerplateRevision(Session& session, const std::string& boilerplate,
                                                                std::int64_t number) {
  const auto rows =
      number == 0 ? session.Query(
                        "SELECT payload FROM boilerplate_revisions WHERE boilerplate = :boilerplate ORDER BY number "
                        "DESC LIMIT 1",
                        {{"boilerplate", boilerplate}})
                  : session.Query(
                        "SELECT payload FROM boilerplate_revisions WHERE boilerplate = :boilerplate AND number = "
                        ":number",
                        {{"boilerplate", boilerplate}, {"number", number}});
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return platform::NotFound("boilerplate revision", RevisionName(boilerplate, number));
  return Parse((*rows)[0].Bytes(0));
}

absl::StatusOr<std::vector<v1::BoilerplateRevision>> ListBoilerplateRevisions(Session& session,
                                                                              const std::string& boilerplate,
                                                                              std::int64_t before, int limit) {
  const auto rows = session.Query(
      "SELECT payload FROM boilerplate_revisions WHERE boilerplate = :boilerplate AND number < :before ORDER BY number "
      "DESC LIMIT :limit",
      {{"boilerplate", boilerplate},
       {"before", before == 0 ? std::numeric_limits<std::int64_t>::max() : before},
       {"limit", limit}});
  if (!rows.ok()) return rows.status();
  std::vector<v1::BoilerplateRevision> revisions;
  for (const auto row : *rows) {
    auto revision = Parse(row.Bytes(0));
    if (!revision.ok()) return revision.status();
    revisions.push_back(*std::move(revision));
  }
  return revisions;
}

}  // namespace communique::releases

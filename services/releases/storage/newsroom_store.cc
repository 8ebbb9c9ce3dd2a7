// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/storage/newsroom_store.h"

#include "services/platform/storage/resource_by_name.h"
#include "services/releases/domain/text/fold.h"
#include "services/releases/storage/tables.h"

namespace communique::releases {

using platform::RowLock;
using platform::Session;
using platform::WriteStamp;

absl::StatusOr<v1::Newsroom> FindNewsroom(Session& session, const std::string& name, RowLock lock) {
  return FindByName(session, NewsroomTable(), "newsroom", kInstallation, name, lock);
}

absl::Status InsertNewsroom(Session& session, const WriteStamp& stamp, v1::Newsroom& newsroom) {
  return InsertByName(session, NewsroomTable(), "newsroom", kInstallation, stamp, newsroom);
}

absl::Status UpdateNewsroom(Session& session, const WriteStamp& stamp, v1::Newsroom& newsroom) {
  return UpdateByName(session, NewsroomTable(), kInstallation, stamp, newsroom);
}

absl::StatusOr<v1::ListNewsroomsResponse> ListNewsrooms(Session& session, const v1::ListNewsroomsRequest& request) {
  auto page = NewsroomTable().List(session, {.newsroom_uid = kInstallation,
                                             .filter = request.filter(),
                                             .order_by = request.order_by(),
                                             .page_size = request.page_size(),
                                             .page_token = request.page_token(),
                                             .method = "ListNewsrooms",
                                             .audience = "staff"});
  if (!page.ok()) return page.status();
  v1::ListNewsroomsResponse response;
  for (auto& resource : page->resources) *response.add_newsrooms() = WithRowFacts(std::move(resource));
  response.set_next_page_token(page->next_page_token);
  return response;
}

absl::StatusOr<v1::Section> FindSection(Session& session, const std::string& newsroom_uid, const std::string& name,
                                        RowLock lock) {
  return FindByName(session, SectionTable(), "section", newsroom_uid, name, lock);
}

absl::Status InsertSection(Session& session, const std::string& newsroom_uid, const WriteStamp& stamp,
                           v1::Section& section) {
  return InsertByName(session, SectionTable(), "section", newsroom_uid, stamp, section);
}

absl::Status UpdateSection(Session& session, const std::string& newsroom_uid, const WriteStamp& stamp,
                           v1::Section& section) {
  return UpdateByName(session, SectionTable(), newsroom_uid, stamp, section);
}

absl::StatusOr<v1::ListSectionsResponse> ListSections(Session& session, const std::string& newsroom_uid,
                                                      const v1::ListSectionsRequest& request) {
  auto page = SectionTable().List(session, {.newsroom_uid = newsroom_uid,
                                            .filter = request.filter(),
                                            .order_by = request.order_by(),
                                            .page_size = request.page_size(),
                                            .page_token = request.page_token(),
                                            .method = "ListSections",
                                            .parent = request.parent(),
                                            .audience = "staff"});
  if (!page.ok()) return page.status();
  v1::ListSectionsResponse response;
  for (auto& resource : page->resources) *response.add_sections() = WithRowFacts(std::move(resource));
  response.set_next_page_token(page->next_page_token);
  return response;
}

absl::StatusOr<bool> HasSectionTitled(Session& session, const std::string& newsroom_uid, const std::string& title) {
  const auto rows = session.Query(
      "SELECT uid FROM sections WHERE newsroom_uid = :newsroom AND title_key = :title ORDER BY uid LIMIT 1",
      {{"newsroom", newsroom_uid}, {"title", Fold(title)}});
  if (!rows.ok()) return rows.status();
  return !rows->empty();
}

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/storage/processing_record_store.h"

#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/contacts/storage/tables.h"
#include "services/platform/storage/resource_by_name.h"

namespace communique::contacts {

using platform::Session;

absl::Status InsertProcessingRecord(Session& session, const std::string& newsroom_uid,
                                    const platform::WriteStamp& stamp, v1::ProcessingRecord& record) {
  return InsertByName(session, ProcessingRecordTable(), "processing record", newsroom_uid, stamp, record);
}

absl::StatusOr<v1::ProcessingRecord> FindProcessingRecord(Session& session, const std::string& newsroom_uid,
                                                          const std::string& name) {
  return FindByName(session, ProcessingRecordTable(), "processing record", newsroom_uid, name,
                    platform::RowLock::kNone);
}

absl::StatusOr<v1::ListProcessingRecordsResponse> ListProcessingRecords(
    Session& session, const std::string& newsroom_uid, const v1::ListProcessingRecordsRequest& request) {
  const platform::ListQuery query{.newsroom_uid = newsroom_uid,
                                  .condition = "t.contact = :contact",
                                  .condition_params = {{"contact", request.parent()}},
                                  .filter = request.filter(),
                                  .order_by = request.order_by(),
                                  .page_size = request.page_size(),
                                  .page_token = request.page_token(),
                                  .method = "ListProcessingRecords",
                                  .parent = request.parent(),
                                  .audience = "staff"};
  auto page = ProcessingRecordTable().List(session, query);
  if (!page.ok()) return page.status();
  v1::ListProcessingRecordsResponse response;
  for (auto& resource : page->resources) {
    *response.add_processing_records() = platform::WithRowFacts(std::move(resource));
  }
  response.set_next_page_token(page->next_page_token);
  return response;
}

absl::StatusOr<std::vector<v1::ProcessingRecord>> ProcessingRecordsOf(Session& session, const std::string& newsroom_uid,
                                                                      const std::vector<std::string>& contacts) {
  platform::ListQuery query{.newsroom_uid = newsroom_uid, .page_size = std::numeric_limits<std::int32_t>::max()};
  std::vector<std::string> params;
  for (std::size_t i = 0; i < contacts.size(); ++i) {
    params.push_back(absl::StrCat("contact", i));
    query.condition_params.emplace_back(params.back(), contacts[i]);
  }
  query.condition = absl::StrCat("t.contact IN (:", absl::StrJoin(params, ", :"), ")");
  std::vector<v1::ProcessingRecord> records;
  do {
    auto page = ProcessingRecordTable().List(session, query);
    if (!page.ok()) return page.status();
    for (auto& resource : page->resources) records.push_back(platform::WithRowFacts(std::move(resource)));
    query.page_token = std::move(page->next_page_token);
  } while (!query.page_token.empty());
  return records;
}

absl::StatusOr<std::vector<std::string>> ContactsWithWordOn(Session& session, const std::string& newsroom_uid,
                                                            const std::vector<std::string>& contacts,
                                                            v1::Purpose purpose) {
  std::vector<std::string> names;
  if (contacts.empty()) return names;
  platform::SqlParams params;
  const std::string newsroom = params.Add(newsroom_uid);
  const std::string list =
      absl::StrJoin(contacts, ", ", [&](std::string* out, const std::string& name) { out->append(params.Add(name)); });
  std::vector<std::string> others;
  const google::protobuf::EnumDescriptor& purposes = *v1::Purpose_descriptor();
  for (int i = 0; i < purposes.value_count(); ++i) {
    const int other = purposes.value(i)->number();
    if (other != v1::PURPOSE_UNSPECIFIED && other != purpose) others.push_back(absl::StrCat(other));
  }
  const auto rows = session.Query(
      absl::StrCat("SELECT c.name FROM contacts c WHERE c.newsroom_uid = ", newsroom, " AND c.name IN (", list,
                   ") AND (EXISTS (SELECT 1 FROM processing_records r WHERE r.newsroom_uid = c.newsroom_uid AND "
                   "r.contact = c.name AND r.purpose NOT IN (",
                   absl::StrJoin(others, ", "),
                   ")) OR EXISTS (SELECT 1 FROM merges m WHERE m.newsroom_uid = c.newsroom_uid AND m.contact = c.name "
                   "AND m.undone = 0))"),
      params.params());
  if (!rows.ok()) return rows.status();
  for (const platform::Row row : *rows) names.push_back(row.Text(0));
  return names;
}

absl::Status DeleteProcessingRecords(Session& session, const std::string& newsroom_uid, const std::string& contact) {
  return session
      .Execute("DELETE FROM processing_records WHERE newsroom_uid = :newsroom AND contact = :contact",
               {{"newsroom", newsroom_uid}, {"contact", contact}})
      .status();
}

}  // namespace communique::contacts

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/storage/suppression_store.h"

#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/contacts/storage/named_rows.h"
#include "services/contacts/storage/tables.h"
#include "services/platform/base/string_view.h"
#include "services/platform/storage/resource_by_name.h"

namespace communique::contacts {
namespace {

using platform::ResourceKey;
using platform::Session;
using storage::SuppressionRecord;

SuppressionRecord WithFacts(platform::Resource<SuppressionRecord> resource) {
  SuppressionRecord record = std::move(resource.message);
  platform::SetRowFacts(resource.meta, *record.mutable_suppression());
  return record;
}

SuppressionRecord WithoutFacts(SuppressionRecord record) {
  platform::ClearRowFacts(*record.mutable_suppression());
  return record;
}

// A list in SQL of values that are parameters from now on.
std::string ListOf(const std::vector<std::string>& values, std::string_view prefix, platform::Params& params) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < values.size(); ++i) {
    names.push_back(absl::StrCat(platform::ToAbsl(prefix), i));
    params.emplace_back(names.back(), values[i]);
  }
  return absl::StrCat("(:", absl::StrJoin(names, ", :"), ")");
}

}  // namespace

absl::Status InsertSuppression(Session& session, const std::string& newsroom_uid, const platform::WriteStamp& stamp,
                               SuppressionRecord& record) {
  const ResourceKey key{newsroom_uid, platform::MakeUuidV7(stamp.now), record.suppression().name()};
  auto inserted = SuppressionTable().Insert(session, stamp, key, WithoutFacts(record));
  if (!inserted.ok()) return inserted.status();
  record = WithFacts(*std::move(inserted));
  return absl::OkStatus();
}

absl::Status LockSuppressions(Session& session, const std::string& newsroom_uid) {
  if (session.engine() != platform::Engine::kPostgres) return absl::OkStatus();  // one writer
  return session.Query("SELECT name FROM newsrooms WHERE uid = :uid FOR UPDATE", {{"uid", newsroom_uid}}).status();
}

absl::Status HoldSuppressions(Session& session, const std::vector<std::string>& newsroom_uids) {
  if (session.engine() != platform::Engine::kPostgres) return absl::OkStatus();  // one writer
  platform::Params params;
  const std::string uids = ListOf(newsroom_uids, "newsroom", params);
  return session
      .Query(absl::StrCat("SELECT name FROM newsrooms WHERE uid IN ", uids, " ORDER BY uid FOR SHARE"), params)
      .status();
}

absl::StatusOr<SuppressionRecord> FindSuppression(Session& session, const std::string& newsroom_uid,
                                                  const std::string& name, platform::RowLock lock) {
  auto found = SuppressionTable().Find(session, newsroom_uid, "name", platform::Value(name), lock);
  if (!found.ok()) return found.status();
  if (!found->has_value()) return platform::NotFound("suppression", name);
  return WithFacts(**std::move(found));
}

absl::StatusOr<v1::ListSuppressionsResponse> ListSuppressions(Session& session, const std::string& newsroom_uid,
                                                              const v1::ListSuppressionsRequest& request) {
  const platform::ListQuery query{.newsroom_uid = newsroom_uid,
                                  .filter = request.filter(),
                                  .order_by = request.order_by(),
                                  .page_size = request.page_size(),
                                  .page_token = request.page_token(),
                                  .show_deleted = request.show_lifted(),
                                  .method = "ListSuppressions",
                                  .parent = request.parent(),
                                  .audience = "staff"};
  auto page = SuppressionTable().List(session, query);
  if (!page.ok()) return page.status();
  v1::ListSuppressionsResponse response;
  for (auto& resource : page->resources) {
    *response.add_suppressions() = std::move(*WithFacts(std::move(resource)).mutable_suppression());
  }
  response.set_next_page_token(page->next_page_token);
  return response;
}

absl::StatusOr<std::vector<SuppressionRecord>> SuppressionsOf(Session& session,
                                                              const std::vector<std::string>& newsroom_uids,
                                                              const std::vector<std::string>& macs) {
  std::vector<SuppressionRecord> records;
  if (newsroom_uids.empty() || macs.empty()) return records;
  platform::ListQuery query{.order_by = "create_time", .page_size = std::numeric_limits<std::int32_t>::max()};
  const std::string newsrooms = ListOf(newsroom_uids, "newsroom", query.condition_params);
  query.condition = absl::StrCat("t.newsroom_uid IN ", newsrooms, " AND t.address_mac IN ",
                                 ListOf(macs, "mac", query.condition_params));
  do {
    auto page = SuppressionTable().List(session, query);
    if (!page.ok()) return page.status();
    for (auto& resource : page->resources) records.push_back(WithFacts(std::move(resource)));
    query.page_token = std::move(page->next_page_token);
  } while (!query.page_token.empty());
  return records;
}

absl::Status LiftSuppression(Session& session, const std::string& newsroom_uid, const platform::WriteStamp& stamp,
                             SuppressionRecord& record) {
  const v1::Suppression& suppression = record.suppression();
  const ResourceKey key{newsroom_uid, suppression.uid(), suppression.name()};
  auto updated = UpdateRow(session, SuppressionTable(), key, suppression.etag(), stamp, WithoutFacts(record), true);
  if (!updated.ok()) return updated.status();
  record = WithFacts(*std::move(updated));
  return absl::OkStatus();
}

absl::Status RemoveLiftedSuppressions(Session& session, absl::Time before) {
  return session
      .Execute("DELETE FROM suppressions WHERE delete_us > 0 AND delete_us < :before",
               {{"before", platform::ToMicros(before)}})
      .status();
}

absl::StatusOr<std::map<std::string, std::int64_t>> CountSuppressionsByKey(Session& session) {
  const auto rows =
      session.Query("SELECT key_id, count(*) FROM suppressions WHERE delete_us = 0 GROUP BY key_id ORDER BY key_id");
  if (!rows.ok()) return rows.status();
  std::map<std::string, std::int64_t> counts;
  for (const auto row : *rows) counts[row.Text(0)] = row.Int(1);
  return counts;
}

}  // namespace communique::contacts

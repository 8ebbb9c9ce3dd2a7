// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/resource_rows.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/page_token.h"

namespace communique::platform {
namespace {

// Rows are read in batches, so that a page of large payloads is not read far beyond what is sent.
constexpr std::int64_t kListBatch = 25;

constexpr char kMetaColumns[] =
    "t.newsroom_uid, t.uid, t.etag, t.actor, t.request_id, t.create_us, t.update_us, t.delete_us, t.payload";
constexpr std::size_t kMetaWidth = 9;

constexpr char kWhereKey[] = " WHERE newsroom_uid = :newsroom_uid AND uid = :uid";

std::string FormatEtag(std::int64_t etag) { return absl::StrCat("\"", etag, "\""); }

// The number in an etag; -1, which no row has, for what is none of ours.
std::int64_t ParseEtag(std::string_view etag) {
  std::int64_t number = 0;
  if (etag.size() < 3 || etag.front() != '"' || etag.back() != '"') return -1;
  if (!absl::SimpleAtoi(ToAbsl(etag.substr(1, etag.size() - 2)), &number) || FormatEtag(number) != etag) return -1;
  return number;
}

RawResource ReadRow(const Row& row) {
  RawResource resource;
  resource.meta = {.newsroom_uid = row.Text(0),
                   .uid = row.Text(1),
                   .etag = FormatEtag(row.Int(2)),
                   .actor = row.Text(3),
                   .request_id = row.Text(4),
                   .create_time = absl::FromUnixMicros(row.Int(5)),
                   .update_time = absl::FromUnixMicros(row.Int(6)),
                   .delete_time = std::nullopt};
  if (row.Int(7) != 0) resource.meta.delete_time = absl::FromUnixMicros(row.Int(7));
  resource.payload = row.Bytes(8);
  return resource;
}

Value ReadValue(const Row& row, std::size_t column, ColumnType type) {
  if (type == ColumnType::kInt) return row.Int(column);
  return row.Text(column);
}

std::string ColumnParam(std::size_t index) { return absl::StrCat("c", index); }

}  // namespace

ResourceRows::ResourceRows(ResourceLayout layout)
    : layout_(std::move(layout)), select_(absl::StrCat("SELECT ", kMetaColumns, " FROM ", layout_.table, " t ")) {}

absl::StatusOr<std::vector<RawResource>> ResourceRows::Select(Session& session, const std::string& where_and_more,
                                                              const Params& params) const {
  const auto rows = session.Query(select_ + where_and_more, params);
  if (!rows.ok()) return rows.status();
  std::vector<RawResource> resources;
  resources.reserve(rows->size());
  for (const Row row : *rows) resources.push_back(ReadRow(row));
  return resources;
}

absl::StatusOr<RawResource> ResourceRows::Insert(Session& session, const WriteStamp& stamp, const ResourceKey& key,
                                                 RawContent content) const {
  const std::int64_t now = absl::ToUnixMicros(stamp.now);
  std::string names;
  std::string values;
  Params params = {{"newsroom_uid", key.newsroom_uid},
                   {"uid", key.uid},
                   {"actor", stamp.actor},
                   {"request_id", stamp.request_id},
                   {"now", now},
                   {"payload", Bytes{content.payload}},
                   {"payload_schema", layout_.payload_schema},
                   {"min_writer", layout_.min_writer}};
  for (std::size_t i = 0; i < layout_.columns.size(); ++i) {
    absl::StrAppend(&names, ", ", layout_.columns[i]);
    absl::StrAppend(&values, ", :", ColumnParam(i));
    params.emplace_back(ColumnParam(i), content.columns[i]);
  }
  const auto inserted = session.Execute(
      ToStd(absl::StrCat("INSERT INTO ", layout_.table,
                         " (newsroom_uid, uid, etag, actor, request_id, create_us, update_us, delete_us, payload, "
                         "payload_schema, min_writer",
                         names,
                         ") VALUES (:newsroom_uid, :uid, 1, :actor, :request_id, :now, :now, 0, :payload, "
                         ":payload_schema, :min_writer",
                         values, ")")),
      params);
  if (!inserted.ok()) {
    if (!absl::IsAlreadyExists(inserted.status())) return inserted.status();
    return MakeError(absl::StatusCode::kAlreadyExists, Reason::ERROR_REASON_ALREADY_EXISTS,
                     ToStd(absl::StrCat("there is, or was, a ", layout_.type, " ", key.name,
                                        "; ids are never used again: choose another one")),
                     {{"resource", key.name}});
  }
  if (auto status = WriteChildren(session, key, content, /*replace=*/false); !status.ok()) return status;
  return RawResource{{.newsroom_uid = key.newsroom_uid,
                      .uid = key.uid,
                      .etag = FormatEtag(1),
                      .actor = stamp.actor,
                      .request_id = stamp.request_id,
                      .create_time = absl::FromUnixMicros(now),
                      .update_time = absl::FromUnixMicros(now),
                      .delete_time = std::nullopt},
                     std::move(content.payload)};
}

absl::Status ResourceRows::WriteChildren(Session& session, const ResourceKey& key, const RawContent& content,
                                         bool replace) const {
  for (std::size_t i = 0; i < layout_.child_tables.size(); ++i) {
    const std::string& table = layout_.child_tables[i];
    if (replace) {
      auto removed = session.Execute(absl::StrCat("DELETE FROM ", table, kWhereKey),
                                     {{"newsroom_uid", key.newsroom_uid}, {"uid", key.uid}});
      if (!removed.ok()) return removed.status();
    }
    const std::string insert =
        absl::StrCat("INSERT INTO ", table,
                     " (newsroom_uid, uid, value) VALUES (:newsroom_uid, :uid, :value) ON CONFLICT DO NOTHING");
    for (const std::string& value : content.children[i]) {
      auto inserted = session.Execute(insert, {{"newsroom_uid", key.newsroom_uid}, {"uid", key.uid}, {"value", value}});
      if (!inserted.ok()) return inserted.status();
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<RawResource>> ResourceRows::Find(Session& session, std::string_view newsroom_uid,
                                                              std::string_view column, const Value& value,
                                                              RowLock lock) const {
  const bool for_update = lock == RowLock::kForUpdate && session.engine() == Engine::kPostgres;
  auto found = Select(session,
                      absl::StrCat("WHERE t.newsroom_uid = :newsroom_uid AND t.", ToAbsl(column), " = :value LIMIT 2",
                                   for_update ? " FOR UPDATE" : ""),
                      {{"newsroom_uid", newsroom_uid}, {"value", value}});
  if (!found.ok()) return found.status();
  if (found->size() > 1) {
    return InternalError(ToStd(absl::StrCat(layout_.table, ".", ToAbsl(column), " was taken for unique and is not")));
  }
  if (found->empty()) return std::nullopt;
  return std::move(found->front());
}

absl::StatusOr<std::vector<RawResource>> ResourceRows::BatchGet(Session& session, std::string_view newsroom_uid,
                                                                const std::vector<std::string>& uids) const {
  if (uids.empty()) return std::vector<RawResource>();
  SqlParams params;
  std::string list;
  for (const std::string& uid : uids) absl::StrAppend(&list, list.empty() ? "" : ", ", params.Add(uid));
  auto found = Select(
      session,
      absl::StrCat("WHERE t.newsroom_uid = ", params.Add(std::string(newsroom_uid)), " AND t.uid IN (", list, ")"),
      params.params());
  if (!found.ok()) return found;
  std::vector<RawResource> ordered;
  for (const std::string& uid : uids) {
    const auto row = std::find_if(found->begin(), found->end(), [&](const auto& each) { return each.meta.uid == uid; });
    if (row != found->end()) ordered.push_back(*row);
  }
  return ordered;
}

absl::StatusOr<RawPage> ResourceRows::List(Session& session, const ListQuery& query) const {
  if (query.page_size < 0) return InvalidField("page_size", "must not be negative; 0 means the default");
  const ListLimits& limits = layout_.limits;
  const std::int64_t page_size =
      query.page_size == 0 ? limits.default_page_size : std::min(query.page_size, limits.max_page_size);
  auto order = ParseOrderBy(query.order_by.empty() ? layout_.default_order : query.order_by, layout_.order_fields);
  if (!order.ok()) return order.status();

  SqlParams fixed;
  fixed.Add(query.condition_params);
  std::string where = query.show_deleted ? "WHERE 1 = 1" : "WHERE t.delete_us = 0";
  if (query.newsroom_uid) absl::StrAppend(&where, " AND t.newsroom_uid = ", fixed.Add(*query.newsroom_uid));
  if (!query.condition.empty()) absl::StrAppend(&where, " AND (", query.condition, ")");
  auto filter = FilterToSql(query.filter, layout_.filter_fields, fixed, limits.filter);
  if (!filter.ok()) return filter.status();
  if (!filter->empty()) absl::StrAppend(&where, " AND ", *filter);

  const PageScope scope = {query.method, absl::StrCat(query.parent, query.show_deleted ? "?show_deleted" : ""),
                           query.filter, query.order_by, query.audience};
  std::vector<Value> key;
  if (!query.page_token.empty()) {
    auto parsed = ParsePageToken(query.page_token, scope, *order);
    if (!parsed.ok()) return parsed.status();
    key = *std::move(parsed);
  }

  std::string columns = kMetaColumns;
  for (const OrderTerm& term : *order) absl::StrAppend(&columns, ", t.", term.column);
  RawPage page;
  std::size_t bytes = 0;
  while (true) {
    // One row more than is shown tells whether there is another page.
    const std::int64_t batch = std::min(page_size + 1 - static_cast<std::int64_t>(page.rows.size()), kListBatch);
    SqlParams params = fixed;
    const std::string after = key.empty() ? "" : absl::StrCat(" AND (", AfterKeyToSql(*order, key, params), ")");
    // The keys are found and sorted first, by themselves: SQLite's sorter would carry every row's payload.
    const std::string by_order = OrderToSql(*order);
    const auto rows = session.Query(
        ToStd(absl::StrCat("SELECT ", columns, " FROM ", layout_.table, " t JOIN (SELECT t.newsroom_uid, t.uid FROM ",
                           layout_.table, " t ", where, after, " ORDER BY ", by_order, " LIMIT ", batch,
                           ") k ON k.newsroom_uid = t.newsroom_uid AND k.uid = t.uid ORDER BY ", by_order)),
        params.params());
    if (!rows.ok()) return rows.status();
    for (const Row row : *rows) {
      RawResource resource = ReadRow(row);
      bytes += resource.payload.size();
      if (!page.rows.empty() &&
          (static_cast<std::int64_t>(page.rows.size()) == page_size || bytes > limits.max_page_bytes)) {
        page.next_page_token = MakePageToken(scope, key);
        return page;
      }
      page.rows.push_back(std::move(resource));
      key.clear();
      for (std::size_t i = 0; i < order->size(); ++i) key.push_back(ReadValue(row, kMetaWidth + i, (*order)[i].type));
    }
    if (static_cast<std::int64_t>(rows->size()) < batch) return page;
  }
}

absl::StatusOr<RawResource> ResourceRows::Update(Session& session, const WriteStamp& stamp, const ResourceKey& key,
                                                 std::string_view etag, RawContent content) const {
  Params params = {{"newsroom_uid", key.newsroom_uid},
                   {"uid", key.uid},
                   {"actor", stamp.actor},
                   {"request_id", stamp.request_id},
                   {"now", absl::ToUnixMicros(stamp.now)},
                   {"payload", Bytes{content.payload}},
                   {"payload_schema", layout_.payload_schema},
                   {"min_writer", layout_.min_writer}};
  std::string columns;
  for (std::size_t i = 0; i < layout_.columns.size(); ++i) {
    absl::StrAppend(&columns, ", ", layout_.columns[i], " = :", ColumnParam(i));
    params.emplace_back(ColumnParam(i), content.columns[i]);
  }
  if (!etag.empty()) params.emplace_back("etag", ParseEtag(etag));
  const auto rows = session.Query(
      ToStd(absl::StrCat(
          "UPDATE ", layout_.table,
          " SET etag = etag + 1, actor = :actor, request_id = :request_id, update_us = :now, payload = :payload, "
          "payload_schema = :payload_schema, min_writer = CASE WHEN min_writer > :min_writer THEN min_writer ELSE "
          ":min_writer END",
          columns, kWhereKey, " AND min_writer <= :payload_schema", etag.empty() ? "" : " AND etag = :etag",
          " RETURNING newsroom_uid, uid, etag, actor, request_id, create_us, update_us, delete_us, payload")),
      params);
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return WhyNotChanged(session, key, etag);
  if (auto status = WriteChildren(session, key, content, /*replace=*/true); !status.ok()) return status;
  return ReadRow((*rows)[0]);
}

absl::StatusOr<RawResource> ResourceRows::SetDeleted(Session& session, const WriteStamp& stamp, const ResourceKey& key,
                                                     std::string_view etag, bool deleted) const {
  Params params = {{"newsroom_uid", key.newsroom_uid},
                   {"uid", key.uid},
                   {"actor", stamp.actor},
                   {"request_id", stamp.request_id},
                   {"now", absl::ToUnixMicros(stamp.now)}};
  if (!etag.empty()) params.emplace_back("etag", ParseEtag(etag));
  const auto rows = session.Query(
      ToStd(absl::StrCat(
          "UPDATE ", layout_.table,
          " SET etag = etag + 1, actor = :actor, request_id = :request_id, update_us = :now, delete_us = ",
          deleted ? ":now" : "0", kWhereKey, etag.empty() ? "" : " AND etag = :etag",
          " RETURNING newsroom_uid, uid, etag, actor, request_id, create_us, update_us, delete_us, payload")),
      params);
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return WhyNotChanged(session, key, etag);
  return ReadRow((*rows)[0]);
}

absl::Status ResourceRows::WhyNotChanged(Session& session, const ResourceKey& key, std::string_view etag) const {
  const auto rows = session.Query(absl::StrCat("SELECT etag, min_writer FROM ", layout_.table, kWhereKey),
                                  {{"newsroom_uid", key.newsroom_uid}, {"uid", key.uid}});
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return NotFound(layout_.type, key.name);
  const std::string current = FormatEtag((*rows)[0].Int(0));
  if (!etag.empty() && current != etag) return EtagMismatch(key.name, current);
  if ((*rows)[0].Int(1) > layout_.payload_schema) {
    return FailedPrecondition(Reason::ERROR_REASON_WRITTEN_BY_NEWER_SERVER, key.name,
                              "a newer server wrote this, and this one would lose part of it; it can be changed again "
                              "when the upgrade is complete");
  }
  // Changed between the two statements.
  return EtagMismatch(key.name, current);
}

}  // namespace communique::platform

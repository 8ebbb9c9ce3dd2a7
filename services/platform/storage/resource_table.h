// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/resource_rows.h"

namespace communique::platform {

// A column that is taken from the message whenever it is written, to find rows by and to order them.
template <typename Message>
struct IndexColumn {
  std::string name;
  std::function<Value(const Message&)> extract;  // text or a number
};

// A child table (newsroom_uid, uid, value) with the values of a repeated field, for filters.
template <typename Message>
struct ChildTable {
  std::string name;
  std::function<std::vector<std::string>(const Message&)> extract;
};

// How a resource is stored. Its table is made by a migration:
//
//   CREATE TABLE desks (
//     newsroom_uid TEXT NOT NULL,
//     uid TEXT NOT NULL,                 -- a version 7 UUID
//     desk_id TEXT NOT NULL,             -- an index column
//     etag BIGINT NOT NULL,
//     actor TEXT NOT NULL,               -- of the last write
//     request_id TEXT NOT NULL,          -- the same
//     create_us BIGINT NOT NULL,         -- microseconds since 1970
//     update_us BIGINT NOT NULL,
//     delete_us BIGINT NOT NULL,         -- 0 while not deleted
//     payload BYTES NOT NULL,            -- the message, unknown fields included
//     payload_schema BIGINT NOT NULL,
//     min_writer BIGINT NOT NULL,
//     PRIMARY KEY (newsroom_uid, uid)
//   );
//   CREATE UNIQUE INDEX desks_by_id ON desks (newsroom_uid, desk_id);
//   CREATE TABLE desk_topics (            -- a child table
//     newsroom_uid TEXT NOT NULL, uid TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (newsroom_uid, uid, value));
template <typename Message>
struct ResourceSchema {
  std::string table;
  std::string type;  // in words, for errors: "desk"
  std::vector<IndexColumn<Message>> columns;
  std::vector<ChildTable<Message>> child_tables;

  // The version of the message's meaning that this program writes, and the oldest program (by that number) that may
  // change what it writes. Raise min_writer only when keeping unknown fields is not enough; such rows cannot be changed
  // by older servers.
  std::int64_t payload_schema = 1;
  std::int64_t min_writer = 1;

  // What List takes. create_time and update_time need not be named here.
  FilterFields filter_fields;
  OrderFields order_fields;
  std::string default_order = "create_time desc";
  ListLimits limits;
};

// A message with what its row tells. Output-only fields (etag, times) are the caller's to fill in from `meta`.
template <typename Message>
struct Resource {
  Message message;
  ResourceMeta meta;
};

template <typename Message>
struct ResourcePage {
  std::vector<Resource<Message>> resources;
  std::string next_page_token;  // empty on the last page
};

// The table of one kind of resource. Holds no state but its schema: make one, share it between threads. Every operation
// works in the caller's transaction, so that several of them, and the feed, commit together; errors end it (Session).
template <typename Message>
class ResourceTable {
 public:
  explicit ResourceTable(ResourceSchema<Message> schema)
      : rows_(LayoutOf(schema)), columns_(std::move(schema.columns)), child_tables_(std::move(schema.child_tables)) {}

  // Adds a row. ALREADY_EXISTS when its uid or a unique column is taken. Make the uid outside of the function given to
  // Write, which may run twice.
  absl::StatusOr<Resource<Message>> Insert(Session& session, const WriteStamp& stamp, const ResourceKey& key,
                                           const Message& message) const {
    return Parsed(rows_.Insert(session, stamp, key, ContentOf(message)));
  }

  // The row with this uid, deleted or not. NOT_FOUND when there is none.
  absl::StatusOr<Resource<Message>> Get(Session& session, const ResourceKey& key, RowLock lock = RowLock::kNone) const {
    auto found = Find(session, key.newsroom_uid, "uid", key.uid, lock);
    if (!found.ok()) return found.status();
    if (!found->has_value()) return NotFound(rows_.layout().type, key.name);
    return **std::move(found);
  }

  // The row whose unique column has this value, deleted or not, if there is one.
  absl::StatusOr<std::optional<Resource<Message>>> Find(Session& session, std::string_view newsroom_uid,
                                                        std::string_view column, const Value& value,
                                                        RowLock lock = RowLock::kNone) const {
    auto found = rows_.Find(session, newsroom_uid, column, value, lock);
    if (!found.ok()) return found.status();
    if (!found->has_value()) return std::nullopt;
    auto parsed = Parsed(**std::move(found));
    if (!parsed.ok()) return parsed.status();
    return std::optional<Resource<Message>>(*std::move(parsed));
  }

  // The rows with these uids in this order; what does not exist is left out.
  absl::StatusOr<std::vector<Resource<Message>>> BatchGet(Session& session, std::string_view newsroom_uid,
                                                          const std::vector<std::string>& uids) const {
    auto found = rows_.BatchGet(session, newsroom_uid, uids);
    if (!found.ok()) return found.status();
    return AllParsed(*std::move(found));
  }

  // One page. Errors: FILTER_INVALID, PAGE_TOKEN_MISMATCH, FIELD_INVALID for order_by and page_size.
  absl::StatusOr<ResourcePage<Message>> List(Session& session, const ListQuery& query) const {
    auto page = rows_.List(session, query);
    if (!page.ok()) return page.status();
    auto resources = AllParsed(std::move(page->rows));
    if (!resources.ok()) return resources.status();
    return ResourcePage<Message>{*std::move(resources), std::move(page->next_page_token)};
  }

  // Replaces the message of a row. ETAG_MISMATCH with the current etag when `etag` is not it ("" matches any),
  // NOT_FOUND.
  absl::StatusOr<Resource<Message>> Update(Session& session, const WriteStamp& stamp, const ResourceKey& key,
                                           std::string_view etag, const Message& message) const {
    return Parsed(rows_.Update(session, stamp, key, etag, ContentOf(message)));
  }

  // Marks a row as deleted, or takes that back. The same errors.
  absl::StatusOr<Resource<Message>> SoftDelete(Session& session, const WriteStamp& stamp, const ResourceKey& key,
                                               std::string_view etag) const {
    return Parsed(rows_.SetDeleted(session, stamp, key, etag, true));
  }
  absl::StatusOr<Resource<Message>> Undelete(Session& session, const WriteStamp& stamp, const ResourceKey& key,
                                             std::string_view etag) const {
    return Parsed(rows_.SetDeleted(session, stamp, key, etag, false));
  }

 private:
  static ResourceLayout LayoutOf(ResourceSchema<Message>& schema) {
    ResourceLayout layout{.table = schema.table,
                          .type = schema.type,
                          .columns = {},
                          .child_tables = {},
                          .payload_schema = schema.payload_schema,
                          .min_writer = schema.min_writer,
                          .filter_fields = std::move(schema.filter_fields),
                          .order_fields = std::move(schema.order_fields),
                          .default_order = schema.default_order,
                          .limits = schema.limits};
    for (const auto& column : schema.columns) layout.columns.push_back(column.name);
    for (const auto& child : schema.child_tables) layout.child_tables.push_back(child.name);
    layout.filter_fields.emplace("create_time", FilterField::Timestamp("create_us"));
    layout.filter_fields.emplace("update_time", FilterField::Timestamp("update_us"));
    layout.order_fields.emplace("create_time", OrderField{"create_us", ColumnType::kInt});
    layout.order_fields.emplace("update_time", OrderField{"update_us", ColumnType::kInt});
    return layout;
  }

  RawContent ContentOf(const Message& message) const {
    RawContent content{message.SerializeAsString(), {}, {}};
    for (const auto& column : columns_) content.columns.push_back(column.extract(message));
    for (const auto& child : child_tables_) content.children.push_back(child.extract(message));
    return content;
  }

  absl::StatusOr<Resource<Message>> Parsed(absl::StatusOr<RawResource> raw) const {
    if (!raw.ok()) return raw.status();
    Resource<Message> resource;
    if (!resource.message.ParseFromString(raw->payload)) {
      return InternalError(std::string(
          absl::StrCat("the payload of ", rows_.layout().table, " ", raw->meta.uid, " is not its message")));
    }
    resource.meta = std::move(raw->meta);
    return resource;
  }

  absl::StatusOr<std::vector<Resource<Message>>> AllParsed(std::vector<RawResource> raws) const {
    std::vector<Resource<Message>> resources;
    resources.reserve(raws.size());
    for (RawResource& raw : raws) {
      auto resource = Parsed(std::move(raw));
      if (!resource.ok()) return resource.status();
      resources.push_back(*std::move(resource));
    }
    return resources;
  }

  ResourceRows rows_;
  std::vector<IndexColumn<Message>> columns_;
  std::vector<ChildTable<Message>> child_tables_;
};

}  // namespace communique::platform

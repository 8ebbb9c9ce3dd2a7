// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/storage/filter_fields.h"
#include "services/platform/storage/order_by.h"
#include "services/platform/storage/session.h"

// The part of resource_table.h that does not depend on the message: rows whose payload is bytes.
namespace communique::platform {

// Which row. The name is the resource's name as the caller knows it, for errors; it is not looked up.
struct ResourceKey {
  std::string newsroom_uid;
  std::string uid;
  std::string name;
};

// Who changes a row, by which call, and when.
struct WriteStamp {
  std::string actor;       // a principal's name
  std::string request_id;  // the call's, for the audit
  absl::Time now;
};

// What a row tells besides the message.
struct ResourceMeta {
  std::string newsroom_uid;
  std::string uid;
  std::string etag;  // quoted, as in the API; it changes with every write
  std::string actor;
  std::string request_id;
  absl::Time create_time;
  absl::Time update_time;
  std::optional<absl::Time> delete_time;  // set while soft-deleted
};

// Whether a row that is read is also locked until the transaction ends, so that nobody changes it before this
// transaction does. (SQLite's writer is alone anyway.) Only in Write.
enum class RowLock { kNone, kForUpdate };

struct ListQuery {
  // Rows of one newsroom; none: of all.
  std::optional<std::string> newsroom_uid;
  // A condition that every row fulfils, as SQL over t, with its parameters: what the caller may see, a parent.
  std::string condition;
  Params condition_params;

  // As the caller gave them. page_size 0 means the default.
  std::string filter;
  std::string order_by;
  std::int32_t page_size = 0;
  std::string page_token;
  bool show_deleted = false;

  // What the page token is bound to besides: see PageScope.
  std::string method;
  std::string parent;
  std::string audience;
};

struct ListLimits {
  std::int32_t default_page_size = 50;
  std::int32_t max_page_size = 1000;             // more is cut to it
  std::size_t max_page_bytes = 2 * 1024 * 1024;  // of payloads; a page has one row at least
  FilterLimits filter;
};

// The names in SQL of a table's own parts.
struct ResourceLayout {
  std::string table;
  std::string type;  // in words, for errors: "release"
  std::vector<std::string> columns;
  std::vector<std::string> child_tables;
  std::int64_t payload_schema = 1;
  std::int64_t min_writer = 1;
  FilterFields filter_fields;
  OrderFields order_fields;
  std::string default_order;
  ListLimits limits;
};

struct RawResource {
  ResourceMeta meta;
  std::string payload;
};

// What is written: the message and what is taken from it, in the layout's order.
struct RawContent {
  std::string payload;
  std::vector<Value> columns;
  std::vector<std::vector<std::string>> children;
};

struct RawPage {
  std::vector<RawResource> rows;
  std::string next_page_token;
};

class ResourceRows {
 public:
  explicit ResourceRows(ResourceLayout layout);

  absl::StatusOr<RawResource> Insert(Session& session, const WriteStamp& stamp, const ResourceKey& key,
                                     RawContent content) const;
  absl::StatusOr<std::optional<RawResource>> Find(Session& session, std::string_view newsroom_uid,
                                                  std::string_view column, const Value& value, RowLock lock) const;
  absl::StatusOr<std::vector<RawResource>> BatchGet(Session& session, std::string_view newsroom_uid,
                                                    const std::vector<std::string>& uids) const;
  absl::StatusOr<RawPage> List(Session& session, const ListQuery& query) const;
  // `etag` "" changes the row whatever its etag is.
  absl::StatusOr<RawResource> Update(Session& session, const WriteStamp& stamp, const ResourceKey& key,
                                     std::string_view etag, RawContent content) const;
  absl::StatusOr<RawResource> SetDeleted(Session& session, const WriteStamp& stamp, const ResourceKey& key,
                                         std::string_view etag, bool deleted) const;

  const ResourceLayout& layout() const { return layout_; }

 private:
  absl::StatusOr<std::vector<RawResource>> Select(Session& session, const std::string& where_and_more,
                                                  const Params& params) const;
  absl::Status WriteChildren(Session& session, const ResourceKey& key, const RawContent& content, bool replace) const;
  absl::Status WhyNotChanged(Session& session, const ResourceKey& key, std::string_view etag) const;

  ResourceLayout layout_;
  std::string select_;  // up to WHERE
};

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/storage/resource_table.h"
#include "services/platform/storage/session.h"

// What the stores of this service share.
namespace communique::contacts {

// The beginning of a list over the rows of these newsrooms, those that are purged left out.
platform::ListQuery RowsOf(const std::vector<std::string>& newsroom_uids);

// The deleted rows of `table` whose purge_us has come, at most `limit`, locked; without those that somebody
// else is at.
absl::StatusOr<std::vector<platform::ResourceKey>> DueForPurge(platform::Session& session, std::string_view table,
                                                               absl::Time now, int limit);

// Replaces the message of the row whose etag is `etag`, and makes the row deleted or not.
template <typename Message>
absl::StatusOr<platform::Resource<Message>> UpdateRow(platform::Session& session,
                                                      const platform::ResourceTable<Message>& table,
                                                      const platform::ResourceKey& key, const std::string& etag,
                                                      const platform::WriteStamp& stamp, const Message& message,
                                                      bool deleted) {
  auto updated = table.Update(session, stamp, key, etag, message);
  if (!updated.ok() || deleted == updated->meta.delete_time.has_value()) return updated;
  return deleted ? table.SoftDelete(session, stamp, key, updated->meta.etag)
                 : table.Undelete(session, stamp, key, updated->meta.etag);
}

}  // namespace communique::contacts

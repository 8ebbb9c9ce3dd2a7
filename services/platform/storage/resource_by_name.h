// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/base/uuid.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/resource_table.h"

namespace communique::platform {

// Gives a message what its row tells: uid, etag, times.
template <typename Message>
void SetRowFacts(const ResourceMeta& meta, Message& message) {
  message.set_uid(meta.uid);
  message.set_etag(meta.etag);
  *message.mutable_create_time() = ToTimestamp(meta.create_time);
  *message.mutable_update_time() = ToTimestamp(meta.update_time);
}

template <typename Message>
void ClearRowFacts(Message& message) {
  message.clear_uid();
  message.clear_etag();
  message.clear_create_time();
  message.clear_update_time();
}

template <typename Message>
Message WithRowFacts(Resource<Message> resource) {
  Message message = std::move(resource.message);
  SetRowFacts(resource.meta, message);
  return message;
}

// What is stored of a message: without what its row tells.
template <typename Message>
Message WithoutRowFacts(Message message) {
  ClearRowFacts(message);
  return message;
}

// The message in the row of `table` whose name is `name`; NOT_FOUND when there is none.
template <typename Message>
absl::StatusOr<Message> FindByName(Session& session, const ResourceTable<Message>& table, std::string_view type,
                                   const std::string& newsroom_uid, const std::string& name, RowLock lock) {
  auto found = table.Find(session, newsroom_uid, "name", Value(name), lock);
  if (!found.ok()) return found.status();
  if (!found->has_value()) return NotFound(type, name);
  return WithRowFacts(**std::move(found));
}

// Adds `message` under its name, giving it what its row tells. ALREADY_EXISTS naming it when the name is or was taken.
template <typename Message>
absl::Status InsertByName(Session& session, const ResourceTable<Message>& table, std::string_view type,
                          const std::string& newsroom_uid, const WriteStamp& stamp, Message& message) {
  auto taken = table.Find(session, newsroom_uid, "name", Value(message.name()));
  if (!taken.ok()) return taken.status();
  if (taken->has_value()) return AlreadyExists(type, message.name());
  const ResourceKey key{newsroom_uid, MakeUuidV7(stamp.now), message.name()};
  auto inserted = table.Insert(session, stamp, key, WithoutRowFacts(message));
  if (!inserted.ok()) return inserted.status();
  message = WithRowFacts(*std::move(inserted));
  return absl::OkStatus();
}

// Replaces the version of `message` whose etag it carries.
template <typename Message>
absl::Status UpdateByName(Session& session, const ResourceTable<Message>& table, const std::string& newsroom_uid,
                          const WriteStamp& stamp, Message& message) {
  auto updated = table.Update(session, stamp, {newsroom_uid, message.uid(), message.name()}, message.etag(),
                              WithoutRowFacts(message));
  if (!updated.ok()) return updated.status();
  message = WithRowFacts(*std::move(updated));
  return absl::OkStatus();
}

}  // namespace communique::platform

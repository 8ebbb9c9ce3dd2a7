// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "communique/contacts/v1/contact_service.pb.h"
#include "services/contacts/storage/contact_record.pb.h"
#include "services/platform/storage/resource_rows.h"
#include "services/platform/storage/session.h"

// Contacts and their merges in the database. Records come with uid, etag and times of their rows; deleted contacts are
// found as well until they are purged.
namespace communique::contacts {

// NOT_FOUND when there is none of that name.
absl::StatusOr<storage::ContactRecord> FindContact(platform::Session& session, const std::string& newsroom_uid,
                                                   const std::string& name,
                                                   platform::RowLock lock = platform::RowLock::kNone);

// The same, also one of which nothing is left but its name because it was purged.
absl::StatusOr<storage::ContactRecord> FindContactRow(platform::Session& session, const std::string& newsroom_uid,
                                                      const std::string& name, platform::RowLock lock);

// Those with these uids, in this order; what does not exist is left out.
absl::StatusOr<std::vector<v1::Contact>> GetContacts(platform::Session& session, const std::string& newsroom_uid,
                                                     const std::vector<std::string>& uids);

// ALREADY_EXISTS when the name is or was taken. Sets uid, etag and times.
absl::Status InsertContact(platform::Session& session, const std::string& newsroom_uid,
                           const platform::WriteStamp& stamp, storage::ContactRecord& record);

// In the place of the version whose etag `record` carries; ABORTED when that is not the current one. The states DELETED
// and ERASED make the row deleted, others not.
absl::Status UpdateContact(platform::Session& session, const std::string& newsroom_uid,
                           const platform::WriteStamp& stamp, storage::ContactRecord& record);

struct ContactPage {
  std::vector<v1::Contact> contacts;
  std::string next_page_token;
};

// Of all newsrooms when `newsroom_uid` is not given.
absl::StatusOr<ContactPage> ListContacts(platform::Session& session, const std::optional<std::string>& newsroom_uid,
                                         const v1::ListContactsRequest& request);

// Those behind the name `after` that the filter (AIP-160) finds and that are not deleted, in the order of their names,
// at most `limit`.
absl::StatusOr<std::vector<v1::Contact>> ListContactsAfter(platform::Session& session, const std::string& newsroom_uid,
                                                           const std::string& filter, const std::string& after,
                                                           int limit);

// How many contacts that are not deleted have one of these for a substitute.
absl::StatusOr<std::int64_t> CountSubstituted(platform::Session& session, const std::vector<std::string>& contacts);

// Empties deleted contacts whose purge_time has come, at most `limit`, with those that went into them and what merges
// keep of them; which ones.
absl::StatusOr<std::vector<platform::ResourceKey>> PurgeContacts(platform::Session& session,
                                                                 const platform::WriteStamp& stamp, int limit);

// A merge; NOT_FOUND when there is none of that name.
absl::StatusOr<storage::MergeRecord> FindMerge(platform::Session& session, const std::string& newsroom_uid,
                                               const std::string& name,
                                               platform::RowLock lock = platform::RowLock::kNone);
// Those into `contact`, or into any of `contacts`, that are not undone, the newest first.
absl::StatusOr<std::vector<storage::MergeRecord>> FindMergesInto(platform::Session& session,
                                                                 const std::string& newsroom_uid,
                                                                 const std::string& contact);
absl::StatusOr<std::vector<storage::MergeRecord>> FindMergesInto(platform::Session& session,
                                                                 const std::string& newsroom_uid,
                                                                 const std::vector<std::string>& contacts);
absl::Status InsertMerge(platform::Session& session, const std::string& newsroom_uid, const platform::WriteStamp& stamp,
                         storage::MergeRecord& record);
absl::Status UpdateMerge(platform::Session& session, const std::string& newsroom_uid, const platform::WriteStamp& stamp,
                         storage::MergeRecord& record);

}  // namespace communique::contacts

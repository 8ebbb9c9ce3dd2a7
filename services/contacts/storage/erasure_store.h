// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "communique/contacts/v1/erasure_service.pb.h"
#include "services/contacts/storage/contact_record.pb.h"
#include "services/contacts/storage/erasure_record.pb.h"
#include "services/platform/storage/database.h"
#include "services/platform/storage/resource_rows.h"

// Erasures in the database, and what they do there. Records come with uid, etag and times of their rows.
namespace communique::contacts {

// Empties a contact, which `record` is as it was read: nothing is left but its name, its uid and `substitute`, who is
// shown instead. In `record` as well.
absl::Status EraseContactRow(platform::Session& session, const std::string& newsroom_uid,
                             const platform::WriteStamp& stamp, const std::string& substitute,
                             storage::ContactRecord& record);

// What is left of a contact or a merge.
storage::ContactRecord ErasedContact(const storage::ContactRecord& record, const std::string& substitute);
storage::MergeRecord ErasedMerge(const storage::MergeRecord& record);

// What transactions of imports have stored of cards that became one of these contacts: each record with such cards
// only.
absl::StatusOr<std::vector<storage::ImportRecord>> ImportsOf(platform::Session& session,
                                                             const std::string& newsroom_uid,
                                                             const std::vector<std::string>& contacts);

// The groups that have one of these contacts among their members, listed or not, by name; with the contact.
struct Membership {
  std::string group;
  std::string contact;
};
absl::StatusOr<std::vector<Membership>> MembershipsOf(platform::Session& session,
                                                      const std::vector<std::string>& contacts);

// Sets uid, etag and times.
absl::Status InsertErasure(platform::Session& session, const std::string& newsroom_uid,
                           const platform::WriteStamp& stamp, storage::ErasureRecord& record);

// NOT_FOUND when there is none of that name.
absl::StatusOr<storage::ErasureRecord> FindErasure(platform::Session& session, const std::string& newsroom_uid,
                                                   const std::string& name,
                                                   platform::RowLock lock = platform::RowLock::kNone);

// The newest one of a contact, if there is one.
absl::StatusOr<std::optional<storage::ErasureRecord>> FindErasureOf(platform::Session& session,
                                                                    const std::string& newsroom_uid,
                                                                    const std::string& contact);

// In the place of the version whose etag `record` carries; ABORTED when that is not the current one.
absl::Status UpdateErasure(platform::Session& session, const std::string& newsroom_uid,
                           const platform::WriteStamp& stamp, storage::ErasureRecord& record);

absl::StatusOr<v1::ListErasuresResponse> ListErasures(platform::Session& session, const std::string& newsroom_uid,
                                                      const v1::ListErasuresRequest& request);

// The RUNNING one that has waited longest and that nobody has for himself at `now`; none: there is none. Under a lock,
// without those that somebody else is at.
absl::StatusOr<std::optional<platform::ResourceKey>> DueErasure(platform::Session& session, absl::Time now,
                                                                platform::RowLock lock);

// The erasures that are RUNNING, in all newsrooms.
struct RunningErasures {
  std::int64_t count = 0;
  absl::Time oldest = absl::InfiniteFuture();  // when the first of them was begun
};
absl::StatusOr<RunningErasures> CountRunningErasures(platform::Session& session);

// Cleans the database's files of what erasures have removed: outside of any transaction (platform/storage/scrub.h).
absl::Status ScrubErased(platform::Database& database, absl::Time deadline);

}  // namespace communique::contacts

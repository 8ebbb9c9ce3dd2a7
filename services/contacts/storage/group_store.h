// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "communique/contacts/v1/group.pb.h"
#include "communique/contacts/v1/group_service.pb.h"
#include "services/platform/storage/resource_rows.h"
#include "services/platform/storage/session.h"

// Groups in the database. Messages come with uid, etag, times and member_count; deleted ones are found as well, with
// their delete_time, until they are purged.
namespace communique::contacts {

// NOT_FOUND when there is none of that name.
absl::StatusOr<v1::ContactGroup> FindGroup(platform::Session& session, const std::string& newsroom_uid,
                                           const std::string& name, platform::RowLock lock = platform::RowLock::kNone);

// Keeps others from naming a group of the newsroom until the transaction ends, so that FindGroupCalled finds whoever
// was first.
absl::Status LockGroupNames(platform::Session& session, const std::string& newsroom_uid);

// The name of the group that is called so, case, accents and punctuation aside, and not deleted; nothing when there is
// none.
absl::StatusOr<std::optional<std::string>> FindGroupCalled(platform::Session& session, const std::string& newsroom_uid,
                                                           std::string_view display_name);

// ALREADY_EXISTS when the name is or was taken. Sets uid, etag and times.
absl::Status InsertGroup(platform::Session& session, const std::string& newsroom_uid, const platform::WriteStamp& stamp,
                         v1::ContactGroup& group);

// In the place of the version whose etag `group` carries; ABORTED when that is not the current one. A delete_time that
// it has or has not makes it deleted or not.
absl::Status UpdateGroup(platform::Session& session, const std::string& newsroom_uid, const platform::WriteStamp& stamp,
                         v1::ContactGroup& group);

// Of one newsroom; those alone that list the contact `member`, unless that is empty.
absl::StatusOr<v1::ListGroupsResponse> ListGroups(platform::Session& session, const std::string& newsroom_uid,
                                                  const std::string& member, const v1::ListGroupsRequest& request);

// Empties deleted groups whose purge_time has come, at most `limit`, and their lists of members; which ones.
absl::StatusOr<std::vector<platform::ResourceKey>> PurgeGroups(platform::Session& session,
                                                               const platform::WriteStamp& stamp, int limit);

}  // namespace communique::contacts

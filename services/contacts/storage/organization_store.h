// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "communique/contacts/v1/organization.pb.h"
#include "communique/contacts/v1/organization_service.pb.h"
#include "services/platform/storage/resource_rows.h"
#include "services/platform/storage/session.h"

// Organizations in the database. Messages come with uid, etag and times of their rows; deleted ones are found as well,
// with their delete_time, until they are purged.
namespace communique::contacts {

// NOT_FOUND when there is none of that name.
absl::StatusOr<v1::Organization> FindOrganization(platform::Session& session, const std::string& newsroom_uid,
                                                  const std::string& name,
                                                  platform::RowLock lock = platform::RowLock::kNone);

// ALREADY_EXISTS when the name is or was taken. Sets uid, etag and times.
absl::Status InsertOrganization(platform::Session& session, const std::string& newsroom_uid,
                                const platform::WriteStamp& stamp, v1::Organization& organization);

// In the place of the version whose etag `organization` carries; ABORTED when that is not the current one. A
// delete_time that it has or has not makes it deleted or not.
absl::Status UpdateOrganization(platform::Session& session, const std::string& newsroom_uid,
                                const platform::WriteStamp& stamp, v1::Organization& organization);

// Of the newsrooms with these uids.
absl::StatusOr<v1::ListOrganizationsResponse> ListOrganizations(platform::Session& session,
                                                                const std::vector<std::string>& newsroom_uids,
                                                                const v1::ListOrganizationsRequest& request);

// Those of one newsroom that are not deleted and are called so in some language, in full or in short; case, width,
// accents and punctuation aside.
absl::StatusOr<std::vector<std::string>> FindOrganizationsCalled(platform::Session& session,
                                                                 const std::string& newsroom_uid,
                                                                 const std::string& called);

// How many contacts and organizations that are not deleted belong to it.
absl::StatusOr<std::int64_t> CountMembers(platform::Session& session, const std::string& organization);

// Empties deleted organizations whose purge_time has come, at most `limit`; which ones.
absl::StatusOr<std::vector<platform::ResourceKey>> PurgeOrganizations(platform::Session& session,
                                                                      const platform::WriteStamp& stamp, int limit);

}  // namespace communique::contacts

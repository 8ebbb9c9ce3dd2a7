// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "communique/releases/v1/release.pb.h"
#include "communique/releases/v1/release_service.pb.h"
#include "services/platform/storage/resource_rows.h"
#include "services/platform/storage/session.h"
#include "services/releases/storage/release_record.pb.h"

// Releases and their revisions in the database.
namespace communique::releases {

// The release `name`, with etag, uid and times of its row; deleted ones too. NOT_FOUND when there is none (any more).
// Locked, nobody else changes it, its revisions or its editions until the transaction ends.
absl::StatusOr<storage::ReleaseRecord> FindRelease(platform::Session& session, const std::string& newsroom_uid,
                                                   const std::string& name,
                                                   platform::RowLock lock = platform::RowLock::kNone);

// Stores a new release under its name, giving it uid, etag and times. ALREADY_EXISTS when the name is or was taken.
absl::Status InsertRelease(platform::Session& session, const std::string& newsroom_uid,
                           const platform::WriteStamp& stamp, storage::ReleaseRecord& record);

// Stores the release in the place of the version whose etag it carries, giving it a new one. ABORTED when that is not
// the current version.
absl::Status UpdateRelease(platform::Session& session, const std::string& newsroom_uid,
                           const platform::WriteStamp& stamp, storage::ReleaseRecord& record);

// A page of releases, with all that is stored of them; of all newsrooms when `newsroom_uid` is not given. `now` decides
// about SCHEDULED and PUBLISHED in the filter.
struct ReleasePage {
  std::vector<v1::Release> releases;
  std::string next_page_token;
};
absl::StatusOr<ReleasePage> ListReleases(platform::Session& session, const std::optional<std::string>& newsroom_uid,
                                         const v1::ListReleasesRequest& request, absl::Time now);

// Stores a new revision of a release.
absl::Status InsertRevision(platform::Session& session, const std::string& newsroom_uid, const v1::Release& release,
                            std::int64_t number, const v1::ReleaseRevision& revision);

// Replaces a stored revision: nothing but its approval is to be changed, and personal pieces that are erased.
absl::Status UpdateRevision(platform::Session& session, const std::string& newsroom_uid, const v1::Release& release,
                            std::int64_t number, const v1::ReleaseRevision& revision);

// The revision with that number. NOT_FOUND.
absl::StatusOr<v1::ReleaseRevision> FindRevision(platform::Session& session, const std::string& newsroom_uid,
                                                 const v1::Release& release, std::int64_t number);

// Revisions below `before` (0: from the newest), newest first, at most `limit`.
absl::StatusOr<std::vector<v1::ReleaseRevision>> ListRevisions(platform::Session& session,
                                                               const std::string& newsroom_uid,
                                                               const v1::Release& release, std::int64_t before,
                                                               int limit);

// Empties releases whose purge time has come, and takes out their revisions. Their names stay taken. Returns how many.
absl::StatusOr<std::int64_t> PurgeReleases(platform::Session& session, absl::Time now, int limit);

}  // namespace communique::releases

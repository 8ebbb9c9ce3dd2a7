// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "communique/releases/v1/boilerplate.pb.h"
#include "communique/releases/v1/boilerplate_service.pb.h"
#include "services/platform/storage/resource_rows.h"
#include "services/platform/storage/session.h"

// Standing texts and their revisions in the database. Messages come with uid, etag and times of their rows.
namespace communique::releases {

absl::StatusOr<v1::Boilerplate> FindBoilerplate(platform::Session& session, const std::string& newsroom_uid,
                                                const std::string& name,
                                                platform::RowLock lock = platform::RowLock::kNone);
absl::Status InsertBoilerplate(platform::Session& session, const std::string& newsroom_uid,
                               const platform::WriteStamp& stamp, v1::Boilerplate& boilerplate);
absl::Status UpdateBoilerplate(platform::Session& session, const std::string& newsroom_uid,
                               const platform::WriteStamp& stamp, v1::Boilerplate& boilerplate);
absl::StatusOr<v1::ListBoilerplatesResponse> ListBoilerplates(platform::Session& session,
                                                              const std::string& newsroom_uid,
                                                              const v1::ListBoilerplatesRequest& request);

// Keeps the texts of `boilerplate` as the revision it says.
absl::Status InsertBoilerplateRevision(platform::Session& session, const std::string& newsroom_uid,
                                       const platform::WriteStamp& stamp, const v1::Boilerplate& boilerplate);

// The revision with that number of the boilerplate with that name; 0 for the newest. NOT_FOUND.
absl::StatusOr<v1::BoilerplateRevision> FindBoilerplateRevision(platform::Session& session,
                                                                const std::string& boilerplate, std::int64_t number);

// Revisions below `before` (0: from the newest), newest first, at most `limit`.
absl::StatusOr<std::vector<v1::BoilerplateRevision>> ListBoilerplateRevisions(platform::Session& session,
                                                                              const std::string& boilerplate,
                                                                              std::int64_t before, int limit);

}  // namespace communique::releases

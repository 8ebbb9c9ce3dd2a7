// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "communique/releases/v1/newsroom.pb.h"
#include "communique/releases/v1/newsroom_service.pb.h"
#include "communique/releases/v1/section.pb.h"
#include "communique/releases/v1/section_service.pb.h"
#include "services/platform/storage/resource_rows.h"
#include "services/platform/storage/session.h"

// Newsrooms and their sections in the database. Messages come with uid, etag and times of their rows. What is found to
// be changed, or to be relied on until the transaction ends, is locked.
namespace communique::releases {

// NOT_FOUND when there is none of that name.
absl::StatusOr<v1::Newsroom> FindNewsroom(platform::Session& session, const std::string& name,
                                          platform::RowLock lock = platform::RowLock::kNone);

// ALREADY_EXISTS when the name is taken. Sets uid, etag and times.
absl::Status InsertNewsroom(platform::Session& session, const platform::WriteStamp& stamp, v1::Newsroom& newsroom);

// In the place of the version whose etag `newsroom` carries; ABORTED when that is not the current one.
absl::Status UpdateNewsroom(platform::Session& session, const platform::WriteStamp& stamp, v1::Newsroom& newsroom);

absl::StatusOr<v1::ListNewsroomsResponse> ListNewsrooms(platform::Session& session,
                                                        const v1::ListNewsroomsRequest& request);

absl::StatusOr<v1::Section> FindSection(platform::Session& session, const std::string& newsroom_uid,
                                        const std::string& name, platform::RowLock lock = platform::RowLock::kNone);
absl::Status InsertSection(platform::Session& session, const std::string& newsroom_uid,
                           const platform::WriteStamp& stamp, v1::Section& section);
absl::Status UpdateSection(platform::Session& session, const std::string& newsroom_uid,
                           const platform::WriteStamp& stamp, v1::Section& section);
absl::StatusOr<v1::ListSectionsResponse> ListSections(platform::Session& session, const std::string& newsroom_uid,
                                                      const v1::ListSectionsRequest& request);

// Whether the newsroom has a section whose first title is the same, case aside.
absl::StatusOr<bool> HasSectionTitled(platform::Session& session, const std::string& newsroom_uid,
                                      const std::string& title);

}  // namespace communique::releases

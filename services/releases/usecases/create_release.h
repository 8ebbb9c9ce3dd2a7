// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "communique/releases/v1/newsroom.pb.h"
#include "communique/releases/v1/release_service.pb.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/storage/session.h"
#include "services/releases/usecases/environment.h"

namespace communique::releases {

// See ReleaseService.CreateRelease.
absl::StatusOr<Written<v1::Release>> CreateRelease(const Environment& environment, const Caller& caller,
                                                   const v1::CreateReleaseRequest& request);

// Adds a release to `newsroom` in a transaction that is under way, and tells the feed of it and of `before`, what the
// transaction has done before: the last thing to be done there. `id` may be empty; `sections` are the names of those
// that were made before. Field errors name the fields below "release".
absl::StatusOr<Written<v1::Release>> AddRelease(const Environment& environment, const Caller& caller,
                                                platform::Session& session, const v1::Newsroom& newsroom,
                                                const std::string& id, v1::Release release, absl::Time now,
                                                platform::ChangeSet before = {},
                                                const std::vector<std::string>& sections = {});

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/platform/storage/session.h"

// What this service keeps of the newsrooms of the releases service: enough to know which there are and which stand
// above which. Written by the follower of their feed (usecases/follow_newsrooms.h) alone.
namespace communique::contacts {

struct Newsroom {
  std::string name;
  std::string uid;
  std::string parent_newsroom;
  std::string source_language;
  std::string time_zone;
};

// NOT_FOUND when there is none of that name, or this service has not heard of it yet.
absl::StatusOr<Newsroom> FindNewsroom(platform::Session& session, const std::string& name);

// The newsroom and those above it, from the bottom up. NOT_FOUND as above; what is above and not known ends the list.
absl::StatusOr<std::vector<Newsroom>> NewsroomAndAncestors(platform::Session& session, const std::string& name);

// All that are below the newsroom, itself left out.
absl::StatusOr<std::vector<Newsroom>> NewsroomsBelow(platform::Session& session, const std::string& name);

// Makes it or puts it in the place of what was kept, marked with the listing's generation (0 outside of one).
absl::Status SaveNewsroom(platform::Session& session, const Newsroom& newsroom, std::int64_t generation);

// Removes those that the listing did not bring.
absl::Status RemoveNewsroomsOfOtherGenerations(platform::Session& session, std::int64_t generation);

}  // namespace communique::contacts

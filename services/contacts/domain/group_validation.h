// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>

#include "absl/status/status.h"
#include "communique/contacts/v1/group.pb.h"
#include "communique/contacts/v1/group_service.pb.h"

// The rules of a group by itself. Whether its name is free and its members exist is for those to say who can look. Pure
// functions, from any thread.
namespace communique::contacts {

// From the configuration; the contract states the defaults.
struct GroupLimits {
  std::size_t name_characters = 200;
  std::size_t description_characters = 2000;
  int changes = 5000;   // contacts added in one call, and as many removed
  int members = 20000;  // in one group
};

// INVALID_ARGUMENT naming each field that is wrong.
absl::Status ValidateGroup(const v1::ContactGroup& group, const GroupLimits& limits = {});

// The same for what a request says about members: how many there are, and that each is the name of a contact and in one
// of the lists only.
absl::Status ValidateMembers(const v1::ModifyGroupMembersRequest& request, const GroupLimits& limits = {});

}  // namespace communique::contacts

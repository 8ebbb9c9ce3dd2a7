// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/contacts/v1/group_service.pb.h"
#include "services/contacts/usecases/environment.h"

namespace communique::contacts {

// See GroupService; what is about members is in group_members.h.
absl::StatusOr<Written<v1::ContactGroup>> CreateGroup(const Environment& environment, const Caller& caller,
                                                      const v1::CreateGroupRequest& request);
absl::StatusOr<v1::ContactGroup> GetGroup(const Environment& environment, const Caller& caller,
                                          const v1::GetGroupRequest& request);
absl::StatusOr<v1::ListGroupsResponse> ListGroups(const Environment& environment, const Caller& caller,
                                                  const v1::ListGroupsRequest& request);
absl::StatusOr<Written<v1::ContactGroup>> UpdateGroup(const Environment& environment, const Caller& caller,
                                                      const v1::UpdateGroupRequest& request);
absl::StatusOr<Written<v1::ContactGroup>> DeleteGroup(const Environment& environment, const Caller& caller,
                                                      const v1::DeleteGroupRequest& request);
absl::StatusOr<Written<v1::ContactGroup>> UndeleteGroup(const Environment& environment, const Caller& caller,
                                                        const v1::UndeleteGroupRequest& request);

}  // namespace communique::contacts

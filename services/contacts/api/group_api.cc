// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/api/group_api.h"

#include "services/contacts/usecases/group_members.h"
#include "services/contacts/usecases/groups.h"

namespace communique::contacts {

platform::ServiceMethods GroupMethods(const ApiParts& parts) {
  return {"communique.contacts.v1.GroupService",
          {platform::Writing<v1::CreateGroupRequest, v1::ContactGroup>("CreateGroup", parts, CreateGroup),
           platform::Reading<v1::GetGroupRequest, v1::ContactGroup>("GetGroup", parts, GetGroup),
           platform::Reading<v1::ListGroupsRequest, v1::ListGroupsResponse>("ListGroups", parts, ListGroups),
           platform::Writing<v1::UpdateGroupRequest, v1::ContactGroup>("UpdateGroup", parts, UpdateGroup),
           platform::Writing<v1::DeleteGroupRequest, v1::ContactGroup>("DeleteGroup", parts, DeleteGroup),
           platform::Writing<v1::UndeleteGroupRequest, v1::ContactGroup>("UndeleteGroup", parts, UndeleteGroup),
           platform::Writing<v1::ModifyGroupMembersRequest, v1::ContactGroup>("ModifyGroupMembers", parts,
                                                                              ModifyGroupMembers),
           platform::Reading<v1::ListGroupMembersRequest, v1::ListGroupMembersResponse>("ListGroupMembers", parts,
                                                                                        ListGroupMembers)}};
}

}  // namespace communique::contacts

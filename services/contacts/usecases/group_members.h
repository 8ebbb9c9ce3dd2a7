// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "communique/contacts/v1/group_service.pb.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/usecases/environment.h"
#include "services/platform/storage/session.h"

namespace communique::contacts {

// Who is in a group: see the methods of the same names in GroupService.
absl::StatusOr<Written<v1::ContactGroup>> ModifyGroupMembers(const Environment& environment, const Caller& caller,
                                                             const v1::ModifyGroupMembersRequest& request);
absl::StatusOr<v1::ListGroupMembersResponse> ListGroupMembers(const Environment& environment, const Caller& caller,
                                                              const v1::ListGroupMembersRequest& request);

// A page of the contacts that a group lists, in the order of their names.
struct MemberPage {
  struct Member {
    v1::Contact contact;  // whole
    bool from_above = false;
    // Of one from above: whether more than its name may be given.
    bool printable = false;
  };
  std::vector<Member> members;
  bool more = false;
};

// Those behind the name `after`, at most `limit`, for the newsroom at the bottom of `line`; `now` decides what of those
// from above may be printed.
absl::StatusOr<MemberPage> ReadMembers(const Environment& environment, platform::Session& session,
                                       const std::vector<Newsroom>& line, const v1::ContactGroup& group,
                                       const std::string& after, int limit, absl::Time now);

}  // namespace communique::contacts

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/groups.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/group_validation.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/storage/group_store.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/usecases/change_resource.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/contacts/usecases/verb_checks.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/errors/error.h"
#include "services/platform/verbs/resource_verbs.h"

namespace communique::contacts {
namespace {

using platform::Reason;
using platform::RowLock;
using platform::Session;
using platform::WriteStamp;

absl::Status CheckNameIsFree(Session& session, const Newsroom& newsroom, const v1::ContactGroup& group) {
  if (auto status = LockGroupNames(session, newsroom.uid); !status.ok()) return status;
  const auto called = FindGroupCalled(session, newsroom.uid, group.display_name());
  if (!called.ok()) return called.status();
  if (!called->has_value() || **called == group.name()) return absl::OkStatus();
  return platform::MakeError(absl::StatusCode::kAlreadyExists, Reason::ERROR_REASON_GROUP_NAME_TAKEN,
                             absl::StrCat("group.display_name: ", **called,
                                          " is called so already, case, accents and punctuation aside; choose another "
                                          "name or use that group"),
                             {{"resource", **called}});
}

absl::Status Save(Session& session, const Newsroom& newsroom, const WriteStamp& stamp, v1::ContactGroup& group) {
  return UpdateGroup(session, newsroom.uid, stamp, group);
}

platform::ResourceKind<v1::ContactGroup, Newsroom> Groups(const Environment& environment) {
  return {
      .field = "group",
      .find_scope =
          [](Session& session, const std::string& name) {
            return FindNewsroom(session, NewsroomName{GroupName::Parse(name)->newsroom}.ToString());
          },
      .find = [](Session& session, const Newsroom& newsroom, const std::string& name,
                 RowLock lock) { return FindGroup(session, newsroom.uid, name, lock); },
      .prepare = [&environment](Session& session, const Newsroom& newsroom, v1::ContactGroup& group) -> absl::Status {
        if (auto status = ValidateGroup(group, environment.group_limits); !status.ok()) return status;
        return CheckNameIsFree(session, newsroom, group);
      },
      .insert = [](Session& session, const Newsroom& newsroom, const WriteStamp& stamp,
                   v1::ContactGroup& group) { return InsertGroup(session, newsroom.uid, stamp, group); },
      .update = [](Session& session, const Newsroom& newsroom, const WriteStamp& stamp, const v1::ContactGroup& before,
                   v1::ContactGroup& group) -> absl::Status {
        if (before.has_delete_time()) {
          return StateConflict(before.name(), "DELETED", "update", "undelete it first");
        }
        return Save(session, newsroom, stamp, group);
      }};
}

absl::StatusOr<Written<v1::ContactGroup>> Change(
    const Environment& environment, const ResourceCall& call,
    const std::function<absl::Status(Session&, const Newsroom&, absl::Time, v1::ContactGroup&)>& change) {
  if (!GroupName::Parse(call.name)) return InvalidName("name", call.name, kGroupPattern);
  return ChangeResource<v1::ContactGroup, Newsroom>(Groups(environment), environment, call, change, Save);
}

// The contact that groups list for `contact`: the one that it was merged into. One that there is not is listed nowhere.
absl::StatusOr<std::string> ListedAs(Session& session, const std::vector<Newsroom>& line, std::string contact) {
  while (true) {
    const auto record = FindContactIn(session, line, contact);
    if (absl::IsNotFound(record.status())) return contact;
    if (!record.ok()) return record.status();
    if (record->contact().state() != v1::Contact::STATE_MERGED) return contact;
    contact = record->contact().merged_into();
  }
}

}  // namespace

absl::StatusOr<Written<v1::ContactGroup>> CreateGroup(const Environment& environment, const Caller& caller,
                                                      const v1::CreateGroupRequest& request) {
  const auto newsroom = NewsroomName::Parse(request.parent());
  if (!newsroom) return InvalidName("parent", request.parent(), kNewsroomPattern);
  const std::string id = request.group_id().empty() ? MadeId() : request.group_id();
  v1::ContactGroup group;
  group.set_display_name(request.group().display_name());
  group.set_description(request.group().description());
  return CreateResource(Groups(environment), environment, caller,
                        {request.request_id(), request.validate_only(), request}, CheckId("group_id", id),
                        GroupName{newsroom->newsroom, id}.ToString(), group);
}

absl::StatusOr<v1::ContactGroup> GetGroup(const Environment& environment, const Caller& caller,
                                          const v1::GetGroupRequest& request) {
  if (!GroupName::Parse(request.name())) return InvalidName("name", request.name(), kGroupPattern);
  return GetResource(Groups(environment), environment, caller, request.name());
}

absl::StatusOr<v1::ListGroupsResponse> ListGroups(const Environment& environment, const Caller& caller,
                                                  const v1::ListGroupsRequest& request) {
  if (!NewsroomName::Parse(request.parent())) return InvalidName("parent", request.parent(), kNewsroomPattern);
  if (!request.member().empty() && !ContactName::Parse(request.member())) {
    return InvalidName("member", request.member(), kContactPattern);
  }
  return platform::ListResources<v1::ListGroupsResponse>(
      environment, caller, [&](Session& session) -> absl::StatusOr<v1::ListGroupsResponse> {
        const auto line = NewsroomAndAncestors(session, request.parent());
        if (!line.ok()) return line.status();
        const auto member = ListedAs(session, *line, request.member());
        if (!member.ok()) return member.status();
        return ListGroups(session, line->front().uid, *member, request);
      });
}

absl::StatusOr<Written<v1::ContactGroup>> UpdateGroup(const Environment& environment, const Caller& caller,
                                                      const v1::UpdateGroupRequest& request) {
  const std::string& name = request.group().name();
  if (!GroupName::Parse(name)) return InvalidName("group.name", name, kGroupPattern);
  if (auto status = CheckEtagGiven(name, request.group().etag()); !status.ok()) return status;
  return UpdateResource(Groups(environment), environment, caller,
                        {request.request_id(), request.validate_only(), request}, request.group(),
                        request.update_mask());
}

absl::StatusOr<Written<v1::ContactGroup>> DeleteGroup(const Environment& environment, const Caller& caller,
                                                      const v1::DeleteGroupRequest& request) {
  return Change(environment,
                {caller,
                 v1::Change::VERB_DELETED,
                 request.name(),
                 request.etag(),
                 {request.request_id(), request.validate_only(), request}},
                [&](Session&, const Newsroom&, absl::Time now, v1::ContactGroup& group) -> absl::Status {
                  if (group.has_delete_time()) {
                    return StateConflict(group.name(), "DELETED", "delete", "it is deleted already");
                  }
                  *group.mutable_delete_time() = platform::ToTimestamp(now);
                  *group.mutable_purge_time() = platform::ToTimestamp(now + environment.limits.kept_after_deletion);
                  return absl::OkStatus();
                });
}

absl::StatusOr<Written<v1::ContactGroup>> UndeleteGroup(const Environment& environment, const Caller& caller,
                                                        const v1::UndeleteGroupRequest& request) {
  return Change(
      environment,
      {caller,
       v1::Change::VERB_UNDELETED,
       request.name(),
       request.etag(),
       {request.request_id(), request.validate_only(), request}},
      [](Session& session, const Newsroom& newsroom, absl::Time now, v1::ContactGroup& group) -> absl::Status {
        if (!group.has_delete_time()) {
          return StateConflict(group.name(), "ACTIVE", "undelete", "it is not deleted");
        }
        // Its time has come, though nobody has cleaned up yet.
        if (now >= platform::FromTimestamp(group.purge_time())) {
          return platform::NotFound("group", group.name());
        }
        group.clear_delete_time();
        group.clear_purge_time();
        return CheckNameIsFree(session, newsroom, group);
      });
}

}  // namespace communique::contacts

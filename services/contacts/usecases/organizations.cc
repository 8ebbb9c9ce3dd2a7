// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/organizations.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/domain/organization_validation.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/storage/organization_store.h"
#include "services/contacts/usecases/change_resource.h"
#include "services/contacts/usecases/verb_checks.h"
#include "services/platform/base/random.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/verbs/resource_verbs.h"

namespace communique::contacts {
namespace {

using platform::Reason;
using platform::RowLock;
using platform::Session;
using platform::WriteStamp;

constexpr int kMaxLevels = 10;
constexpr int kMaxBatch = 200;

// An organization lives in a newsroom; what it may refer to lives there or above.
using Line = std::vector<Newsroom>;

absl::StatusOr<Line> FindLine(Session& session, const std::string& name) {
  return NewsroomAndAncestors(session, NewsroomName{OrganizationName::Parse(name)->newsroom}.ToString());
}

// The newsroom of `line` that `organization` belongs to.
absl::StatusOr<Newsroom> HomeOf(const Line& line, const std::string& organization) {
  const auto name = OrganizationName::Parse(organization);
  if (!name)
    return platform::InvalidField("parent_organization",
                                  absl::StrCat("is not a name of the form ", std::string(kOrganizationPattern)));
  const std::string newsroom = NewsroomName{name->newsroom}.ToString();
  const auto home = std::find_if(line.begin(), line.end(), [&](const Newsroom& each) { return each.name == newsroom; });
  if (home != line.end()) return *home;
  return platform::InvalidField("parent_organization", "must be of the same newsroom or of one above it");
}

// The organization above must exist and not be deleted, and the way up must end. All of it is locked: two who put each
// other's organization above their own at the same time would not see the circle they make.
absl::Status CheckParent(Session& session, const Line& line, const v1::Organization& organization) {
  std::string above = organization.parent_organization();
  for (int level = 1; !above.empty(); ++level) {
    if (above == organization.name()) {
      return platform::FailedPrecondition(
          Reason::ERROR_REASON_PARENT_CYCLE, organization.name(),
          absl::StrCat(organization.name(), " would be above itself; choose another parent_organization"));
    }
    if (level >= kMaxLevels) {
      return platform::InvalidField("parent_organization",
                                    absl::StrCat("more than ", kMaxLevels, " levels of organizations"));
    }
    const auto home = HomeOf(line, above);
    if (!home.ok()) return home.status();
    const auto parent = FindOrganization(session, home->uid, above, RowLock::kForUpdate);
    if (!parent.ok()) return parent.status();
    if (level == 1 && parent->has_delete_time()) {
      return platform::FailedPrecondition(Reason::ERROR_REASON_REFERENCE_MISSING, above,
                                          absl::StrCat(above, " is deleted; choose another parent_organization"));
    }
    above = parent->parent_organization();
  }
  return absl::OkStatus();
}

platform::ResourceKind<v1::Organization, Line> Organizations(const Environment& environment) {
  return {
      .field = "organization",
      .find_scope = FindLine,
      .find = [](Session& session, const Line& line, const std::string& name,
                 RowLock lock) { return FindOrganization(session, line.front().uid, name, lock); },
      .prepare = [&environment](Session& session, const Line& line, v1::Organization& organization) -> absl::Status {
        NormalizeOrganization(organization);
        if (auto status = ValidateOrganization(organization, environment.organization_limits); !status.ok()) {
          return status;
        }
        return CheckParent(session, line, organization);
      },
      .insert =
          [](Session& session, const Line& line, const WriteStamp& stamp, v1::Organization& organization) {
            return InsertOrganization(session, line.front().uid, stamp, organization);
          },
      .update = [](Session& session, const Line& line, const WriteStamp& stamp, const v1::Organization& before,
                   v1::Organization& organization) -> absl::Status {
        if (before.has_delete_time()) {
          return StateConflict(before.name(), "DELETED", "update", "undelete it first");
        }
        return UpdateOrganization(session, line.front().uid, stamp, organization);
      }};
}

// A verb of its own on an organization.
absl::StatusOr<Written<v1::Organization>> Change(
    const Environment& environment, const ResourceCall& call,
    const std::function<absl::Status(Session&, const Line&, absl::Time, v1::Organization&)>& change) {
  if (!OrganizationName::Parse(call.name)) return InvalidName("name", call.name, kOrganizationPattern);
  return ChangeResource<v1::Organization, Line>(
      Organizations(environment), environment, call, change,
      [](Session& session, const Line& line, const WriteStamp& stamp, v1::Organization& organization) {
        return UpdateOrganization(session, line.front().uid, stamp, organization);
      });
}

}  // namespace

absl::StatusOr<Written<v1::Organization>> CreateOrganization(const Environment& environment, const Caller& caller,
                                                             const v1::CreateOrganizationRequest& request) {
  const auto newsroom = NewsroomName::Parse(request.parent());
  if (!newsroom) return InvalidName("parent", request.parent(), kNewsroomPattern);
  const std::string id = request.organization_id().empty() ? MadeId() : request.organization_id();
  v1::Organization organization = request.organization();
  organization.clear_delete_time();
  organization.clear_purge_time();
  return CreateResource(Organizations(environment), environment, caller,
                        {request.request_id(), request.validate_only(), request}, CheckId("organization_id", id),
                        OrganizationName{newsroom->newsroom, id}.ToString(), organization);
}

absl::StatusOr<v1::Organization> GetOrganization(const Environment& environment, const Caller& caller,
                                                 const v1::GetOrganizationRequest& request) {
  if (!OrganizationName::Parse(request.name())) return InvalidName("name", request.name(), kOrganizationPattern);
  return GetResource(Organizations(environment), environment, caller, request.name());
}

absl::StatusOr<v1::BatchGetOrganizationsResponse> BatchGetOrganizations(
    const Environment& environment, const Caller& caller, const v1::BatchGetOrganizationsRequest& request) {
  if (request.names().empty()) return platform::InvalidField("names", "must not be empty");
  if (request.names_size() > kMaxBatch) {
    return platform::InvalidField(
        "names", absl::StrCat("has ", request.names_size(), " entries; at most ", kMaxBatch, " are allowed"));
  }
  for (int i = 0; i < request.names_size(); ++i) {
    const auto name = OrganizationName::Parse(request.names(i));
    const std::string field = absl::StrCat("names[", i, "]");
    if (!name) return InvalidName(field, request.names(i), kOrganizationPattern);
    if (!request.parent().empty() && request.parent() != NewsroomName{name->newsroom}.ToString()) {
      return platform::InvalidField(field, absl::StrCat("is not below ", request.parent()));
    }
  }
  v1::BatchGetOrganizationsResponse response;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    response.Clear();
    for (const std::string& name : request.names()) {
      auto organization = FindResource(Organizations(environment), session, name);
      if (!organization.ok()) return organization.status();
      *response.add_organizations() = *std::move(organization);
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::ListOrganizationsResponse> ListOrganizations(const Environment& environment, const Caller& caller,
                                                                const v1::ListOrganizationsRequest& request) {
  if (!NewsroomName::Parse(request.parent())) return InvalidName("parent", request.parent(), kNewsroomPattern);
  return platform::ListResources<v1::ListOrganizationsResponse>(
      environment, caller, [&](Session& session) -> absl::StatusOr<v1::ListOrganizationsResponse> {
        const auto line = NewsroomAndAncestors(session, request.parent());
        if (!line.ok()) return line.status();
        std::vector<std::string> uids;
        for (const Newsroom& newsroom : *line) {
          uids.push_back(newsroom.uid);
          if (!request.include_ancestors()) break;
        }
        return ListOrganizations(session, uids, request);
      });
}

absl::StatusOr<Written<v1::Organization>> UpdateOrganization(const Environment& environment, const Caller& caller,
                                                             const v1::UpdateOrganizationRequest& request) {
  const std::string& name = request.organization().name();
  if (!OrganizationName::Parse(name)) return InvalidName("organization.name", name, kOrganizationPattern);
  if (auto status = CheckEtagGiven(name, request.organization().etag()); !status.ok()) return status;
  return UpdateResource(Organizations(environment), environment, caller,
                        {request.request_id(), request.validate_only(), request}, request.organization(),
                        request.update_mask());
}

absl::StatusOr<Written<v1::Organization>> DeleteOrganization(const Environment& environment, const Caller& caller,
                                                             const v1::DeleteOrganizationRequest& request) {
  return Change(environment,
                {caller,
                 v1::Change::VERB_DELETED,
                 request.name(),
                 request.etag(),
                 {request.request_id(), request.validate_only(), request}},
                [&](Session& session, const Line&, absl::Time now, v1::Organization& organization) -> absl::Status {
                  if (organization.has_delete_time()) {
                    return StateConflict(organization.name(), "DELETED", "delete", "it is deleted already");
                  }
                  const auto members = CountMembers(session, organization.name());
                  if (!members.ok()) return members.status();
                  if (*members > 0) {
                    return platform::FailedPrecondition(
                        Reason::ERROR_REASON_IN_USE, organization.name(),
                        absl::StrCat(*members, " contacts or organizations belong to ", organization.name(),
                                     "; give them another organization first"),
                        {{"count", absl::StrCat(*members)}});
                  }
                  *organization.mutable_delete_time() = platform::ToTimestamp(now);
                  *organization.mutable_purge_time() =
                      platform::ToTimestamp(now + environment.limits.kept_after_deletion);
                  return absl::OkStatus();
                });
}

absl::StatusOr<Written<v1::Organization>> UndeleteOrganization(const Environment& environment, const Caller& caller,
                                                               const v1::UndeleteOrganizationRequest& request) {
  return Change(environment,
                {caller,
                 v1::Change::VERB_UNDELETED,
                 request.name(),
                 request.etag(),
                 {request.request_id(), request.validate_only(), request}},
                [](Session& session, const Line& line, absl::Time now, v1::Organization& organization) -> absl::Status {
                  if (!organization.has_delete_time()) {
                    return StateConflict(organization.name(), "ACTIVE", "undelete", "it is not deleted");
                  }
                  // Its time has come, though nobody has cleaned up yet.
                  if (now >= platform::FromTimestamp(organization.purge_time())) {
                    return platform::NotFound("organization", organization.name());
                  }
                  // What was above it may have been deleted meanwhile.
                  const absl::Status above = CheckParent(session, line, organization);
                  if (platform::ReasonOf(above) == Reason::ERROR_REASON_NOT_FOUND) {
                    organization.clear_parent_organization();
                  } else if (!above.ok()) {
                    return above;
                  }
                  organization.clear_delete_time();
                  organization.clear_purge_time();
                  return absl::OkStatus();
                });
}

}  // namespace communique::contacts

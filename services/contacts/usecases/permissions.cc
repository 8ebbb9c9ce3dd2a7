// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/permissions.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/domain/permission.h"
#include "services/contacts/domain/processing_record.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/contacts/usecases/permission_of.h"
#include "services/platform/errors/error.h"
#include "services/platform/resources/field_checks.h"

namespace communique::contacts {
namespace {

using platform::Session;

// The contact that is asked about, or whichever it went into. NOT_FOUND as FindContactIn.
absl::StatusOr<v1::Contact> FindLeft(Session& session, const std::vector<Newsroom>& line, std::string name) {
  std::set<std::string> seen;
  while (true) {
    auto record = FindContactIn(session, line, name);
    if (!record.ok()) return record.status();
    const v1::Contact& contact = record->contact();
    if (contact.state() != v1::Contact::STATE_MERGED || !seen.insert(name).second) {
      return std::move(*record->mutable_contact());
    }
    name = contact.merged_into();
  }
}

absl::StatusOr<v1::Permission> Decide(const Environment& environment, Session& session,
                                      const std::vector<Newsroom>& line, const v1::PermissionCheck& check,
                                      absl::Time now) {
  const auto contact = FindLeft(session, line, check.contact());
  if (!contact.ok()) return contact.status();
  return PermissionOf(environment, session, line, check, *contact, now);
}

}  // namespace

absl::StatusOr<v1::Permission> CheckPermission(const Environment& environment, const Caller& caller,
                                               const v1::CheckPermissionRequest& request) {
  v1::PermissionCheck check;
  check.set_contact(request.contact());
  check.set_purpose(request.purpose());
  check.set_channel(request.channel());
  if (!NewsroomName::Parse(request.newsroom())) return InvalidName("newsroom", request.newsroom(), kNewsroomPattern);
  if (auto status = ValidateCheck(check); !status.ok()) return status;
  absl::StatusOr<v1::Permission> permission;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    const auto line = NewsroomAndAncestors(session, request.newsroom());
    if (!line.ok()) return line.status();
    permission = Decide(environment, session, *line, check, environment.clock.Now());
    return permission.status();
  });
  if (!status.ok()) return status;
  return permission;
}

absl::StatusOr<v1::BatchCheckPermissionsResponse> BatchCheckPermissions(
    const Environment& environment, const Caller& caller, const v1::BatchCheckPermissionsRequest& request) {
  if (!NewsroomName::Parse(request.newsroom())) return InvalidName("newsroom", request.newsroom(), kNewsroomPattern);
  platform::FieldViolations violations;
  if (request.checks().empty()) violations.Add("checks", "must not be empty");
  platform::CheckCount("checks", request.checks_size(), environment.consent.checks, violations);
  for (int i = 0; i < request.checks_size() && i < environment.consent.checks; ++i) {
    violations.Merge(absl::StrCat("checks[", i, "]"), ValidateCheck(request.checks(i)));
  }
  if (auto status = violations.ToStatus(); !status.ok()) return status;
  v1::BatchCheckPermissionsResponse response;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    response.Clear();
    const auto line = NewsroomAndAncestors(session, request.newsroom());
    if (!line.ok()) return line.status();
    const absl::Time now = environment.clock.Now();
    for (const v1::PermissionCheck& check : request.checks()) {
      auto permission = Decide(environment, session, *line, check, now);
      if (absl::IsNotFound(permission.status())) permission = NoSuchContact(check, now);
      if (!permission.ok()) return permission.status();
      *response.add_permissions() = *std::move(permission);
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return response;
}

}  // namespace communique::contacts

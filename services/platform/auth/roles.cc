// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/auth/roles.h"

namespace communique::platform {
namespace {

using common::v1::PERMISSION_ADMINISTER;
using common::v1::PERMISSION_APPROVE;
using common::v1::PERMISSION_CORRECT;
using common::v1::PERMISSION_EDIT;
using common::v1::PERMISSION_EDIT_CONTACTS;
using common::v1::PERMISSION_ERASE_PERSONAL;
using common::v1::PERMISSION_LIFT_SUPPRESSIONS;
using common::v1::PERMISSION_PUBLISH;
using common::v1::PERMISSION_READ;
using common::v1::PERMISSION_READ_PERSONAL;
using common::v1::PERMISSION_READ_PUBLIC;
using common::v1::PERMISSION_RECORD_CONSENT;
using common::v1::PERMISSION_REVIEW;
using common::v1::PERMISSION_WITHDRAW;

struct RoleRow {
  Role role;
  std::string_view name;
  PermissionSet permissions;
};

// Writing, approving, publishing and putting right are four people's rights: no role has two of them, a person may have
// several roles. The administrator sets the newsroom up and decides nothing about a text. The auditor differs from the
// reader in what is to come (who did what), not in today's permissions.
constexpr RoleRow kRoles[] = {
    {Role::kReader, "reader", {PERMISSION_READ_PUBLIC, PERMISSION_READ}},
    {Role::kAuthor, "author", {PERMISSION_READ_PUBLIC, PERMISSION_READ, PERMISSION_EDIT}},
    {Role::kReviewer, "reviewer", {PERMISSION_READ_PUBLIC, PERMISSION_READ, PERMISSION_REVIEW}},
    {Role::kApprover, "approver", {PERMISSION_READ_PUBLIC, PERMISSION_READ, PERMISSION_REVIEW, PERMISSION_APPROVE}},
    {Role::kPublisher, "publisher", {PERMISSION_READ_PUBLIC, PERMISSION_READ, PERMISSION_PUBLISH}},
    {Role::kCorrector, "corrector", {PERMISSION_READ_PUBLIC, PERMISSION_READ, PERMISSION_CORRECT, PERMISSION_WITHDRAW}},
    {Role::kContactEditor,
     "contact_editor",
     {PERMISSION_READ_PUBLIC, PERMISSION_READ, PERMISSION_READ_PERSONAL, PERMISSION_EDIT_CONTACTS,
      PERMISSION_RECORD_CONSENT}},
    {Role::kPrivacyOfficer,
     "privacy_officer",
     {PERMISSION_READ_PUBLIC, PERMISSION_READ, PERMISSION_READ_PERSONAL, PERMISSION_RECORD_CONSENT,
      PERMISSION_ERASE_PERSONAL, PERMISSION_LIFT_SUPPRESSIONS}},
    {Role::kNewsroomAdmin, "newsroom_admin", {PERMISSION_READ_PUBLIC, PERMISSION_READ, PERMISSION_ADMINISTER}},
    {Role::kAuditor, "auditor", {PERMISSION_READ_PUBLIC, PERMISSION_READ}},
};

constexpr PermissionSet kAnonymous = {PERMISSION_READ_PUBLIC};

static_assert(std::size(kRoles) == kAllRoles.size());

}  // namespace

std::string_view RoleName(Role role) {
  for (const RoleRow& row : kRoles) {
    if (row.role == role) return row.name;
  }
  return {};
}

std::optional<Role> ParseRole(std::string_view name) {
  for (const RoleRow& row : kRoles) {
    if (row.name == name) return row.role;
  }
  return std::nullopt;
}

PermissionSet PermissionsOf(Role role) {
  for (const RoleRow& row : kRoles) {
    if (row.role == role) return row.permissions;
  }
  return {};
}

PermissionSet PermissionsOfAnonymous() { return kAnonymous; }

std::string_view PermissionName(Permission permission) {
  constexpr std::string_view kPrefix = "PERMISSION_";
  const std::string_view name = common::v1::Permission_Name(permission);
  return name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : std::string_view("UNKNOWN");
}

}  // namespace communique::platform

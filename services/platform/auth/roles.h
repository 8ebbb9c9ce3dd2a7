// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "communique/common/v1/access.pb.h"

// Who may do what, in one table (roles.cc). A token grants roles in newsrooms; a role is a set of permissions; what no
// role of the caller grants is refused. Values, safe to use from any thread.
namespace communique::platform {

using Permission = common::v1::Permission;
using Audience = common::v1::Audience;

class PermissionSet {
 public:
  constexpr PermissionSet() = default;
  constexpr PermissionSet(std::initializer_list<Permission> permissions) {
    for (const Permission permission : permissions) bits_ |= Bit(permission);
  }

  constexpr bool Has(Permission permission) const { return (bits_ & Bit(permission)) != 0; }
  constexpr PermissionSet& operator|=(PermissionSet other) {
    bits_ |= other.bits_;
    return *this;
  }
  friend constexpr bool operator==(PermissionSet, PermissionSet) = default;

 private:
  // PERMISSION_UNSPECIFIED and numbers this version does not know are in no set.
  static constexpr std::uint32_t Bit(Permission permission) {
    return permission > 0 && permission < 32 ? 1U << static_cast<unsigned>(permission) : 0U;
  }

  std::uint32_t bits_ = 0;
};

enum class Role {
  kReader,
  kAuthor,
  kReviewer,
  kApprover,
  kPublisher,
  kCorrector,
  kContactEditor,
  kPrivacyOfficer,
  kNewsroomAdmin,
  kAuditor
};

inline constexpr std::array kAllRoles = {
    Role::kReader,    Role::kAuthor,        Role::kReviewer,       Role::kApprover,      Role::kPublisher,
    Role::kCorrector, Role::kContactEditor, Role::kPrivacyOfficer, Role::kNewsroomAdmin, Role::kAuditor};

// The name in token files: "newsroom_admin".
std::string_view RoleName(Role role);
std::optional<Role> ParseRole(std::string_view name);

PermissionSet PermissionsOf(Role role);

// What everyone may do, without a token too.
PermissionSet PermissionsOfAnonymous();

// "PUBLISH" for PERMISSION_PUBLISH.
std::string_view PermissionName(Permission permission);

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "services/platform/auth/roles.h"

namespace communique::platform {

// Roles in some newsrooms, as a token file or an identity provider states them.
struct Grant {
  std::vector<Role> roles;
  // Newsroom ids ("river-aid"); "*" stands for every newsroom, those to come included.
  std::vector<std::string> newsrooms;
};

// Who calls, and what they may do where. Immutable: share it between threads.
//
// A permission belongs to exactly the newsrooms that were named: rights in a headquarters are none in its countries.
class Principal {
 public:
  // The caller without a token: PERMISSION_READ_PUBLIC everywhere and nothing else.
  static const std::shared_ptr<const Principal>& Anonymous();

  // Requires: `id` is not empty.
  Principal(std::string id, const std::vector<Grant>& grants);

  // What logs, etags and audit entries name: "users/anna". "anonymous" for the caller without a token.
  const std::string& id() const { return id_; }
  bool anonymous() const { return anonymous_; }

  // Whether `permission` is granted in `newsroom` (an id). "-" and the empty string mean every newsroom at once: only a
  // grant for "*" gives that.
  bool Allows(Permission permission, std::string_view newsroom) const {
    return PermissionsIn(newsroom).Has(permission);
  }

  // All that is granted in `newsroom`; likewise.
  PermissionSet PermissionsIn(std::string_view newsroom) const;

 private:
  Principal();

  std::string id_;
  bool anonymous_ = false;
  PermissionSet everywhere_;
  std::vector<std::pair<std::string, PermissionSet>> somewhere_;  // sorted by newsroom
};

// The id in "newsrooms/{newsroom}" or "newsrooms/{newsroom}/…"; "-" for "newsrooms/-/…". Empty when `resource` is not
// such a name.
std::string_view NewsroomOf(std::string_view resource);

// OK when `principal` may call an RPC of `audience` that needs `permission` in `newsroom`. UNAUTHENTICATED
// (TOKEN_REQUIRED) when the caller would have to identify itself first; PERMISSION_DENIED with `permission` and
// `newsroom` in its metadata when that would not help. Says nothing about what exists.
absl::Status CheckAccess(const Principal& principal, Audience audience, Permission permission,
                         std::string_view newsroom);

}  // namespace communique::platform

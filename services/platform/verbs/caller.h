// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "absl/time/time.h"
#include "services/platform/auth/roles.h"

namespace communique::platform {

// Who calls, and for which call the work of a use case is done.
struct Caller {
  std::string principal;
  std::string request_id;
  // The RPC's full name: the same request_id may be used with different ones.
  std::string method;
  absl::Time deadline = absl::InfiniteFuture();
  // What the caller may do in the newsroom that the request is about. The chain has seen to the permission that the RPC
  // asks of everyone; this is for what depends on the arguments.
  PermissionSet permissions;

  bool May(Permission permission) const { return permissions.Has(permission); }
};

}  // namespace communique::platform

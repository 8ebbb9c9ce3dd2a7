// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/auth/no_authentication.h"

#include "absl/strings/str_cat.h"
#include "services/platform/config/address.h"

namespace communique::platform {
NoAuthentication::NoAuthentication()
    : local_(std::make_shared<Principal>("local", std::vector<Grant>{{{kAllRoles.begin(), kAllRoles.end()}, {"*"}}})) {}

absl::StatusOr<std::shared_ptr<const Principal>> NoAuthentication::Authenticate(const Credentials&) const {
  return local_;
}

absl::Status CheckLoopbackOnly(const std::vector<std::string>& addresses) {
  for (const std::string& address : addresses) {
    const absl::StatusOr<Address> parsed = ParseAddress(address);
    if (parsed.ok() && parsed->is_loopback()) continue;
    return absl::FailedPreconditionError(
        absl::StrCat("auth.mode is none, which gives every caller every right, but \"", address,
                     "\" can be reached from other machines: listen on 127.0.0.1, or set auth.mode to tokens"));
  }
  return absl::OkStatus();
}

}  // namespace communique::platform

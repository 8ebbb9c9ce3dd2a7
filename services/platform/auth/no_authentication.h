// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "services/platform/auth/authenticator.h"

namespace communique::platform {

// `auth.mode: none`, for a machine of one's own: every caller is the principal "local" with every role in every
// newsroom, whatever it sends. Safe only where nobody else can connect: see CheckLoopbackOnly.
class NoAuthentication final : public Authenticator {
 public:
  NoAuthentication();
  absl::StatusOr<std::shared_ptr<const Principal>> Authenticate(const Credentials& credentials) const override;

 private:
  const std::shared_ptr<const Principal> local_;
};

// Call before a server listens without authentication. FAILED_PRECONDITION naming the first of `addresses`
// (config/address.h) that other machines could reach.
absl::Status CheckLoopbackOnly(const std::vector<std::string>& addresses);

}  // namespace communique::platform

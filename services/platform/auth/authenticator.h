// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/platform/auth/principal.h"

namespace communique::platform {

// What a caller shows of itself. Views into the call; they do not outlive Authenticate. A certificate's identity or
// a second header becomes a field here.
struct Credentials {
  // The value of the metadata key "authorization"; empty when there is none.
  std::string_view authorization;
};

// Finds out who calls. Asked once for each call, on gRPC's threads: it must not block (keys and files are loaded
// beforehand). Implementations are safe to call from any thread.
class Authenticator {
 public:
  virtual ~Authenticator() = default;

  // The caller; Principal::Anonymous() when nothing was shown. What was shown and is not accepted is UNAUTHENTICATED
  // (TOKEN_REQUIRED), never anonymous.
  virtual absl::StatusOr<std::shared_ptr<const Principal>> Authenticate(const Credentials& credentials) const = 0;
};

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "services/platform/auth/authenticator.h"
#include "services/platform/auth/token_authenticator.h"
#include "services/platform/base/clock.h"
#include "services/platform/config/settings.h"
#include "services/platform/observability/log.h"
#include "services/platform/server/server_options.h"

namespace communique::platform {

struct AuthOptions {
  enum class Mode { kNone, kTokens };
  Mode mode = Mode::kNone;
  TokenAuthenticatorOptions tokens;
};

// auth.*. Without authentication everyone who connects may do everything, so a listener of `server` that others than
// this machine reach then stops the start. Both must outlive settings.Load.
void BindAuth(Settings& settings, AuthOptions& options, const ServerOptions& server);

// What the options ask for. An error when the token file cannot be used. `clock` must outlive the result.
absl::StatusOr<std::unique_ptr<Authenticator>> MakeAuthenticator(const AuthOptions& options, const Clock& clock,
                                                                 const Log& log);

}  // namespace communique::platform

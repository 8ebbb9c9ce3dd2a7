// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/auth_settings.h"

#include <string>
#include <vector>

#include "services/platform/auth/no_authentication.h"

namespace communique::platform {

void BindAuth(Settings& settings, AuthOptions& options, const ServerOptions& server) {
  settings.BindChoice<AuthOptions::Mode>(
      "auth.mode", &options.mode, {{"none", AuthOptions::Mode::kNone}, {"tokens", AuthOptions::Mode::kTokens}},
      "How callers are known. none: everyone may do everything, so the server listens on this machine only; tokens: by "
      "a token of auth.tokens_file, and who shows none is anonymous.");
  settings.Bind("auth.tokens_file", &options.tokens.path,
                "The YAML file of hashed tokens with their principals, roles and newsrooms, for auth.mode tokens.");
  settings.Bind("auth.reload_interval", &options.tokens.reload_interval, {absl::Milliseconds(100), absl::Hours(1)},
                "How often that file is looked at: a token taken out of it works no longer than this.");
  settings.Check("auth.tokens_file", [&options] {
    return options.mode == AuthOptions::Mode::kTokens && options.tokens.path.empty()
               ? std::string("must name the token file when auth.mode is tokens")
               : std::string();
  });
  settings.Check("auth.mode", [&options, &server] {
    if (options.mode != AuthOptions::Mode::kNone) return std::string();
    std::vector<std::string> addresses;
    for (const std::string& address : {server.listen_public, server.listen_internal}) {
      if (!address.empty()) addresses.push_back(address);
    }
    return std::string(CheckLoopbackOnly(addresses).message());
  });
}

absl::StatusOr<std::unique_ptr<Authenticator>> MakeAuthenticator(const AuthOptions& options, const Clock& clock,
                                                                 const Log& log) {
  if (options.mode == AuthOptions::Mode::kNone) return std::make_unique<NoAuthentication>();
  return TokenAuthenticator::Open(options.tokens, clock, log);
}

}  // namespace communique::platform

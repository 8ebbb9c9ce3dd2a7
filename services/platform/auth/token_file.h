// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/auth/principal.h"
#include "services/platform/base/sha256.h"

namespace communique::platform {

// The token file of `auth.mode: tokens`, in YAML. It holds no token, only SHA-256 hashes: whoever reads it can call
// nobody. A token is long and random (openssl rand -hex 32); its hash is printf %s "$token" | sha256sum.
//
//   tokens:
//     - principal: users/anna            # named in logs and audit entries
//       sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
//       roles: [author, reviewer]        # services/platform/auth/roles.cc
//       newsrooms: [river-aid]         # ids, or "*" for every newsroom
//       expires: 2027-01-31T00:00:00Z    # optional
//
// A token may stand in several entries of the same principal with other roles elsewhere: its grants add up, and the
// earliest `expires` holds for all. A principal may have several tokens.
struct Token {
  Sha256Digest sha256;
  absl::Time expires;
  std::shared_ptr<const Principal> principal;
};

// The parsed file. Immutable: share it between threads.
class TokenTable {
 public:
  explicit TokenTable(std::vector<Token> tokens);

  // The entry whose hash is `sha256`, expired or not; nullptr when there is none.
  const Token* Find(const Sha256Digest& sha256) const;
  std::size_t size() const { return tokens_.size(); }

 private:
  std::vector<Token> tokens_;
  std::unordered_multimap<std::uint64_t, std::size_t> by_prefix_;
};

// INVALID_ARGUMENT with the line, the key and what would be right, for anything that is not exactly as above: an
// unknown or missing key, a hash that is none, an unknown role, a token of two principals, no tokens at all.
absl::StatusOr<TokenTable> ParseTokenFile(std::string_view yaml);

}  // namespace communique::platform

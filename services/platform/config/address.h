// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace communique::platform {

// Where a server listens or a client connects: "host:port", "[::1]:port" or "unix:/path".
struct Address {
  std::string host;        // without brackets; empty for a unix socket
  std::uint16_t port = 0;  // 0 picks a free one when listening
  std::string unix_path;   // empty for host and port

  bool is_unix() const { return !unix_path.empty(); }
  // Whether only this machine can reach it: 127.0.0.0/8, ::1, "localhost", a unix socket. What is unsure is not.
  bool is_loopback() const;
  // Whether the host is an IP address rather than a name.
  bool is_numeric() const;
  // The text it was parsed from.
  std::string ToString() const;
};

// An error says what is wrong with `text` and what would be right; it does not say which field held it.
absl::StatusOr<Address> ParseAddress(std::string_view text);

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>

#include "absl/time/time.h"
#include "services/platform/cache/breaker.h"

namespace communique::platform {

// How to reach Redis and what may be asked of it. One plain server, over TCP or a Unix socket, without TLS (a sidecar
// adds that); Sentinel and Cluster are not spoken.
struct RedisOptions {
  // "host:port", "[::1]:6379" or "unix:/path".
  std::string address = "127.0.0.1:6379";
  // AUTH. No password: none is sent. No username: Redis' default user.
  std::string username;
  std::string password;
  // SELECT.
  int database = 0;
  // Begins every key, so that installations can share one Redis.
  std::string prefix = "communique";

  // What one attempt may cost.
  absl::Duration connect_timeout = absl::Milliseconds(100);
  absl::Duration command_timeout = absl::Milliseconds(100);
  // A connection that is not used is tried this often, so that a Redis that hangs is known before anybody waits for it.
  absl::Duration idle_check = absl::Milliseconds(250);

  // Each has a connection of its own.
  int threads = 2;
  // Commands that may wait; more are not asked or kept.
  std::size_t max_queued = 512;
  // Larger values are neither stored nor fetched.
  std::size_t max_value_bytes = 4 << 20;

  BreakerOptions breaker;
};

}  // namespace communique::platform

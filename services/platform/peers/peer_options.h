// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"

namespace communique::platform {

// How to reach another service of the suite, and how long to wait for it. Each field is a configuration key
// (peer_settings.h), for the peer "releases" `peers.releases.…`.
struct PeerOptions {
  // "releases": in configuration keys, errors, logs and metrics.
  std::string name;

  // Its internal listener: "host:port", "[::1]:port" or "unix:/path". A name that stands for several addresses is asked
  // for all of them, and calls are spread over those that say they are ready.
  std::string address;

  // The file that holds the token by which this service is known there; read again when it changes. Empty: none.
  std::string token_file;

  // PEM files. The authorities that the peer's certificate must come from, empty: the system's; and the certificate
  // that this service shows, empty: none. New ones are taken up by new connections.
  std::string ca_file;
  std::string certificate_file;
  std::string key_file;
  absl::Duration tls_reload_interval = absl::Seconds(10);
  // No TLS to another machine either: the token and drafts then cross the network as they are.
  bool plaintext = false;

  // The longest that a call takes, whatever its caller would wait.
  absl::Duration timeout = absl::Seconds(2);
  // Before a call that may be repeated is tried a second time; varied by half.
  absl::Duration retry_pause = absl::Milliseconds(100);

  // A quiet connection is asked whether it still lives after this long, and given up when it does not answer in time.
  // Above the peer's server.min_client_ping_interval, or the peer sends us away (too_many_pings).
  absl::Duration keepalive_time = absl::Seconds(20);
  absl::Duration keepalive_timeout = absl::Seconds(5);

  // Replies beyond this are refused.
  std::int64_t max_receive_bytes = 8 << 20;
};

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace communique::command {

// Where the server is and how to speak to it.
struct ConnectionOptions {
  // HOST:PORT or unix:PATH.
  std::string server;
  // The option that gives it, for errors.
  std::string server_option = "--server";
  // Certificates of the authorities to trust, PEM. Empty: the system's. Given, it asks for TLS.
  std::string ca_file;
  // TLS on loopback, too.
  bool tls = false;
  // No TLS elsewhere either: tokens and drafts cross the network in the clear.
  bool plaintext = false;
};

// Whether `server` is this machine: localhost, 127.0.0.0/8, [::1] or a Unix socket.
bool IsLoopback(std::string_view server);

// A channel that connects when it is first used: plaintext on loopback, TLS everywhere else, unless the options say
// otherwise. A usage error when the address or the certificates cannot be used.
absl::StatusOr<std::shared_ptr<grpc::Channel>> Connect(const ConnectionOptions& options);

}  // namespace communique::command

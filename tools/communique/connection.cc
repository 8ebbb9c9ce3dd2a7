// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/connection.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <fstream>
#include <iterator>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "tools/communique/errors.h"

namespace communique::command {
namespace {

using platform::ToAbsl;

// Whoever runs the command trusts the server with replies as large as it is configured to send.
constexpr int kMaxReplyBytes = 256 << 20;

bool IsAddress(std::string_view server) {
  if (absl::StartsWith(ToAbsl(server), "unix:")) return server.size() > 5;
  const auto colon = server.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const std::string_view port = server.substr(colon + 1);
  return !port.empty() && port.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

bool IsLoopback(std::string_view server) {
  const auto text = ToAbsl(server);
  if (absl::StartsWith(text, "unix:")) return true;
  const absl::string_view host = text.substr(0, text.rfind(':'));
  return host == "localhost" || host == "[::1]" || absl::StartsWith(host, "127.");
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> Connect(const ConnectionOptions& options) {
  if (!IsAddress(options.server)) {
    return UsageError(absl::StrCat(options.server_option, " ", options.server, ": give HOST:PORT or unix:PATH"));
  }
  const bool tls = options.tls || !options.ca_file.empty() || (!options.plaintext && !IsLoopback(options.server));
  std::shared_ptr<grpc::ChannelCredentials> credentials = grpc::InsecureChannelCredentials();
  if (tls) {
    grpc::SslCredentialsOptions certificates;
    if (!options.ca_file.empty()) {
      std::ifstream file(options.ca_file, std::ios::binary);
      certificates.pem_root_certs.assign(std::istreambuf_iterator<char>(file), {});
      if (certificates.pem_root_certs.find("-----BEGIN CERTIFICATE-----") == std::string::npos) {
        return UsageError(absl::StrCat("--ca-file ", options.ca_file, ": no readable file with PEM certificates"));
      }
    }
    credentials = grpc::SslCredentials(certificates);
  }
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxReplyBytes);
  arguments.SetUserAgentPrefix("communique-command");
  // The default waits a second and longer between connection attempts; our own retries come sooner than that.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2000);
  return grpc::CreateCustomChannel(options.server, credentials, arguments);
}

}  // namespace communique::command

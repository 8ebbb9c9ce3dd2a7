// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/peers/peer_channel.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_certificate_verifier.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/config/address.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

// Calls go to the replicas whose health is SERVING: one that drains is left before it closes its connections, which is
// what makes its restart cost no call. A server without the health service counts as ready. No retryPolicy: it would
// hold for all methods, changes included (PendingCall knows what may be repeated); gRPC by itself sends again only what
// never left.
constexpr char kServiceConfig[] =
    R"({"loadBalancingConfig":[{"round_robin":{}}],"healthCheckConfig":{"serviceName":""}})";

absl::Status CheckPem(const PeerOptions& options, const char* key, const std::string& path, std::string_view what) {
  if (path.empty()) return absl::OkStatus();
  std::ifstream file(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  if (text.find(absl::StrCat("-----BEGIN ")) != std::string::npos && text.find(what) != std::string::npos) {
    return absl::OkStatus();
  }
  return MakeError(
      absl::StatusCode::kInvalidArgument, Reason::ERROR_REASON_FIELD_INVALID,
      absl::StrCat("peers.", options.name, ".", key, ": ", path, " is no readable PEM file with a ", ToAbsl(what)));
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> TlsCredentials(const PeerOptions& options) {
  for (const auto& status : {CheckPem(options, "tls.ca_file", options.ca_file, "CERTIFICATE"),
                             CheckPem(options, "tls.certificate_file", options.certificate_file, "CERTIFICATE"),
                             CheckPem(options, "tls.key_file", options.key_file, "PRIVATE KEY")}) {
    if (!status.ok()) return status;
  }
  grpc::experimental::TlsChannelCredentialsOptions tls;
  if (!options.ca_file.empty() || !options.certificate_file.empty()) {
    tls.set_certificate_provider(std::make_shared<grpc::experimental::FileWatcherCertificateProvider>(
        options.key_file, options.certificate_file, options.ca_file,
        static_cast<unsigned>(std::max<std::int64_t>(1, absl::ToInt64Seconds(options.tls_reload_interval)))));
    if (!options.ca_file.empty()) tls.watch_root_certs();
    if (!options.certificate_file.empty()) tls.watch_identity_key_cert_pairs();
  }
  tls.set_certificate_verifier(std::make_shared<grpc::experimental::HostNameCertificateVerifier>());
  return grpc::experimental::TlsCredentials(tls);
}

int Milliseconds(absl::Duration duration) { return static_cast<int>(absl::ToInt64Milliseconds(duration)); }

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::Channel>> MakePeerChannel(const PeerOptions& options) {
  const auto address = ParseAddress(options.address);
  if (!address.ok()) {
    return MakeError(absl::StatusCode::kInvalidArgument, Reason::ERROR_REASON_FIELD_INVALID,
                     absl::StrCat("peers.", options.name, ".address: ", address.status().message()));
  }
  const bool asked = !options.ca_file.empty() || !options.certificate_file.empty();
  std::shared_ptr<grpc::ChannelCredentials> credentials = grpc::InsecureChannelCredentials();
  if (asked || !(options.plaintext || address->is_loopback())) {
    auto tls = TlsCredentials(options);
    if (!tls.ok()) return tls.status();
    credentials = *std::move(tls);
  }
  grpc::ChannelArguments arguments;
  arguments.SetServiceConfigJSON(kServiceConfig);
  arguments.SetMaxReceiveMessageSize(static_cast<int>(options.max_receive_bytes));
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, Milliseconds(options.keepalive_time));
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, Milliseconds(options.keepalive_timeout));
  // Streams are quiet most of the time; by default only two pings are sent without data in between.
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2000);
  // How long one attempt to connect may take, TLS included.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 2000);
  // A restarted replica has another address: the default would look for it after 30 s.
  arguments.SetInt(GRPC_ARG_DNS_MIN_TIME_BETWEEN_RESOLUTIONS_MS, 1000);
  // The services of the suite reach each other directly, whatever http_proxy says.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(options.address, credentials, arguments);
}

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"

namespace communique::platform {

// Certificates, read from PEM files and watched: a new pair is taken up while the server runs, by new connections.
struct TlsOptions {
  // The server's chain, its own certificate first. Empty: plaintext (then so must be key_file).
  std::string certificate_file;
  // Its private key, without a passphrase.
  std::string key_file;
  // The authorities whose clients may call listen.internal. Empty: clients show no certificate.
  std::string client_ca_file;
  // How often the files are looked at.
  absl::Duration reload_interval = absl::Seconds(10);

  bool enabled() const { return !certificate_file.empty(); }
};

// What a server of ours can be told. Each field is a configuration key (server_settings.cc, which also has the bounds).
struct ServerOptions {
  // Addresses are "host:port" (port 0 picks a free one), "[::1]:port" or "unix:/path". Empty: does not listen there.

  // For everyone: only the services that are safe to show to everyone.
  std::string listen_public;
  // For the suite and the apps of the press office: all services.
  std::string listen_internal = "127.0.0.1:8081";
  // For probes, plaintext: grpc.health.v1 and nothing else. Kubernetes' gRPC probes speak no TLS.
  std::string ops_grpc = "127.0.0.1:8082";
  // For Prometheus and probes, plaintext HTTP: /metrics, /livez, /readyz. A numeric host, no unix socket.
  std::string ops_http = "127.0.0.1:8083";

  TlsOptions tls;

  // Whether listen.internal answers grpc.reflection, so that grpcurl works without the protos.
  bool reflection = false;

  // Requests beyond this are cut off by gRPC before any of our code runs, with no reason: twice of what the call chain
  // allows, so that the chain refuses with one.
  // https://grpc.github.io/grpc/core/group__grpc__arg__keys.html (GRPC_ARG_MAX_RECEIVE_MESSAGE_LENGTH)
  std::int64_t max_receive_bytes = 8 << 20;
  // What may wait in memory to become a request, for each listener. gRPC gathers a message whole before it looks at its
  // length, however long it says it will be; over this, it cuts calls off (RESOURCE_EXHAUSTED). An idle connection
  // takes 18 KiB of it.
  std::int64_t max_buffered_bytes = 256 << 20;
  // Replies beyond this are not sent (GRPC_ARG_MAX_SEND_MESSAGE_LENGTH; gRPC's own default is without bound).
  std::int64_t max_send_bytes = 8 << 20;
  // The headers of a request in all (GRPC_ARG_MAX_METADATA_SIZE).
  std::int64_t max_metadata_bytes = 16 << 10;
  // Calls at once on one connection (GRPC_ARG_MAX_CONCURRENT_STREAMS); over all connections the call chain has limits.
  int max_concurrent_streams = 1000;
  // What a connection has to get through TLS and HTTP/2 (GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS; gRPC's own is 2 min).
  absl::Duration handshake_timeout = absl::Seconds(10);

  // A quiet connection is asked whether it still lives after this long, and closed when it does not answer in time
  // (GRPC_ARG_KEEPALIVE_TIME_MS, GRPC_ARG_KEEPALIVE_TIMEOUT_MS).
  absl::Duration keepalive_time = absl::Minutes(2);
  absl::Duration keepalive_timeout = absl::Seconds(20);
  // Clients may ask the same this often, with or without calls under way; more often is "too_many_pings"
  // (GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS). Must be shorter than what clients set.
  absl::Duration min_client_ping_interval = absl::Seconds(10);

  // Clients are sent elsewhere from time to time, so that they find new replicas behind a Kubernetes Service; gRPC adds
  // a tenth more or less by chance (GRPC_ARG_MAX_CONNECTION_AGE_MS).
  absl::Duration max_connection_age = absl::Minutes(10);
  // How long calls on such a connection may still take (GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS). Longer than the oldest
  // stream gets (rpc.max_stream_age and a tenth): streams then end in order, with a token to go on from.
  absl::Duration max_connection_age_grace = absl::Minutes(12);
  // Connections without calls are closed after this long (GRPC_ARG_MAX_CONNECTION_IDLE_MS).
  absl::Duration max_connection_idle = absl::Minutes(30);

  // The end, in this order. First the health service says NOT_SERVING, and the server goes on answering this long:
  // time for clients and load balancers to notice.
  absl::Duration drain_delay = absl::Seconds(5);
  // Then streams end, new calls are refused, and unary calls under way have this long before they are cut off.
  absl::Duration shutdown_grace = absl::Seconds(8);
  // The first part of that, in which connections stay open for callers to be told why they are refused. A call that
  // reaches gRPC between its goodbye and its client's hearing it ends with a bare CANCELLED, so those who did not heed
  // NOT_SERVING are given time to hear of it from us.
  absl::Duration refuse_time = absl::Milliseconds(250);
  // Then work left on the executors and in the background has this long.
  absl::Duration executor_grace = absl::Seconds(2);
  // Calls that were cut off and are not gone after this long belong to a handler that hangs: the process ends without
  // them, with an error.
  absl::Duration give_up_after = absl::Seconds(5);
};

}  // namespace communique::platform

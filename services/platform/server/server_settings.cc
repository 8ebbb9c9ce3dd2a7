// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/server_settings.h"

#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/config/address.h"

namespace communique::platform {
namespace {

void BindListeners(Settings& settings, ServerOptions& options) {
  settings.BindAddress("listen.public", &options.listen_public,
                       "Where everyone may call: only the services that show what is public. Empty: off.");
  settings.BindAddress("listen.internal", &options.listen_internal,
                       "Where the other services and the apps of the press office call: all services. Empty: off.");
  settings.BindAddress("ops.grpc", &options.ops_grpc,
                       "Where gRPC probes ask for health, in plaintext; nothing else is served there. Empty: off.");
  settings.BindAddress("ops.http", &options.ops_http,
                       "Where /metrics, /livez and /readyz are, in plaintext; a numeric host. Empty: off.");
  settings.Check("ops.http", [&options] {
    const auto address = ParseAddress(options.ops_http);
    return address.ok() && !address->is_numeric()
               ? std::string("takes neither a name nor a unix socket; write an IP address and a port (127.0.0.1:8083)")
               : std::string();
  });
}

void BindTls(Settings& settings, TlsOptions& options) {
  settings.Bind("tls.certificate_file", &options.certificate_file,
                "The certificate chain of listen.public and listen.internal, in PEM. Empty: plaintext. A new one is "
                "taken up while the server runs.");
  settings.Bind("tls.key_file", &options.key_file,
                "The private key of that certificate, in PEM, without a passphrase.");
  settings.Bind("tls.client_ca_file", &options.client_ca_file,
                "The authorities, in PEM, whose certificates callers of listen.internal must show. Empty: none asked.");
  settings.Bind("tls.reload_interval", &options.reload_interval, {absl::Seconds(1), absl::Hours(1)},
                "How often the files are looked at for a new certificate.");
  settings.Check("tls.certificate_file", [&options] {
    const bool both = options.certificate_file.empty() == options.key_file.empty();
    return both ? std::string()
                : std::string("a certificate and its key go together; set tls.key_file too, or neither");
  });
  settings.Check("tls.client_ca_file", [&options] {
    return options.client_ca_file.empty() || options.enabled()
               ? std::string()
               : std::string("asks for certificates without TLS; set tls.certificate_file and tls.key_file too");
  });
}

void BindConnections(Settings& settings, ServerOptions& options) {
  settings.Bind("server.reflection", &options.reflection,
                "Whether listen.internal answers grpc.reflection, so that grpcurl works without the protos. Leave it "
                "off in production.");
  settings.BindBytes("server.max_receive", &options.max_receive_bytes, {64 << 10, 64 << 20},
                     "Requests beyond this are cut off before they are read. Keep it at twice rpc.max_request_bytes, "
                     "so that callers are refused with a reason.");
  settings.BindBytes("server.max_buffered", &options.max_buffered_bytes, {16 << 20, std::int64_t{64} << 30},
                     "What may wait in memory to become a request, for each listener; an idle connection takes 18KiB. "
                     "Over it, calls are cut off.");
  settings.BindBytes("server.max_send", &options.max_send_bytes, {64 << 10, 64 << 20},
                     "Replies beyond this are not sent.");
  settings.BindBytes("server.max_metadata", &options.max_metadata_bytes, {4 << 10, 1 << 20},
                     "The headers of a request in all.");
  settings.Bind("server.max_concurrent_streams", &options.max_concurrent_streams, {1, 100'000},
                "Calls at once on one connection.");
  settings.Bind("server.handshake_timeout", &options.handshake_timeout, {absl::Seconds(1), absl::Minutes(2)},
                "What a new connection has to get through TLS and HTTP/2.");
  settings.Bind("server.keepalive_time", &options.keepalive_time, {absl::Seconds(10), absl::Hours(2)},
                "A quiet connection is asked after this long whether it still lives.");
  settings.Bind("server.keepalive_timeout", &options.keepalive_timeout, {absl::Seconds(1), absl::Minutes(2)},
                "It is closed when it has not answered that after this long.");
  settings.Bind("server.min_client_ping_interval", &options.min_client_ping_interval,
                {absl::ZeroDuration(), absl::Minutes(5)},
                "Clients that ask the same more often are sent away (too_many_pings). Keep it below what clients set.");
  settings.Bind("server.max_connection_age", &options.max_connection_age, {absl::Seconds(1), absl::Hours(24)},
                "Connections are closed in order after this long, give or take a tenth, so that clients find new "
                "replicas.");
  settings.Bind("server.max_connection_age_grace", &options.max_connection_age_grace,
                {absl::Seconds(1), absl::Hours(24)},
                "How long calls on a connection of that age may go on. Keep it above rpc.max_stream_age and a tenth.");
  settings.Bind("server.max_connection_idle", &options.max_connection_idle, {absl::Seconds(1), absl::Hours(24)},
                "Connections without calls are closed after this long.");
}

void BindDrain(Settings& settings, ServerOptions& options) {
  settings.Bind("drain.delay", &options.drain_delay, {absl::ZeroDuration(), absl::Minutes(5)},
                "How long the server goes on answering after SIGTERM, while its health says NOT_SERVING, so that "
                "clients and load balancers notice.");
  settings.Bind("drain.grace", &options.shutdown_grace, {absl::ZeroDuration(), absl::Minutes(5)},
                "How long calls under way have after that before they are cut off. New ones are refused.");
  settings.Bind("drain.refuse", &options.refuse_time, {absl::ZeroDuration(), absl::Minutes(1)},
                "The first part of the grace: connections stay open this long for callers to be told why they are "
                "refused (UNAVAILABLE, SHUTTING_DOWN). Who calls on after it may be cut off with a bare CANCELLED.");
  settings.Bind("drain.executor_grace", &options.executor_grace, {absl::ZeroDuration(), absl::Minutes(5)},
                "How long work behind them, and in the background, has after that; then the database is no longer "
                "waited for. The pod's terminationGracePeriodSeconds must be longer "
                "than the three together.");
  settings.Bind("drain.give_up_after", &options.give_up_after, {absl::Milliseconds(10), absl::Minutes(5)},
                "A handler that has not noticed after this long that its call was cut off hangs; the process then ends "
                "without it, with exit code 1.");
}

}  // namespace

void BindServer(Settings& settings, ServerOptions& options) {
  BindListeners(settings, options);
  BindTls(settings, options.tls);
  BindConnections(settings, options);
  BindDrain(settings, options);
}

void BindLog(Settings& settings, LogOptions& options) {
  settings.BindChoice<Severity>("log.severity", &options.severity,
                                {{"debug", Severity::kDebug},
                                 {"info", Severity::kInfo},
                                 {"warning", Severity::kWarning},
                                 {"error", Severity::kError}},
                                "Lines below it are not written.");
  settings.Bind("log.destination", &options.destination, "stderr, stdout, or the path of a file to append to.");
  settings.Bind("log.max_queued", &options.max_queued, {16, 1'000'000},
                "Lines that may wait to be written; beyond that the oldest are dropped, and counted.");
}

void BindExecutor(Settings& settings, std::string_view section, std::string_view name, std::string_view what,
                  ExecutorOptions& options, bool fixed_threads) {
  const std::string prefix = absl::StrCat(ToAbsl(section), ".");
  options.name = std::string(name);
  options.limit_key = absl::StrCat(prefix, "max_queued");
  if (!fixed_threads) {
    settings.Bind(absl::StrCat(prefix, "threads"), &options.threads, {1, 256},
                  absl::StrCat("Threads for ", ToAbsl(what), "."));
  }
  settings.Bind(absl::StrCat(prefix, "max_queued"), &options.max_queued, {0, 100'000},
                absl::StrCat("Calls that may wait for ", ToAbsl(what), "; more are RESOURCE_EXHAUSTED."));
  settings.Bind(absl::StrCat(prefix, "max_queue_time"), &options.max_queue_time,
                {absl::Milliseconds(1), absl::Minutes(5)},
                absl::StrCat("The longest that a call waits for ", ToAbsl(what), "; then it is RESOURCE_EXHAUSTED."));
}

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/impl/service_type.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "services/platform/base/clock.h"
#include "services/platform/concurrency/executor.h"
#include "services/platform/observability/log.h"
#include "services/platform/observability/metrics.h"
#include "services/platform/server/api_server.h"
#include "services/platform/server/grpc_log.h"
#include "services/platform/server/health.h"
#include "services/platform/server/ops_http.h"
#include "services/platform/server/server_options.h"
#include "services/platform/server/server_tls.h"
#include "services/platform/server/shutdown_signal.h"

namespace communique::platform {

// Who can reach a service: callers of listen.internal, or those of listen.public as well.
enum class Reach { kInternal, kPublic };

// The frame of a process that serves gRPC: its listeners, its health, its end.
//
// States: configuration (Add…, On…, …OnStop), then active (Start to Stop), then stopped. All methods are called from
// one thread, main's. Whatever is given by reference must outlive the server; what the server is given to own ends
// after gRPC does. main makes the parts that calls need (stores, executors) before the server, so they end after it.
//
//   Server server(config.server, clock, log, metrics);
//   server.AddService(editions->name, Reach::kPublic, [&] { return std::make_unique<RawService>(*editions); });
//   server.OnRefuseCalls([&] { chain.RefuseCalls(); });
//   server.OnEndBy([&](absl::Time when) { store.EndBy(when); });
//   server.JoinOnStop(db_read);
//   server.CloseOnStop("store", [&] { store.Close(); });
//   return server.Run(signal);
class Server {
 public:
  enum class Listener { kPublic, kInternal, kOps };

  Server(ServerOptions options, const Clock& clock, Log log, std::shared_ptr<Metrics> metrics);
  // While it still listens (Stop has not been called): ends streams and cuts off calls, and nothing more.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Configuration. `name` is the service's full name ("communique.releases.v1.EditionService"), for the health service.
  // `make` is called once for each listener that the service is reached through.
  void AddService(std::string_view name, Reach reach, std::function<std::unique_ptr<grpc::Service>()> make);

  // Ends all open streams, without waiting for it, and from then on answers each new call with a reason to go
  // elsewhere. Called during Stop, after the drain delay.
  void OnRefuseCalls(std::function<void()> refuse);
  // Told during Stop by when work must have ended, so that what hangs (a database) is cut off and not waited for: first
  // the end of the calls' grace, and when no call is left the end of what is given to executors and to work in the
  // background.
  void OnEndBy(std::function<void(absl::Time when)> end_by);
  // Called during Stop when no call is left: executors are joined in the order given, then what is to be closed is
  // closed in the reverse order.
  void JoinOnStop(Executor& executor);
  void CloseOnStop(std::string_view name, std::function<void()> close);

  // Listens. Health says NOT_SERVING. An error names the setting that is to blame; nothing listens then. Call it when
  // stores are open and migrated, and not when the cache is: the start does not need it.
  absl::Status Start();

  // Active and later: the port of a listener, or 0 when it is off or a unix socket.
  int port(Listener listener) const;
  int ops_http_port() const;

  Health& health() { return *health_; }
  // For whoever watches a dependency, and may do so longer than the server lives.
  std::shared_ptr<Health> shared_health() { return health_; }

  // Ends in order: health says NOT_SERVING; after the drain delay streams are ended, new calls refused with a reason,
  // and unary calls under way get their grace, of which the first part is for callers to hear that they are refused:
  // once gRPC shuts down, it cuts off what still comes without a word. Executors are joined; stores are closed; the ops
  // listeners, which tell of all this, end last. A second signal in `signal` skips what is left of delay and grace and
  // cuts off the calls under way. Idempotent. An error when something did not end in its time; it is then still
  // running, and the process should end without it.
  absl::Status Stop(ShutdownSignal& signal);

  // The whole life for main: Start, ready, the first signal, Stop. The exit code is 0 after an orderly end and 1 else.
  // When something cannot be stopped, it ends the process itself, with 1.
  int Run(ShutdownSignal& signal);

 private:
  struct ServiceEntry {
    std::string name;
    Reach reach;
    std::function<std::unique_ptr<grpc::Service>()> make;
  };

  const std::string& AddressOf(Listener listener) const;
  bool IsPublic(std::string_view service) const;
  absl::Status StartListener(Listener listener);
  absl::Status StartListeners();
  void TellEnd(absl::Time when) const;
  // Whether no call is left.
  bool EndCalls(ShutdownSignal& signal, absl::Duration grace);
  absl::Status JoinExecutors(absl::Duration patience);

  const ServerOptions options_;
  const Clock& clock_;
  const Log log_;
  const std::shared_ptr<Metrics> metrics_;
  const GrpcLogRoute grpc_log_;

  std::vector<ServiceEntry> services_;
  std::vector<std::function<void()>> refuse_calls_;
  std::vector<std::function<void(absl::Time)>> end_by_;
  std::vector<Executor*> executors_;
  std::vector<std::pair<std::string, std::function<void()>>> closers_;

  const std::shared_ptr<Health> health_ = std::make_shared<Health>();
  std::unique_ptr<ServerTls> tls_;
  std::map<Listener, std::unique_ptr<ApiServer>> listeners_;
  std::unique_ptr<OpsHttp> ops_http_;
  std::map<Listener, int> ports_;
  int ops_http_port_ = 0;
  bool stopped_ = false;
};

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/impl/service_type.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "services/platform/server/server_options.h"

namespace communique::platform {

// One gRPC server on one address, with the services it owns. Server puts these together; nothing else uses it.
class ApiServer {
 public:
  struct Setup {
    std::string setting;  // "listen.internal": in errors
    std::string address;
    std::shared_ptr<grpc::ServerCredentials> credentials;
    bool reflection = false;
    std::vector<std::unique_ptr<grpc::Service>> services;
  };

  // INVALID_ARGUMENT naming the setting when it cannot listen.
  static absl::StatusOr<std::unique_ptr<ApiServer>> Start(Setup setup, const ServerOptions& options);

  // Cuts off what is still under way.
  ~ApiServer();
  ApiServer(const ApiServer&) = delete;
  ApiServer& operator=(const ApiServer&) = delete;

  const std::string& setting() const { return setting_; }
  // 0 for a unix socket.
  int port() const { return port_; }

  // Takes no new connections and no new calls on the old ones; calls under way are cut off after `grace`. `done` is
  // called on another thread when none is left: never, if a handler never finishes. At most once.
  void BeginShutdown(absl::Duration grace, std::function<void()> done);
  bool finished() const { return finished_; }
  // Cuts off the calls under way now. Requires: BeginShutdown has been called.
  void CancelCalls();

 private:
  ApiServer() = default;

  std::string setting_;
  int port_ = 0;
  std::vector<std::unique_ptr<grpc::Service>> services_;  // outlive the server, which has only pointers to them
  std::unique_ptr<grpc::Server> server_;
  std::atomic<bool> finished_ = false;
  std::thread shutdown_;
};

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>

#include "services/platform/observability/log.h"

namespace communique::platform {

// While it lives, what gRPC itself has to say (a handshake that failed, a port it cannot bind) goes to `log` as JSON
// lines, at most ten a second. gRPC knows one destination per process: the latest wins.
class GrpcLogRoute {
 public:
  explicit GrpcLogRoute(const Log& log);
  ~GrpcLogRoute();
  GrpcLogRoute(const GrpcLogRoute&) = delete;
  GrpcLogRoute& operator=(const GrpcLogRoute&) = delete;

 private:
  const std::shared_ptr<const Log> log_;
};

}  // namespace communique::platform

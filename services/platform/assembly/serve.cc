// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/assembly/serve.h"

#include <memory>
#include <utility>

#include "services/platform/observability/executor_metrics.h"
#include "services/platform/rpc/raw_service.h"

namespace communique::platform {

absl::Status Serve(std::vector<std::pair<Reach, ServiceMethods>> services, CallChain& chain, Server& server) {
  for (auto& [reach, methods] : services) {
    const auto service = chain.Bind(std::move(methods));
    if (!service.ok()) return service.status();
    server.AddService((*service)->name, reach, [bound = *service] { return std::make_unique<RawService>(bound); });
  }
  server.OnRefuseCalls([&chain] { chain.RefuseCalls(); });
  return absl::OkStatus();
}

void AddExecutors(Server& server, Metrics& metrics, std::initializer_list<Executor*> executors) {
  for (Executor* executor : executors) {
    ExportExecutor(metrics, *executor);
    server.JoinOnStop(*executor);
  }
}

}  // namespace communique::platform

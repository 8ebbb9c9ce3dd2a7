// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/grpc_log.h"

#include <grpc/support/log.h>

#include <cstdint>
#include <utility>

#include "absl/time/clock.h"
#include "services/platform/concurrency/mutex.h"

namespace communique::platform {
namespace {

// Whoever connects with a wrong certificate makes gRPC say so; nobody shall fill the log by it.
constexpr int kLinesPerSecond = 10;

// A plain function is all that gRPC takes, so where it leads stands here. Never destroyed: gRPC's threads may log for
// as long as the process lives.
struct Destination {
  Mutex mutex;
  std::shared_ptr<const Log> log ABSL_GUARDED_BY(mutex);
  std::int64_t second ABSL_GUARDED_BY(mutex) = 0;
  int lines_this_second ABSL_GUARDED_BY(mutex) = 0;
};

Destination& TheDestination() {
  static Destination* const destination = new Destination;
  return *destination;
}

void Write(gpr_log_func_args* arguments) {
  std::shared_ptr<const Log> log;
  {
    Destination& destination = TheDestination();
    const std::int64_t second = absl::ToUnixSeconds(absl::Now());
    const MutexLock lock(destination.mutex);
    if (std::exchange(destination.second, second) != second) destination.lines_this_second = 0;
    if (++destination.lines_this_second > kLinesPerSecond) return;
    log = destination.log;
  }
  if (log == nullptr) return;
  const LogFields fields = {{"text", arguments->message}, {"file", arguments->file}, {"line", arguments->line}};
  // Its errors are about single connections and peers: for us they are warnings.
  if (arguments->severity == GPR_LOG_SEVERITY_ERROR) {
    log->Warning("gRPC reports", fields);
  } else {
    log->Debug("gRPC reports", fields);
  }
}

}  // namespace

GrpcLogRoute::GrpcLogRoute(const Log& log) : log_(std::make_shared<const Log>(log)) {
  Destination& destination = TheDestination();
  {
    const MutexLock lock(destination.mutex);
    destination.log = log_;
  }
  gpr_set_log_function(Write);
}

GrpcLogRoute::~GrpcLogRoute() {
  Destination& destination = TheDestination();
  const MutexLock lock(destination.mutex);
  if (destination.log == log_) destination.log = nullptr;
}

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/platform/auth/authenticator.h"
#include "services/platform/base/clock.h"
#include "services/platform/observability/log.h"
#include "services/platform/observability/metrics.h"
#include "services/platform/rpc/bound_service.h"
#include "services/platform/rpc/chain_options.h"
#include "services/platform/rpc/method.h"

namespace communique::platform {

struct ChainState;
class ServerCall;

// What every call of a process goes through before and after its handler (chain.cc), with its limits. One for all
// servers of the process:
//
//   CallChain chain(options, authenticator, clock, log, metrics);
//   auto editions = chain.Bind(EditionMethods(…));      // checks the table; an error stops the start
//   RawService public_editions(*editions), internal_editions(*editions);
//   public_builder.RegisterService(&public_editions);  …
//
// Thread-safe after the Binds. Ends after the servers and after the executors of the handlers.
class CallChain {
 public:
  // `authenticator`, `clock` and `metrics` must outlive the chain.
  CallChain(const ChainOptions& options, const Authenticator& authenticator, const Clock& clock, Log log,
            Metrics& metrics);
  ~CallChain();
  CallChain(const CallChain&) = delete;
  CallChain& operator=(const CallChain&) = delete;

  // Binds the handlers of a service to its descriptor. FAILED_PRECONDITION naming the method for: a method without a
  // handler or a handler without a method; one without an access rule, or with one that makes no sense or whose
  // resource the request does not have; a handler of another kind or message; a client-streaming method (none is
  // supported yet).
  absl::StatusOr<std::shared_ptr<const BoundService>> Bind(ServiceMethods methods);

  // For a drain: refuses every call that comes from now on with SHUTTING_DOWN, and ends all streams with WATCH_ENDED.
  // Unary calls under way go on.
  void RefuseCalls();

  // Looks after the open calls: ends streams that have reached their age or whose reader takes nothing, and calls whose
  // deadline the client does not keep. The chain does it itself, four times a second.
  void Tick();

  int calls_in_flight() const;
  int open_streams() const;

  // Tells the name of each step as it runs. Before the first call.
  void ObserveStepsForTest(std::function<void(std::string_view request_id, std::string_view step)> observe);

 private:
  void TickUntilClosed();

  const std::shared_ptr<ChainState> state_;
  const CallMetrics call_metrics_;
  std::vector<std::shared_ptr<const BoundService>> services_;

  Mutex mutex_;
  Condition closed_condition_;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread ticker_;
};

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/call_chain.h"

#include <chrono>
#include <utility>

#include "services/platform/rpc/call_errors.h"
#include "services/platform/rpc/chain_state.h"
#include "services/platform/rpc/quiet_protobuf.h"
#include "services/platform/rpc/server_call.h"

namespace communique::platform {
namespace {

constexpr std::chrono::milliseconds kTickInterval(250);

}  // namespace

CallChain::CallChain(const ChainOptions& options, const Authenticator& authenticator, const Clock& clock, Log log,
                     Metrics& metrics)
    : state_(std::make_shared<ChainState>(options, authenticator, clock, std::move(log))), call_metrics_(metrics) {
  QuietProtobuf();
  Gauge& calls = metrics.AddGauge("communique_rpc_in_flight_calls", "Unary calls under way.").With();
  Gauge& streams = metrics.AddGauge("communique_rpc_open_streams", "Server streams that are open.").With();
  metrics.BeforeCollect([state = state_, &calls, &streams] {
    calls.Set(state->calls_in_flight.load(std::memory_order_relaxed));
    streams.Set(state->streams.load(std::memory_order_relaxed));
  });
  ticker_ = std::thread([this] { TickUntilClosed(); });
}

CallChain::~CallChain() {
  {
    const MutexLock lock(mutex_);
    closed_ = true;
    closed_condition_.NotifyAll();
  }
  ticker_.join();
}

absl::StatusOr<std::shared_ptr<const BoundService>> CallChain::Bind(ServiceMethods methods) {
  auto bound = BindService(std::move(methods), call_metrics_, state_);
  if (!bound.ok()) return bound.status();
  services_.push_back(*std::move(bound));
  return services_.back();
}

void CallChain::RefuseCalls() {
  state_->draining.store(true, std::memory_order_release);
  for (ServerCall* call : state_->live.Referenced()) {
    if (call->method().kind == MethodKind::kServerStream) {
      call->Fail(WatchEnded("the server is shutting down", state_->options.retry_after));
    }
    call->Unref();
  }
}

void CallChain::Tick() {
  const absl::Time now = state_->clock.Now();
  for (ServerCall* call : state_->live.Referenced()) {
    call->OnTick(now);
    call->Unref();
  }
}

void CallChain::TickUntilClosed() {
  for (;;) {
    {
      const MutexLock lock(mutex_);
      const auto until = std::chrono::steady_clock::now() + kTickInterval;
      while (!closed_ && closed_condition_.WaitUntil(mutex_, until)) {
      }
      if (closed_) return;
    }
    Tick();
  }
}

int CallChain::calls_in_flight() const { return state_->calls_in_flight.load(std::memory_order_relaxed); }

int CallChain::open_streams() const { return state_->streams.load(std::memory_order_relaxed); }

void CallChain::ObserveStepsForTest(std::function<void(std::string_view, std::string_view)> observe) {
  state_->on_step = [observe = std::move(observe)](const ServerCall& call, std::string_view step) {
    observe(call.request_id(), step);
  };
}

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "absl/status/status.h"
#include "services/platform/observability/metrics.h"
#include "services/platform/rpc/method_info.h"

namespace communique::platform {

// The `grpc_code` of metrics, as go-grpc-middleware spells it: "NotFound".
std::string_view CodeLabel(absl::StatusCode code);

// One method's series, resolved when the method is bound: a call looks up no label.
struct MethodMetrics {
  static constexpr std::size_t kCodes = 17;

  Counter* started = nullptr;
  Counter* received = nullptr;
  Counter* sent = nullptr;
  Histogram* seconds = nullptr;
  std::array<Counter*, kCodes> handled{};  // by code

  Counter& HandledWith(absl::StatusCode code) const;
};

// The customary server metrics of gRPC, under the names and labels of go-grpc-middleware, so that its dashboards and
// alerts work: grpc_server_{started,handled,msg_received,msg_sent}_total and grpc_server_handling_seconds. Every series
// of a method exists from its binding on, at 0. Calls of methods that do not exist make no series.
class CallMetrics {
 public:
  // `metrics` must outlive the result.
  explicit CallMetrics(Metrics& metrics);
  MethodMetrics For(const MethodInfo& method) const;

 private:
  MetricFamily<Counter>& started_;
  MetricFamily<Counter>& handled_;
  MetricFamily<Counter>& received_;
  MetricFamily<Counter>& sent_;
  MetricFamily<Histogram>& seconds_;
};

}  // namespace communique::platform

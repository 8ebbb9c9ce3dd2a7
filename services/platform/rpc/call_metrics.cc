// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/call_metrics.h"

#include <string_view>

namespace communique::platform {
namespace {

// The spelling of grpc_code that dashboards know, by number.
constexpr std::array<std::string_view, MethodMetrics::kCodes> kCodeNames = {
    "OK",       "Canceled",       "Unknown",          "InvalidArgument",   "DeadlineExceeded",
    "NotFound", "AlreadyExists",  "PermissionDenied", "ResourceExhausted", "FailedPrecondition",
    "Aborted",  "OutOfRange",     "Unimplemented",    "Internal",          "Unavailable",
    "DataLoss", "Unauthenticated"};

std::string_view TypeName(MethodKind kind) { return kind == MethodKind::kUnary ? "unary" : "server_stream"; }

}  // namespace

std::string_view CodeLabel(absl::StatusCode code) {
  const auto number = static_cast<std::size_t>(code);
  return kCodeNames[number < kCodeNames.size() ? number : static_cast<std::size_t>(absl::StatusCode::kUnknown)];
}

Counter& MethodMetrics::HandledWith(absl::StatusCode code) const {
  const auto number = static_cast<std::size_t>(code);
  return *handled[number < kCodes ? number : static_cast<std::size_t>(absl::StatusCode::kUnknown)];
}

CallMetrics::CallMetrics(Metrics& metrics)
    : started_(metrics.AddCounter("grpc_server_started_total", "Calls that have begun.",
                                  {"grpc_type", "grpc_service", "grpc_method"})),
      handled_(metrics.AddCounter("grpc_server_handled_total", "Calls that have been answered, by their code.",
                                  {"grpc_type", "grpc_service", "grpc_method", "grpc_code"})),
      received_(metrics.AddCounter("grpc_server_msg_received_total", "Messages received.",
                                   {"grpc_type", "grpc_service", "grpc_method"})),
      sent_(metrics.AddCounter("grpc_server_msg_sent_total", "Messages sent.",
                               {"grpc_type", "grpc_service", "grpc_method"})),
      seconds_(metrics.AddHistogram("grpc_server_handling_seconds", "Time from a call's arrival to its answer.",
                                    Metrics::LatencyBuckets(), {"grpc_type", "grpc_service", "grpc_method"})) {}

MethodMetrics CallMetrics::For(const MethodInfo& method) const {
  const std::string_view type = TypeName(method.kind);
  MethodMetrics series;
  series.started = &started_.With({type, method.service, method.name});
  series.received = &received_.With({type, method.service, method.name});
  series.sent = &sent_.With({type, method.service, method.name});
  series.seconds = &seconds_.With({type, method.service, method.name});
  for (std::size_t code = 0; code < MethodMetrics::kCodes; ++code) {
    series.handled[code] = &handled_.With({type, method.service, method.name, kCodeNames[code]});
  }
  return series;
}

}  // namespace communique::platform

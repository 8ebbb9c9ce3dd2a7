// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/platform/observability/metrics.h"
#include "services/platform/server/health.h"

namespace communique::platform {

// The HTTP pages for those who run the server: /metrics for Prometheus, /livez (the process answers; restart it when it
// does not), /readyz (200 or 503, then a line for each name of the health service). Plaintext and without
// authentication: bind it where only the cluster reaches it.
class OpsHttp {
 public:
  // `address` is "host:port" with a numeric host; port 0 picks a free one. `metrics` and `health` must outlive the
  // result. INVALID_ARGUMENT when the address cannot be listened on.
  static absl::StatusOr<std::unique_ptr<OpsHttp>> Start(const std::string& address, const Metrics& metrics,
                                                        const Health& health);
  // Waits for the requests under way.
  ~OpsHttp();

  int port() const;

 private:
  struct Parts;
  explicit OpsHttp(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace communique::platform

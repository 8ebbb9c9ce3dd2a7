// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/call.h"

#include "services/platform/errors/error.h"
#include "services/platform/rpc/call_identity.h"

namespace communique::platform {

Log Call::log() const {
  const std::string_view caller = facts_.caller == nullptr ? std::string_view() : facts_.caller->id();
  if (facts_.traceparent.empty()) {
    return facts_.log->With({{"request_id", request_id()}, {"method", method().path}, {"caller", caller}});
  }
  return facts_.log->With({{"request_id", request_id()},
                           {"trace_id", TraceIdOf(facts_.traceparent)},
                           {"method", method().path},
                           {"caller", caller}});
}

absl::Status Call::CheckPermission(std::string_view field, std::string_view resource) const {
  const common::v1::Access& access = method().access;
  const std::string_view newsroom = NewsroomOf(resource);
  const bool stranger = access.audience() != common::v1::AUDIENCE_PUBLIC && principal().anonymous();
  if (newsroom.empty() && !stranger) {
    return InvalidField(field, resource.empty() ? "must not be empty: it names a resource, newsrooms/{newsroom}/…"
                                                : "must be the name of a resource, newsrooms/{newsroom}/…");
  }
  return CheckAccess(principal(), access.audience(), access.permission(), newsroom);
}

}  // namespace communique::platform

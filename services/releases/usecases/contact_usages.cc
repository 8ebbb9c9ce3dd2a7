// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/contact_usages.h"

#include "services/platform/errors/error.h"
#include "services/releases/domain/names.h"
#include "services/releases/storage/contact_line_store.h"

namespace communique::releases {

absl::StatusOr<v1::ListContactUsagesResponse> ListContactUsages(const Environment& environment, const Caller& caller,
                                                                const v1::ListContactUsagesRequest& request) {
  platform::FieldViolations violations;
  if (request.parent() != "newsrooms/-" && !NewsroomName::Parse(request.parent())) {
    violations.Merge("", InvalidName("parent", request.parent(), "newsrooms/{newsroom} or newsrooms/-"));
  }
  if (!ContactName::Parse(request.contact())) {
    violations.Merge("", InvalidName("contact", request.contact(), kContactPattern));
  }
  if (!violations.empty()) return violations.ToStatus();
  absl::StatusOr<v1::ListContactUsagesResponse> response;
  const absl::Status status = environment.database.Read(caller.deadline, [&](platform::Session& session) {
    response = ListContactUsages(session, request, environment.clock.Now());
    return response.status();
  });
  if (!status.ok()) return status;
  return response;
}

}  // namespace communique::releases

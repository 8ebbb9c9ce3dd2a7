// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/contacts/v1/consent_service.pb.h"
#include "services/contacts/usecases/environment.h"

namespace communique::contacts {

// Who may be written to, now: see ConsentService.
absl::StatusOr<v1::Permission> CheckPermission(const Environment& environment, const Caller& caller,
                                               const v1::CheckPermissionRequest& request);
absl::StatusOr<v1::BatchCheckPermissionsResponse> BatchCheckPermissions(
    const Environment& environment, const Caller& caller, const v1::BatchCheckPermissionsRequest& request);

}  // namespace communique::contacts

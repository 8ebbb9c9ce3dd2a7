// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/releases/v1/contact_usage.pb.h"
#include "services/releases/usecases/environment.h"

namespace communique::releases {

// ReleaseService.ListContactUsages.
absl::StatusOr<v1::ListContactUsagesResponse> ListContactUsages(const Environment& environment, const Caller& caller,
                                                                const v1::ListContactUsagesRequest& request);

}  // namespace communique::releases

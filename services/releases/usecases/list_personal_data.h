// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/releases/v1/personal_data_service.pb.h"
#include "services/releases/usecases/environment.h"

namespace communique::releases {

// See PersonalDataService.ListPersonalData.
absl::StatusOr<v1::ListPersonalDataResponse> ListPersonalData(const Environment& environment, const Caller& caller,
                                                              const v1::ListPersonalDataRequest& request);

}  // namespace communique::releases

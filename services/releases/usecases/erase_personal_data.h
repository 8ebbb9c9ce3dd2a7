// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/releases/v1/personal_data_service.pb.h"
#include "services/releases/usecases/environment.h"

namespace communique::releases {

// See PersonalDataService.ErasePersonalData. The contacts service has stopped to print the contact before it calls:
// what it answered until then is outdated by the first page, and nothing is published or submitted by it any more.
absl::StatusOr<v1::ErasePersonalDataResponse> ErasePersonalData(const Environment& environment, const Caller& caller,
                                                                const v1::ErasePersonalDataRequest& request);

}  // namespace communique::releases

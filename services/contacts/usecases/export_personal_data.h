// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/contacts/v1/erasure_service.pb.h"
#include "services/contacts/usecases/environment.h"

namespace communique::contacts {

// ErasureService.ExportPersonalData. Records are in the form in which they are stored, so what is stored is what is
// handed out: there is no list of fields.
absl::StatusOr<v1::ExportPersonalDataResponse> ExportPersonalData(const Environment& environment, const Caller& caller,
                                                                  const v1::ExportPersonalDataRequest& request);

}  // namespace communique::contacts

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/contacts/v1/erasure_service.pb.h"
#include "services/contacts/storage/erasure_store.h"
#include "services/contacts/usecases/environment.h"

// Reading erasures.
namespace communique::contacts {

absl::StatusOr<v1::Erasure> GetErasure(const Environment& environment, const Caller& caller,
                                       const v1::GetErasureRequest& request);

absl::StatusOr<v1::ListErasuresResponse> ListErasures(const Environment& environment, const Caller& caller,
                                                      const v1::ListErasuresRequest& request);

// For operators, whatever the newsroom.
absl::StatusOr<RunningErasures> CountRunningErasures(const Environment& environment, absl::Time deadline);

}  // namespace communique::contacts

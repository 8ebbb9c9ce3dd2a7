// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/contacts/v1/erasure_service.pb.h"
#include "services/contacts/usecases/environment.h"

namespace communique::contacts {

// ErasureService.EraseContact: forgets the person in one transaction, then goes on with the erasure for at most
// erasure.wait (carry_on_erasure.h does the rest).
absl::StatusOr<Written<v1::Erasure>> EraseContact(const Environment& environment, const Caller& caller,
                                                  const v1::EraseContactRequest& request);

}  // namespace communique::contacts

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/contacts/v1/printing.pb.h"
#include "services/contacts/usecases/environment.h"

namespace communique::contacts {

// ContactService.PrintContacts.
absl::StatusOr<v1::PrintContactsResponse> PrintContacts(const Environment& environment, const Caller& caller,
                                                        const v1::PrintContactsRequest& request);

}  // namespace communique::contacts

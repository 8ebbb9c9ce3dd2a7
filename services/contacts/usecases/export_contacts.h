// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/contacts/v1/exchange_service.pb.h"
#include "services/contacts/usecases/environment.h"

namespace communique::contacts {

// See ExchangeService.
absl::StatusOr<v1::ExportContactsResponse> ExportContacts(const Environment& environment, const Caller& caller,
                                                          const v1::ExportContactsRequest& request);

}  // namespace communique::contacts

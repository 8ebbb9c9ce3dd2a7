// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/contacts/v1/contact_service.pb.h"
#include "services/contacts/usecases/environment.h"

namespace communique::contacts {

// See ContactService.
absl::StatusOr<v1::SearchContactsResponse> SearchContacts(const Environment& environment, const Caller& caller,
                                                          const v1::SearchContactsRequest& request);

}  // namespace communique::contacts

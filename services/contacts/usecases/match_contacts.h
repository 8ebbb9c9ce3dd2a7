// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/contacts/v1/match.pb.h"
#include "services/contacts/usecases/environment.h"

namespace communique::contacts {

// See ContactService.
absl::StatusOr<v1::MatchContactsResponse> MatchContacts(const Environment& environment, const Caller& caller,
                                                        const v1::MatchContactsRequest& request);

}  // namespace communique::contacts

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "communique/contacts/v1/contact_service.pb.h"
#include "services/contacts/domain/print_choice.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/usecases/environment.h"
#include "services/platform/storage/session.h"

namespace communique::contacts {

// See ContactService.
absl::StatusOr<v1::PrintableContact> GetPrintableContact(const Environment& environment, const Caller& caller,
                                                         const v1::GetPrintableContactRequest& request);

// What is printed of a choice, with its organization as it is for the newsrooms of `line`.
absl::StatusOr<v1::PrintableContact> PrintIn(platform::Session& session, const std::vector<Newsroom>& line,
                                             const PrintChoice& choice, const std::string& locale);

}  // namespace communique::contacts

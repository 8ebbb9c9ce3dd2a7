// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "communique/contacts/v1/contact.pb.h"
#include "services/contacts/domain/print_choice.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/usecases/environment.h"
#include "services/platform/storage/session.h"

// Contacts as they may be printed when what people have said about being printed counts. `line` is always the newsroom
// that prints and those above it.
namespace communique::contacts {

// A contact as the rules of printing (domain/print_choice.h) are to see it: no longer PUBLIC when the person has
// refused to be printed, or a ground for it was recorded and does not hold; and valid no longer than the ground. A
// contact without any record for PRINTING is what its visibility says.
absl::StatusOr<v1::Contact> AsPrinted(const Environment& environment, platform::Session& session,
                                      const std::vector<Newsroom>& line, v1::Contact contact);

// LookupIn, with each contact as it is printed. Not longer than its arguments.
ContactLookup PrintLookupIn(const Environment& environment, platform::Session& session,
                            const std::vector<Newsroom>& line);

}  // namespace communique::contacts

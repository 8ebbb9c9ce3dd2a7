// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "communique/contacts/v1/contact.pb.h"
#include "services/contacts/domain/print_choice.h"
#include "services/contacts/domain/processing_status.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/usecases/environment.h"
#include "services/platform/storage/session.h"

// Contacts as they may be printed when what people have said about being printed counts: THE place that decides what a
// refusal is. `line` is always the newsroom that prints and those above it.
namespace communique::contacts {

// A contact as the rules of printing (domain/print_choice.h) are to see it: no longer PUBLIC when the person has
// refused to be printed, or a ground for it was recorded and does not hold; and valid no longer than the ground. A
// contact without any record for PRINTING is what its visibility says.
absl::StatusOr<v1::Contact> AsPrinted(const Environment& environment, platform::Session& session,
                                      const std::vector<Newsroom>& line, v1::Contact contact);

// Whether AsPrinted would take a contact with this history for one that is not PUBLIC.
bool RefusesPrinting(const Environment& environment, const ProcessingHistory& history, absl::Time now);

// Those of `contacts`, names of contacts of the line that are no merged ones, of which that is so. For whole pages:
// asks once for all contacts of a newsroom.
absl::StatusOr<std::set<std::string>> WhoRefusesPrinting(const Environment& environment, platform::Session& session,
                                                         const std::vector<Newsroom>& line,
                                                         const std::vector<std::string>& contacts, absl::Time now);

// LookupIn, with each contact as it is printed. Not longer than its arguments.
ContactLookup PrintLookupIn(const Environment& environment, platform::Session& session,
                            const std::vector<Newsroom>& line);

}  // namespace communique::contacts

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "communique/contacts/v1/contact.pb.h"
#include "services/contacts/storage/contact_search.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/usecases/environment.h"
#include "services/platform/storage/session.h"

// What newsrooms see of the contacts of those above them.
namespace communique::contacts {

// Removes from a contact that may be printed now what newsrooms below its own do not see of it: all that is not
// printed.
void KeepPrinted(v1::Contact& contact);

// Removes from what the storage has found for the newsroom at the bottom of `line` the contacts from above whose
// refusal to be printed holds `now`: the storage knows of their visibility alone. The newsroom's own stay.
absl::Status RemoveRefusingFromAbove(const Environment& environment, platform::Session& session,
                                     const std::vector<Newsroom>& line, absl::Time now,
                                     std::vector<FoundContact>& found);

}  // namespace communique::contacts

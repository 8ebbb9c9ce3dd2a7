// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "absl/status/status.h"
#include "communique/contacts/v1/contact.pb.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/usecases/environment.h"
#include "services/platform/storage/session.h"

namespace communique::contacts {

// Makes of a contact that is to be stored what is stored, and says what is wrong with it, fields named from "contact"
// down; whether it gets an address of somebody who was erased (SUPPRESSED); whether its organization and substitute may
// be named, and locks them, only where they differ from `before`, what was stored. `line` is its newsroom and those
// above.
absl::Status PrepareContact(const Environment& environment, platform::Session& session,
                            const std::vector<Newsroom>& line, const v1::Contact& before, v1::Contact& contact);

}  // namespace communique::contacts

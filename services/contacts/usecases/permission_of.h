// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/usecases/environment.h"
#include "services/platform/storage/session.h"

namespace communique::contacts {

// What a valid check is answered about a contact that was found for it, whole: by the records of the contact's newsroom
// and the suppressions of the newsroom that asks, at the bottom of `line`, and of those above it.
absl::StatusOr<v1::Permission> PermissionOf(const Environment& environment, platform::Session& session,
                                            const std::vector<Newsroom>& line, const v1::PermissionCheck& check,
                                            const v1::Contact& contact, absl::Time now);

}  // namespace communique::contacts

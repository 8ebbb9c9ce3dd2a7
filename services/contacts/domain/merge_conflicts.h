// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "communique/contacts/v1/contact.pb.h"
#include "services/contacts/domain/contact_limits.h"

// What stands against taking contacts together, in sentences that name fields and contacts and nothing personal.
namespace communique::contacts {

// What of `source` does not go with `primary`, and holds whatever the caller says: kinds, states, and staff with
// journalists.
void FindFixedConflicts(const v1::Contact& primary, const v1::Contact& source, std::vector<std::string>& conflicts);

// What does not go with it unless the primary's is kept.
void FindOpenConflicts(const v1::Contact& primary, const v1::Contact& source, std::vector<std::string>& conflicts);

// What the contact that is left would have too much of.
void FindExcess(const v1::Contact& merged, const ContactLimits& limits, std::vector<std::string>& conflicts);

// Whether the roles of both are one: the same organization, or one not said, and in no language different words.
bool HaveSameRole(const v1::Contact& primary, const v1::Contact& source);

}  // namespace communique::contacts

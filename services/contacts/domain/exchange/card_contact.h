// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "services/contacts/domain/exchange/card.h"
#include "services/contacts/domain/exchange/import_card.h"

namespace communique::contacts {

// The contact that a vCard or jCard describes (the properties that are taken over stand with ImportContacts in the
// contract). Whatever else it holds is told in findings; nothing is fetched. Pure, from any thread.
ImportCard ReadCardContact(const Card& card, const ImportDefaults& defaults);

}  // namespace communique::contacts

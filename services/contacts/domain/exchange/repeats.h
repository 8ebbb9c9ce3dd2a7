// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "services/contacts/domain/exchange/import_card.h"
#include "services/contacts/domain/text/email_address.h"

namespace communique::contacts {

// Leaves out mailboxes, numbers, web addresses and languages that the contact of `card` has twice, however they are
// written: address books keep one number as the one at work and the mobile one. The first of each is kept, a finding
// tells of the others, and those behind move up in the contact and in `places`. Requires: numbers without "+" know
// their region. Pure, from any thread.
void LeaveOutRepeats(const EmailRules& rules, ImportCard& card);

}  // namespace communique::contacts

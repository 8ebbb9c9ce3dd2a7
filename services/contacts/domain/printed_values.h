// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "communique/contacts/v1/contact.pb.h"
#include "communique/contacts/v1/printing.pb.h"
#include "services/contacts/domain/text/email_address.h"

namespace communique::contacts {

// How a mail address, telephone number or web address, as a text prints it, stands to what `contact` has: whether it is
// one that everybody may be shown. An address is the same in another case or with another "+tag" too, unless the
// contact has exactly the printed one; a number is the same however it is written. What is neither is UNKNOWN. Pure,
// from any thread.
v1::ContactPrinting::Standing StandingOf(std::string_view value, const v1::Contact& contact, const EmailRules& rules);

}  // namespace communique::contacts

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <set>
#include <string>

#include "communique/contacts/v1/contact.pb.h"

namespace communique::contacts {

// What a contact has alone in the world: its personal mailboxes (case and "+tag" aside) and its telephone numbers with
// their extensions. Two contacts of one kind that share one are probably the same. Mailboxes of desks and telefaxes,
// which many share, are not in it. Requires: the contact is normalized. Pure, from any thread.
std::set<std::string> IdentityKeys(const v1::Contact& contact);

// The addresses that these keys are made of, as searches know them (SearchKeysOf): numbers without their extensions,
// which whole houses may share.
std::set<std::string> IdentityAddresses(const v1::Contact& contact);

}  // namespace communique::contacts

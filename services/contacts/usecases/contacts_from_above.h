// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "communique/contacts/v1/contact.pb.h"

namespace communique::contacts {

// Removes from a contact that may be printed now what newsrooms below its own do not see of it: all that is not
// printed.
void KeepPrinted(v1::Contact& contact);

}  // namespace communique::contacts

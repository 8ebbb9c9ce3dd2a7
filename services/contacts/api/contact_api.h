// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "services/contacts/api/parts.h"

namespace communique::contacts {

// ContactService; `watch` is its WatchContacts. `parts` must outlive the result.
platform::ServiceMethods ContactMethods(const ApiParts& parts, platform::Method watch);

}  // namespace communique::contacts

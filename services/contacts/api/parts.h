// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "services/contacts/usecases/environment.h"
#include "services/platform/assembly/methods.h"

namespace communique::contacts {

// What all methods of this service share.
using ApiParts = platform::MethodParts<Environment>;

}  // namespace communique::contacts

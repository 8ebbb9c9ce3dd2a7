// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "services/contacts/api/parts.h"

namespace communique::contacts {

// ErasureService.
platform::ServiceMethods ErasureMethods(const ApiParts& parts);

}  // namespace communique::contacts

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "services/platform/assembly/methods.h"
#include "services/releases/usecases/environment.h"

namespace communique::releases {

// What all methods of this service share.
using ApiParts = platform::MethodParts<Environment>;

}  // namespace communique::releases

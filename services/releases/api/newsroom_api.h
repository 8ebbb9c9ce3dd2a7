// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "services/platform/rpc/method.h"
#include "services/releases/api/parts.h"

namespace communique::releases {

// The methods of NewsroomService. `parts` outlives them.
platform::ServiceMethods NewsroomMethods(const ApiParts& parts, platform::Method watch);

}  // namespace communique::releases

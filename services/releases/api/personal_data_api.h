// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "services/platform/rpc/method.h"
#include "services/releases/api/parts.h"

namespace communique::releases {

// communique.releases.v1.PersonalDataService. `parts` must outlive the server.
platform::ServiceMethods PersonalDataMethods(const ApiParts& parts);

}  // namespace communique::releases

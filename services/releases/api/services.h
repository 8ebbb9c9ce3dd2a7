// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <utility>
#include <vector>

#include "services/platform/changes/watch_hub.h"
#include "services/platform/rpc/method.h"
#include "services/platform/server/server.h"
#include "services/releases/api/edition_api.h"
#include "services/releases/api/parts.h"

namespace communique::releases {

// All gRPC services of this process, and who can reach each. What is passed by reference must outlive them.
std::vector<std::pair<platform::Reach, platform::ServiceMethods>> Services(const ApiParts& parts, EditionApi& editions,
                                                                           platform::WatchHub& release_watch);

}  // namespace communique::releases

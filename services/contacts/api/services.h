// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <utility>
#include <vector>

#include "services/contacts/api/parts.h"
#include "services/platform/changes/watch_hub.h"
#include "services/platform/server/server.h"

namespace communique::contacts {

// All gRPC services of this process, and who can reach each: nothing here is for the public. What is passed by
// reference must outlive them.
std::vector<std::pair<platform::Reach, platform::ServiceMethods>> Services(const ApiParts& parts,
                                                                           platform::WatchHub& watch);

}  // namespace communique::contacts

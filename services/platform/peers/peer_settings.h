// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "services/platform/config/settings.h"
#include "services/platform/peers/peer_options.h"

namespace communique::platform {

// peers.<name>.*. What `options` holds is the default. `options` must outlive settings.Load.
void BindPeer(Settings& settings, std::string_view name, PeerOptions& options);

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "services/platform/config/settings.h"
#include "services/platform/rpc/chain_options.h"

namespace communique::platform {

// rpc.*
void BindCalls(Settings& settings, ChainOptions& options);

}  // namespace communique::platform

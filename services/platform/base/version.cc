// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/base/version.h"

namespace communique::platform {

std::string_view Version() { return COMMUNIQUE_VERSION; }

}  // namespace communique::platform

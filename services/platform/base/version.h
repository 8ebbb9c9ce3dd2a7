// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

namespace communique::platform {

// The version of this build, from the project's CMakeLists.txt: "0.1.0".
std::string_view Version();

}  // namespace communique::platform

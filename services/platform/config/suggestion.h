// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace communique::platform {

// The one of `known` that `given` was most probably meant to be; empty when none is near. Counts inserted, deleted,
// changed and swapped characters, and prefers a name with the same last part ("pool.size" for "size").
std::string NearestName(std::string_view given, const std::vector<std::string>& known);

}  // namespace communique::platform

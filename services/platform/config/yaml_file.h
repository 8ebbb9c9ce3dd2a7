// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "services/platform/config/setting.h"

namespace communique::platform {

// The values of the YAML file `path`, nested keys joined by dots, in the order of the file; a key without a
// value has none. What cannot be read is added to `problems`, each "<path>:<line>: what is wrong".
std::vector<GivenValue> ReadYamlFile(const std::string& path, std::vector<std::string>& problems);

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "services/platform/errors/error.h"

namespace communique::releases {

// Adds to `violations` what is wrong with the gap at `path`: it is white space and invisible marks
// (text/white_space.h), or nothing, and at most `max_characters` long.
void CheckGap(const std::string& path, std::string_view gap, std::size_t max_characters,
              platform::FieldViolations& violations);

}  // namespace communique::releases

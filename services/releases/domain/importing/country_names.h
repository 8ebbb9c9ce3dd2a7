// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

namespace communique::releases {

// Whether `name` is what a country is called in `language` (BCP 47) or in English, in any case. Any thread may ask.
bool IsCountryName(std::string_view name, std::string_view language);

}  // namespace communique::releases

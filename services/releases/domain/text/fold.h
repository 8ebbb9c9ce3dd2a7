// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace communique::releases {

// `text` made comparable: full case folding (Unicode), compatibility composition (NFKC), typographic apostrophes,
// hyphens and geresh as their ASCII forms, every run of white space as one space, none at the ends, invisible marks and
// Arabic and Hebrew vowel signs taken out.
std::string Fold(std::string_view text);

}  // namespace communique::releases

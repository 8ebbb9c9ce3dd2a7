// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace communique::releases {

// The beginning of `text` in at most `max_characters` code points, for cards and excerpts: white space as single
// spaces, cut between two words as `language` parts them, with "…" where something was left out.
std::string Summarize(std::string_view text, std::string_view language, std::size_t max_characters);

}  // namespace communique::releases

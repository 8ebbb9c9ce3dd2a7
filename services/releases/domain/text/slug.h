// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace communique::releases {

// The last part of a web address, made of a title: its words transliterated to ASCII (German umlauts as "ae", "oe",
// "ue"), in lower case, joined by "-", cut behind a word so that it has at most `max_size` characters of [a-z0-9-].
// Empty when nothing is left, as of a title of marks alone.
std::string MakeSlug(std::string_view title, std::string_view language, std::size_t max_size = 80);

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace communique::platform {

// Appends `text` as a JSON string with its quotation marks. What is not UTF-8 becomes U+FFFD; what is longer than
// `max_bytes` is cut at a character boundary and ends in "…".
void AppendJsonString(std::string& out, std::string_view text, std::size_t max_bytes = 4096);

}  // namespace communique::platform

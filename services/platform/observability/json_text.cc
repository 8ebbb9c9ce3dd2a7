// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/observability/json_text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace communique::platform {
namespace {

bool NeedsNoEscape(char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; }

}  // namespace

void AppendJsonString(std::string& out, std::string_view text, std::size_t max_bytes) {
  std::string cut;
  if (text.size() > max_bytes) {
    std::size_t end = max_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
    cut.append(text.substr(0, end)).append("…");
    text = cut;
  }
  // Nearly everything that is logged is plain ASCII: ids, methods, codes.
  if (std::all_of(text.begin(), text.end(), NeedsNoEscape)) {
    out.append(1, '"').append(text).append(1, '"');
    return;
  }
  out += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace communique::releases {

// A page of revisions, which are listed from the newest number down.
struct RevisionPage {
  std::int64_t before = 0;  // 0: from the newest
  int size = 0;
};

// Reads what a caller said. INVALID_ARGUMENT: page_size or PAGE_TOKEN_MISMATCH.
absl::StatusOr<RevisionPage> ParseRevisionPage(std::string_view method, const std::string& parent,
                                               std::int32_t page_size, const std::string& page_token);

// The token for the page after the revision with the name `last` (it ends in the number).
std::string NextRevisionPage(std::string_view method, const std::string& parent, const std::string& last);

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "communique/releases/v1/content.pb.h"
#include "communique/releases/v1/newsroom.pb.h"

namespace communique::releases {

// Limits of a content, from the configuration (limits.content_bytes, limits.blocks).
struct ContentLimits {
  std::size_t max_bytes = 1 << 20;  // at most 1 MiB: what editions and replies are made for
  int max_blocks = 2000;            // in the body, and in the notes
};

// Makes of a caller's content what is stored: the language filled in and canonical, ids made where they are missing,
// etags dropped, texts from boilerplates dropped (they are filled in when read), contact lines an author's own. Words
// are never touched. `last_number` is the greatest number in a part id that the release has ever used; returned is what
// it is afterwards.
std::int64_t NormalizeContent(const v1::Newsroom& newsroom, std::int64_t last_number, v1::ReleaseContent& content);

// Whether a normalized content keeps every rule of content.proto. INVALID_ARGUMENT naming each field below `path`.
absl::Status ValidateContent(std::string_view path, const v1::ReleaseContent& content, const v1::Newsroom& newsroom,
                             const ContentLimits& limits);

// One block by itself, for boilerplates.
absl::Status ValidateBlock(std::string_view path, const v1::Block& block);

// What a content needs beyond being valid before it can be submitted: FAILED_PRECONDITION, CONTENT_INCOMPLETE, naming
// everything that is missing. The linter's errors are asked separately.
absl::Status CheckComplete(std::string_view release, const v1::ReleaseContent& content);

}  // namespace communique::releases

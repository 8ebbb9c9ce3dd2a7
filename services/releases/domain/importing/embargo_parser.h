// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string_view>

#include "communique/releases/v1/release.pb.h"
#include "services/releases/domain/importing/vocabulary.h"

namespace communique::releases {

// An embargo that the lines above the headline speak of.
struct ParsedEmbargo {
  // Its end as far as the text tells: local time, and the time zone when one is named. Unset when no date with a year
  // was understood.
  std::optional<v1::Embargo> embargo;
  // Whether a time of day was given. Without one, the embargo ends as its day begins.
  bool has_time = false;
  // Whether a time zone was named; the newsroom's holds otherwise.
  bool has_zone = false;
};

// The embargo in `text`, if it speaks of one. `time_zone` (IANA, may be empty) is the newsroom's; it decides which zone
// abbreviations like "CET" mean when it is one of them.
std::optional<ParsedEmbargo> ParseEmbargo(std::string_view text, std::string_view language, std::string_view time_zone,
                                          const Vocabulary& vocabulary);

}  // namespace communique::releases

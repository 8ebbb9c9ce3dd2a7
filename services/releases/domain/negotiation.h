// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "communique/releases/v1/edition_service.pb.h"

namespace communique::releases {

// A language that was chosen for a reader, and why.
struct LanguageChoice {
  std::string locale;     // one of those available
  std::string requested;  // the wish it answers, as given; empty when it answers none
  v1::ResolveEditionResponse::Match match = v1::ResolveEditionResponse::MATCH_UNSPECIFIED;

  friend bool operator==(const LanguageChoice&, const LanguageChoice&) = default;
};

// The newsroom's word on what to read where a language is missing: tags to try for `locale`, best first.
struct LanguageAlternatives {
  std::string locale;
  std::vector<std::string> alternatives;
};

// Chooses among `available` (canonical tags, in a fixed order). Each wish in turn: the tag itself, ever shorter ones
// (RFC 4647 lookup), then the newsroom's alternatives for the wish or the nearest shorter tag that has any. After the
// last wish the source language, then the first that is there. Wishes that are no language tags are passed over ("*",
// RFC 4647, matches anything: the source language). Nothing when nothing is available.
std::optional<LanguageChoice> ChooseLanguage(std::span<const std::string> wishes,
                                             std::span<const std::string> available,
                                             std::span<const LanguageAlternatives> fallbacks,
                                             std::string_view source_language);

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <span>
#include <string>

#include "communique/releases/v1/edition_service.pb.h"
#include "services/releases/domain/language_index.pb.h"

namespace communique::releases {

// A language that was chosen for a reader, and why.
struct LanguageChoice {
  std::string locale;     // one of those available
  std::string requested;  // the wish it answers, as given; empty when it answers none
  v1::ResolveEditionResponse::Match match = v1::ResolveEditionResponse::MATCH_UNSPECIFIED;

  friend bool operator==(const LanguageChoice&, const LanguageChoice&) = default;
};

// Chooses among the languages of `index`: those with a text to read, or all when none has. Each wish in turn: the tag
// itself, ever shorter ones (RFC 4647 lookup), then the newsroom's alternatives for the wish or the nearest shorter tag
// that has any. After the last wish the newsroom's source language, then the first that is there. Wishes that are no
// language tags are passed over ("*", RFC 4647, matches anything: the source language). Nothing when there is no
// language.
std::optional<LanguageChoice> ChooseLanguage(std::span<const std::string> wishes, const internal::LanguageIndex& index);

}  // namespace communique::releases

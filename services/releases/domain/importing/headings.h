// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "services/releases/domain/importing/vocabulary.h"

namespace communique::releases {

// A heading that a paragraph is, or begins with ("Contact: A. B., …").
struct HeadingMatch {
  // Bytes of the heading, its colon included.
  std::size_t size = 0;
  // Where what it is over begins in the same paragraph; the paragraph's size when nothing follows.
  std::size_t rest = 0;
  // For kAbout: the organisation's name.
  std::string_view name;
};

// A heading of `cue` (kNotes, kWeakNotes, kContacts, kAdvisory): the phrase alone, or up to a colon.
std::optional<HeadingMatch> MatchHeading(std::string_view paragraph, Cue cue, const Vocabulary& vocabulary);

// "About Example Relief", alone or up to a colon, and "Who we are" alone. `following` is the paragraph below it: where
// the name could be something else ("Over 300 people" in German is "Über 300 Menschen"), it must speak of that name.
std::optional<HeadingMatch> MatchAboutHeading(std::string_view paragraph, std::string_view following,
                                              const Vocabulary& vocabulary);

}  // namespace communique::releases

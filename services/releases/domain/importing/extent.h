// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "services/releases/domain/importing/dateline_parser.h"
#include "services/releases/domain/importing/unit_facts.h"
#include "services/releases/domain/importing/units.h"
#include "services/releases/domain/importing/vocabulary.h"

namespace communique::releases {

// Where the release is in the file, and its head in it. Numbers are indices of units.
struct Extent {
  // The release is units [first, last); what is before and behind is the page around it.
  std::size_t first = 0;
  std::size_t last = 0;
  std::optional<std::size_t> headline;
  // The unit that begins with the dateline, and the dateline.
  std::optional<std::size_t> dateline_unit;
  ParsedDateline dateline;
  // Where the body begins: behind the headline, or the first unit that is not about the document itself.
  std::size_t body = 0;
};

// Finds the release in the file. nullopt when there is none: nothing but what a page has around one.
//
// The surest sign is a dateline; next, a line about the document itself ("Press release"); else the first running text
// with a title above it. From there the head is read upwards. What is above the head is the page's navigation where it
// looks like one, and a part of the release otherwise.
std::optional<Extent> FindExtent(const SourceText& source, const std::vector<Unit>& units,
                                 const std::vector<UnitFacts>& facts, std::string_view language,
                                 const Vocabulary& vocabulary);

}  // namespace communique::releases

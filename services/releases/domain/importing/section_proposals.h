// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "communique/releases/v1/section.pb.h"
#include "services/releases/domain/importing/unit_facts.h"
#include "services/releases/domain/importing/units.h"

namespace communique::releases {

// The entries of the site that units [0, end), the page's navigation above the release, show by their form: bulleted
// lines, and lines that a page repeats or glues to the text below. Repeated lines are below the entry before them.
// `newsroom` (`newsrooms/{newsroom}`) is the parent of the names.
std::vector<v1::Section> ProposeSections(const SourceText& source, const std::vector<Unit>& units,
                                         const std::vector<UnitFacts>& facts, std::size_t end,
                                         std::string_view language, std::string_view newsroom);

}  // namespace communique::releases

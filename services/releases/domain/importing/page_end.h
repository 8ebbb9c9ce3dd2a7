// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <vector>

#include "services/releases/domain/importing/unit_facts.h"
#include "services/releases/domain/importing/units.h"
#include "services/releases/domain/importing/vocabulary.h"

namespace communique::releases {

// Where the page goes on behind the release: the first unit from `body` on that, like all that follow, is the page's
// (share buttons, related news, the footer); units.size() when the release ends the file.
std::size_t FindPageEnd(const SourceText& source, const std::vector<Unit>& units, const std::vector<UnitFacts>& facts,
                        std::size_t body, const Vocabulary& vocabulary);

}  // namespace communique::releases

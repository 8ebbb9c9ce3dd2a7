// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>
#include <vector>

#include "services/releases/domain/text/outline.h"

namespace communique::releases {

// The parts of `content` in the usual order, without gaps, as if it had no layout. Headings that `labels` gives are put
// in over notes and contact lines that have none.
std::vector<Part> PartsInUsualOrder(const v1::ReleaseContent& content, const v1::EditionLabels& labels);

// The gap between two parts that no layout says anything about. `block_gap` is the one between blocks.
std::string_view UsualGap(const Part& before, const Part& after, const v1::ReleaseContent& content);

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "communique/releases/v1/edition.pb.h"
#include "communique/releases/v1/newsroom.pb.h"

namespace communique::releases {

// The built-in standing words for `language`: those of its longest tag that has some (ar, de, en, es, fr, he), else the
// English ones. `locale` is the one whose words they are.
v1::Labels BuiltInLabels(std::string_view language);

// The standing words of `newsroom` for `language`: its own for that tag or the next shorter one, and the built-in word
// wherever they are empty.
v1::Labels LabelsOf(const v1::Newsroom& newsroom, std::string_view language);

// The part of them that editions carry.
v1::EditionLabels EditionLabelsOf(const v1::Labels& labels);

}  // namespace communique::releases

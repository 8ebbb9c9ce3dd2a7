// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "services/releases/domain/importing/name_finder.h"
#include "services/releases/domain/importing/vocabulary.h"

namespace communique::releases {

// Names that a press text itself shows to be organisations': those it gives an acronym for ("International Example
// Relief (IER)"), and those it has an about text on. Folded.
KnownOrganizations FindOrganizations(std::string_view text, const Vocabulary& vocabulary);

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "services/releases/domain/importing/lexicon.h"

namespace communique::releases {

// The part of the German lexicon by which speakers are known: verbs of saying, offices, organisations, names. German
// compounds its words, so the lists are long.
void AddGermanWordsForPersons(Lexicon& de);

}  // namespace communique::releases

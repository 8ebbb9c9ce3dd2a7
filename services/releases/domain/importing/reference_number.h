// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include "services/releases/domain/importing/vocabulary.h"

namespace communique::releases {

// The number in "Press release no. 12/2026"; empty when the lines about the document have none.
std::string FindReferenceNumber(std::string_view release_line, const Vocabulary& vocabulary);

}  // namespace communique::releases

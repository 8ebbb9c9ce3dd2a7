// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>
#include <vector>

#include "services/releases/domain/importing/vocabulary.h"
#include "services/releases/domain/text/addresses.h"

namespace communique::releases {

// The ways to reach somebody in a contact's lines, in order: those of FindAddresses, and numbers that are telephone
// numbers only because they stand in a contact: behind a label ("Tel. 976 000 218"), or alone between commas, bars or
// line breaks ("A. B., 514 555-0177, a.b@example.org"). Two numbers parted by a spaced slash are two.
std::vector<Address> FindContactAddresses(std::string_view text, const Vocabulary& vocabulary);

}  // namespace communique::releases

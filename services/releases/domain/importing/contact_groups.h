// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>

#include "services/releases/domain/importing/release_parser.h"

namespace communique::releases {

// Whether contacts begin at `unit`: a heading over them with somebody to reach below it or behind it, or a line that
// says how to reach somebody.
bool StartsContacts(const ReleaseReading& reading, std::size_t unit, std::size_t end);

// Whether `unit` is the first of a few short lines below each other that stand apart and say how to reach somebody: "A.
// B." over "Head of press" over a number. Nothing has to be known of the words, so this is for what follows the copy.
bool BeginsContactBlock(const ReleaseReading& reading, std::size_t unit, std::size_t end);

// Reads contacts from reading.next on, before unit `end`, as long as they go on: lines that belong to one contact
// become one contact line. Takes at least one unit.
void ReadContacts(ReleaseReading& reading, std::size_t end);

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>

#include "services/releases/domain/importing/release_parser.h"

namespace communique::releases {

// The first unit from reading.next on that is not the copy's: an end mark, a heading over notes, about texts or
// contacts, or contacts themselves; extent.last when the copy is all there is. Ornaments inside the copy set passages
// apart and do not end it.
std::size_t FindTail(const ReleaseReading& reading);

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>

namespace communique::platform {

// A place in one of a store's change feeds (platform/changes): the number of entries up to and including it. The first
// entry has position 1; 0 is before everything. Positions grow in the order of commits, without gaps.
using FeedPosition = std::int64_t;

}  // namespace communique::platform

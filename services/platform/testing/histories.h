// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// How much of what is played at random a test plays.
#pragma once

#include <algorithm>

#include "absl/base/config.h"

namespace communique::platform {

// Under a sanitizer a history takes many times as long, so tests play a quarter of them: the same first ones, and at
// least one. The preset "dev" plays all; those of the label "property" are played by it alone.
#if defined(ABSL_HAVE_ADDRESS_SANITIZER) || defined(ABSL_HAVE_THREAD_SANITIZER)
inline constexpr int kHistoriesDivisor = 4;
#else
inline constexpr int kHistoriesDivisor = 1;
#endif

// Of histories, or of what a test counts over all of them.
constexpr int OfHistories(int all) { return std::max(1, all / kHistoriesDivisor); }

}  // namespace communique::platform

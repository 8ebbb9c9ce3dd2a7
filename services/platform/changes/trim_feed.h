// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/changes/feed.h"
#include "services/platform/storage/database.h"

namespace communique::platform {

struct TrimOptions {
  // How long entries are kept.
  absl::Duration kept = absl::Hours(7 * 24);
  // How many one transaction removes, and how many transactions a turn takes.
  std::int64_t max_rows = 2'000;
  int max_transactions = 100;
  // One replica trims; the others leave it alone for so long.
  absl::Duration interval = absl::Minutes(10);
};

// Removes the oldest entries of a feed, in as many transactions as it takes and it may; how many are gone. Does nothing
// when some replica has trimmed within `interval`. Writers are not held up. An entry goes only with all that are older,
// so what is left has no gap.
absl::StatusOr<std::int64_t> TrimFeed(Database& database, Feed feed, absl::Time now, const TrimOptions& options,
                                      absl::Time deadline);

}  // namespace communique::platform

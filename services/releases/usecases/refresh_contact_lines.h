// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/releases/usecases/environment.h"

namespace communique::releases {

// Looks at the news of contacts: asks about those whose lines are marked, a hundred releases at a time, and gives
// readers what is to be shown now, release by release, each in a transaction of its own. Revisions stay what they were,
// and so do the releases' etags; readers get no notice, because nothing was wrong. How many releases were looked at;
// the first error, after which the others have been looked at all the same. By several replicas at once without harm.
absl::StatusOr<int> RefreshContactLines(const Environment& environment, absl::Time deadline);

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "services/platform/following/feed_follower.h"
#include "services/platform/observability/metrics.h"

namespace communique::platform {

// Shows communique_follower_* for one followed feed. The follower must outlive the last collection of the metrics.
void ExportFollower(Metrics& metrics, const FeedFollower& follower);

}  // namespace communique::platform

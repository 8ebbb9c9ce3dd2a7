// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "services/platform/config/settings.h"
#include "services/platform/following/feed_follower.h"

namespace communique::platform {

// follow.*: the same for all feeds that a service follows. `options` must outlive settings.Load.
void BindFollower(Settings& settings, FeedFollowerOptions& options);

}  // namespace communique::platform

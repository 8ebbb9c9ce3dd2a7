// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/platform/changes/feed.h"
#include "services/platform/storage/session.h"

namespace communique::platform {

// The feed entry for what was done to `resource`, whose name says its newsroom and its type. `verb` is one of the
// service's words, in capitals: "CREATED".
Change ResourceChange(std::string_view resource, std::string_view uid, std::string_view verb,
                      std::string_view revision = "");

// Where a feed stands: watching from the token misses nothing that is not in what the same transaction reads
// afterwards.
absl::StatusOr<std::string> FeedTokenNow(Session& session, Feed feed);

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "communique/contacts/v1/change.pb.h"
#include "services/platform/changes/feed.h"

namespace communique::contacts {

// An entry of the internal feed as its watchers get it. The verb is unspecified for one of a later version.
v1::Change PresentChange(const platform::FeedEntry& entry);

}  // namespace communique::contacts

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "communique/releases/v1/change.pb.h"
#include "communique/releases/v1/edition.pb.h"
#include "communique/releases/v1/edition_service.pb.h"
#include "services/platform/changes/feed.h"

namespace communique::releases {

// An entry of the internal feed as its watchers get it.
v1::Change PresentChange(const platform::FeedEntry& entry);

// An entry of the public feed as its watchers get it: `card` is what there is to read now.
v1::EditionChange PresentEditionChange(const platform::FeedEntry& entry, v1::EditionCard card);

}  // namespace communique::releases

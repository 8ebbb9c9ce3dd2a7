// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/platform/changes/feed.h"
#include "services/platform/storage/session.h"

namespace communique::platform {

// Where a store's feeds stand.
struct FeedHeads {
  struct Head {
    FeedPosition position = 0;  // of the newest entry
    FeedPosition trimmed = 0;   // entries up to this one are gone
  };

  std::string store_id;
  Head internal;
  Head made_public;

  const Head& of(Feed feed) const { return feed == Feed::kInternal ? internal : made_public; }
  Head& of(Feed feed) { return feed == Feed::kInternal ? internal : made_public; }
};

// In a Read transaction that goes on to read rows: everything up to these heads is in what it reads. A list's
// watch_token is made of it.
absl::StatusOr<FeedHeads> ReadFeedHeads(Session& session);

// The entries after `after` up to `until`, oldest first, at most `limit`. They have no gap as long as `after` is not
// before what has been trimmed: compare the heads of the same transaction.
absl::StatusOr<std::vector<FeedEntryPtr>> ReadFeedEntries(Session& session, Feed feed, FeedPosition after,
                                                          FeedPosition until, std::size_t limit);

}  // namespace communique::platform

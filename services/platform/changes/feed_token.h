// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/platform/changes/feed.h"
#include "services/platform/changes/read_feed.h"

// Positions as callers see them: opaque text (base64url without padding, 35 characters), good to be compared for
// equality and nothing else; only the services of the suite, who follow each other, look into them. A watch token says
// where to go on; a consistency token (`communique-token`, which every write returns and every read takes as
// `communique-at-least`) is a position of the internal feed. Tokens are not signed: they give nobody anything but a
// place to begin.
namespace communique::platform {

struct FeedToken {
  std::string store_id;
  Feed feed = Feed::kInternal;
  FeedPosition position = 0;

  friend bool operator==(const FeedToken&, const FeedToken&) = default;
};

// Requires: `store_id` is a UUID.
std::string EncodeFeedToken(const FeedToken& token);

// WATCH_TOKEN_FOREIGN for what EncodeFeedToken did not make.
absl::StatusOr<FeedToken> DecodeFeedToken(std::string_view text);

// The position in `token` if reading `feed` can go on after it:
//   WATCH_TOKEN_FOREIGN  not a token, or of another store or feed
//   WATCH_TOO_OLD        entries after it have been removed
//   WATCH_TOKEN_AHEAD    the store has not come that far: it lost its newest commits
// Requires: `heads` were read after the caller had the token.
absl::StatusOr<FeedPosition> CheckFeedToken(std::string_view token, Feed feed, const FeedHeads& heads);

// These three errors, for who checks by other means.
absl::Status FeedTokenForeign();
absl::Status FeedTokenTooOld();
absl::Status FeedTokenAhead();

}  // namespace communique::platform

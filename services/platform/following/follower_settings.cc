// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/following/follower_settings.h"

namespace communique::platform {

void BindFollower(Settings& settings, FeedFollowerOptions& options) {
  settings.Bind("follow.retry_pause", &options.retry_pause, {absl::Milliseconds(1), absl::Minutes(1)},
                "Before a feed of another service that cannot be followed is tried a second time; doubled each time.");
  settings.Bind("follow.max_retry_pause", &options.max_retry_pause, {absl::Milliseconds(1), absl::Minutes(10)},
                "The longest pause between such attempts, give or take half of it.");
  settings.Bind("follow.silence_timeout", &options.silence_timeout, {absl::Seconds(2), absl::Hours(1)},
                "A service followed that says nothing for so long is asked anew. Keep it at three times that service's "
                "watch.bookmark_interval.");
  settings.Bind("follow.bookmark_interval", &options.bookmark_interval, {absl::ZeroDuration(), absl::Hours(24)},
                "How often at most a position is stored that no event moved. Keep it far below the other service's "
                "feed.kept.");
  settings.Bind("follow.batch", &options.batch, {1, 10'000}, "Events that are applied together when so many wait.");
  settings.Bind("follow.work_timeout", &options.work_timeout, {absl::Milliseconds(100), absl::Minutes(10)},
                "How long applying them may take.");
  settings.Bind("follow.listing_lease", &options.listing_lease, {absl::Seconds(1), absl::Hours(1)},
                "A replica that lists everything another service has and does not go on for so long is replaced.");
  settings.Check("follow.max_retry_pause", [&options] {
    return options.max_retry_pause < options.retry_pause ? std::string("must not be below follow.retry_pause")
                                                         : std::string();
  });
}

}  // namespace communique::platform

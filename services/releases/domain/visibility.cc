// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/visibility.h"

#include <algorithm>

#include "services/platform/locale/civil_time.h"

namespace communique::releases {

Visibility VisibilityOf(const EditionState& state, absl::Time now) {
  if (now < state.public_since) return Visibility::kAbsent;
  switch (state.visibility) {
    case v1::Edition::VISIBILITY_LIVE:
      return Visibility::kLive;
    case v1::Edition::VISIBILITY_NOTICE:
      return Visibility::kNotice;
    case v1::Edition::VISIBILITY_REDIRECT:
      return Visibility::kRedirect;
    case v1::Edition::VISIBILITY_TOMBSTONE:
      return Visibility::kTombstone;
    default:
      return Visibility::kAbsent;
  }
}

Visibility VisibilityAt(std::span<const EditionState> states, absl::Time now) {
  for (auto state = states.rbegin(); state != states.rend(); ++state) {
    if (now >= state->public_since) return VisibilityOf(*state, now);
  }
  return Visibility::kAbsent;
}

absl::Time PublicSince(absl::Time decided, const v1::Release& release) {
  absl::Time since = decided;
  if (release.has_publish_time()) since = std::max(since, platform::InstantOf(release.publish_time()));
  if (release.has_embargo()) {
    if (release.embargo().indefinite() || !release.embargo().has_end()) return absl::InfiniteFuture();
    since = std::max(since, platform::InstantOf(release.embargo().end()));
  }
  return since;
}

}  // namespace communique::releases

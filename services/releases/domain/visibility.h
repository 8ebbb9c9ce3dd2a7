// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <span>

#include "absl/time/time.h"
#include "communique/releases/v1/edition.pb.h"
#include "communique/releases/v1/release.pb.h"

namespace communique::releases {

// What an anonymous reader gets of an edition.
enum class Visibility { kAbsent, kLive, kNotice, kRedirect, kTombstone };

// One state of an edition over time, as a row of the editions table tells it. The states of an edition are numbered;
// each is in force from its public_since until the next one's.
struct EditionState {
  absl::Time public_since;
  v1::Edition::Visibility visibility = v1::Edition::VISIBILITY_UNSPECIFIED;
};

// THE rule: what the public sees of an edition at `now`. Get, list, count, feed, render and resolve all ask this
// function, at the time of reading, on the database's clock; nothing is switched on by a job. An edition is ABSENT,
// exactly as if it never existed, until the first of its states begins; from then on it is what the newest state that
// has begun says. A visibility that this version does not know is not shown. `states` are in the order of their
// numbers; public_since never decreases along it.
Visibility VisibilityAt(std::span<const EditionState> states, absl::Time now);

// The same for a single state, for readers who let the database pick the newest that has begun.
Visibility VisibilityOf(const EditionState& state, absl::Time now);

// When text that is decided at `decided` becomes public: not before its publish time and the end of its embargo. An
// embargo without an end gives InfiniteFuture.
absl::Time PublicSince(absl::Time decided, const v1::Release& release);

// Lists show what can be read as it is; what is withdrawn is found by its name alone.
inline bool IsListed(Visibility visibility) { return visibility == Visibility::kLive; }

}  // namespace communique::releases

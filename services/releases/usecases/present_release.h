// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "communique/releases/v1/release.pb.h"
#include "services/platform/storage/session.h"
#include "services/releases/storage/release_record.pb.h"

namespace communique::releases {

// A stored release as its staff see it at `now`: the state on the clock, texts from boilerplates filled in (of a draft
// the newest, else those that were pinned when it was submitted), each block with its etag.
absl::StatusOr<v1::Release> PresentRelease(platform::Session& session, const storage::ReleaseRecord& record,
                                           absl::Time now);

// Adds what the linter finds in the content. Outside of transactions: a long text takes it milliseconds.
void AddFindings(v1::Release& release);

// As lists show it: without the parts that make it large.
void ToBasicView(v1::Release& release);

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/releases/v1/release_service.pb.h"
#include "services/releases/usecases/environment.h"

namespace communique::releases {

// Changes of a release's own fields: ReleaseService's UpdateRelease and BatchUpdateBlocks.
absl::StatusOr<Written<v1::Release>> UpdateRelease(const Environment& environment, const Caller& caller,
                                                   const v1::UpdateReleaseRequest& request);
absl::StatusOr<Written<v1::Release>> BatchUpdateBlocks(const Environment& environment, const Caller& caller,
                                                       const v1::BatchUpdateBlocksRequest& request);

}  // namespace communique::releases

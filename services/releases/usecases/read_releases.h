// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/releases/v1/release_service.pb.h"
#include "services/releases/usecases/environment.h"

namespace communique::releases {

// What staff read of releases: see the methods of the same names in ReleaseService. Always from the database.
absl::StatusOr<v1::Release> GetRelease(const Environment& environment, const Caller& caller,
                                       const v1::GetReleaseRequest& request);
absl::StatusOr<v1::ListReleasesResponse> ListReleases(const Environment& environment, const Caller& caller,
                                                      const v1::ListReleasesRequest& request);
absl::StatusOr<v1::ReleaseRevision> GetReleaseRevision(const Environment& environment, const Caller& caller,
                                                       const v1::GetReleaseRevisionRequest& request);
absl::StatusOr<v1::ListReleaseRevisionsResponse> ListReleaseRevisions(const Environment& environment,
                                                                      const Caller& caller,
                                                                      const v1::ListReleaseRevisionsRequest& request);
absl::StatusOr<v1::Rendering> RenderRelease(const Environment& environment, const Caller& caller,
                                            const v1::RenderReleaseRequest& request);

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/releases/v1/release_service.pb.h"
#include "services/releases/usecases/environment.h"

namespace communique::releases {

// See ReleaseService.CorrectRelease.
absl::StatusOr<Written<v1::Release>> CorrectRelease(const Environment& environment, const Caller& caller,
                                                    const v1::CorrectReleaseRequest& request);

}  // namespace communique::releases

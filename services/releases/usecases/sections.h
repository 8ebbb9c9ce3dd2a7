// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/releases/v1/section_service.pb.h"
#include "services/platform/storage/resource_rows.h"
#include "services/platform/storage/session.h"
#include "services/releases/usecases/environment.h"

namespace communique::releases {

// See SectionService.
absl::StatusOr<Written<v1::Section>> CreateSection(const Environment& environment, const Caller& caller,
                                                   const v1::CreateSectionRequest& request);
absl::StatusOr<v1::Section> GetSection(const Environment& environment, const Caller& caller,
                                       const v1::GetSectionRequest& request);
absl::StatusOr<v1::ListSectionsResponse> ListSections(const Environment& environment, const Caller& caller,
                                                      const v1::ListSectionsRequest& request);
absl::StatusOr<Written<v1::Section>> UpdateSection(const Environment& environment, const Caller& caller,
                                                   const v1::UpdateSectionRequest& request);

// Normalises a section and says what is wrong with it, its surroundings included. For those who make sections in a
// transaction of their own.
absl::Status PrepareSection(platform::Session& session, const v1::Newsroom& newsroom, v1::Section& section);

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/statusor.h"
#include "communique/releases/v1/newsroom_service.pb.h"
#include "services/releases/usecases/environment.h"

namespace communique::releases {

// See NewsroomService.
absl::StatusOr<Written<v1::Newsroom>> CreateNewsroom(const Environment& environment, const Caller& caller,
                                                     const v1::CreateNewsroomRequest& request);
absl::StatusOr<v1::Newsroom> GetNewsroom(const Environment& environment, const Caller& caller,
                                         const v1::GetNewsroomRequest& request);
absl::StatusOr<v1::ListNewsroomsResponse> ListNewsrooms(const Environment& environment, const Caller& caller,
                                                        const v1::ListNewsroomsRequest& request);
absl::StatusOr<Written<v1::Newsroom>> UpdateNewsroom(const Environment& environment, const Caller& caller,
                                                     const v1::UpdateNewsroomRequest& request);

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/api/newsroom_api.h"

#include <utility>

#include "services/releases/usecases/newsrooms.h"

namespace communique::releases {

platform::ServiceMethods NewsroomMethods(const ApiParts& parts, platform::Method watch) {
  return {
      "communique.releases.v1.NewsroomService",
      {platform::Writing<v1::CreateNewsroomRequest, v1::Newsroom>("CreateNewsroom", parts, CreateNewsroom),
       platform::Reading<v1::GetNewsroomRequest, v1::Newsroom>("GetNewsroom", parts, GetNewsroom),
       platform::Reading<v1::ListNewsroomsRequest, v1::ListNewsroomsResponse>("ListNewsrooms", parts, ListNewsrooms),
       platform::Writing<v1::UpdateNewsroomRequest, v1::Newsroom>("UpdateNewsroom", parts, UpdateNewsroom),
       std::move(watch)}};
}

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/api/services.h"

#include "services/releases/api/boilerplate_api.h"
#include "services/releases/api/newsroom_api.h"
#include "services/releases/api/personal_data_api.h"
#include "services/releases/api/release_api.h"
#include "services/releases/api/section_api.h"
#include "services/releases/api/watch.h"

namespace communique::releases {

std::vector<std::pair<platform::Reach, platform::ServiceMethods>> Services(const ApiParts& parts, EditionApi& editions,
                                                                           platform::WatchHub& release_watch) {
  return {{platform::Reach::kPublic, editions.Methods()},
          {platform::Reach::kInternal, NewsroomMethods(parts, WatchNewsroomsMethod(release_watch))},
          {platform::Reach::kInternal, SectionMethods(parts)},
          {platform::Reach::kInternal, BoilerplateMethods(parts)},
          {platform::Reach::kInternal, ReleaseMethods(parts, WatchReleasesMethod(release_watch))},
          {platform::Reach::kInternal, PersonalDataMethods(parts)}};
}

}  // namespace communique::releases

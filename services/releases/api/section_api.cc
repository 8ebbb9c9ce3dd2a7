// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/api/section_api.h"

#include "services/releases/usecases/sections.h"

namespace communique::releases {

platform::ServiceMethods SectionMethods(const ApiParts& parts) {
  return {"communique.releases.v1.SectionService",
          {platform::Writing<v1::CreateSectionRequest, v1::Section>("CreateSection", parts, CreateSection),
           platform::Reading<v1::GetSectionRequest, v1::Section>("GetSection", parts, GetSection),
           platform::Reading<v1::ListSectionsRequest, v1::ListSectionsResponse>("ListSections", parts, ListSections),
           platform::Writing<v1::UpdateSectionRequest, v1::Section>("UpdateSection", parts, UpdateSection)}};
}

}  // namespace communique::releases

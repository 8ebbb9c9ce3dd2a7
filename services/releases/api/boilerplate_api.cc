// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/api/boilerplate_api.h"

#include "services/releases/usecases/boilerplates.h"

namespace communique::releases {

platform::ServiceMethods BoilerplateMethods(const ApiParts& parts) {
  return {
      "communique.releases.v1.BoilerplateService",
      {platform::Writing<v1::CreateBoilerplateRequest, v1::Boilerplate>("CreateBoilerplate", parts, CreateBoilerplate),
       platform::Reading<v1::GetBoilerplateRequest, v1::Boilerplate>("GetBoilerplate", parts, GetBoilerplate),
       platform::Reading<v1::ListBoilerplatesRequest, v1::ListBoilerplatesResponse>("ListBoilerplates", parts,
                                                                                    ListBoilerplates),
       platform::Writing<v1::UpdateBoilerplateRequest, v1::Boilerplate>("UpdateBoilerplate", parts, UpdateBoilerplate),
       platform::Reading<v1::GetBoilerplateRevisionRequest, v1::BoilerplateRevision>("GetBoilerplateRevision", parts,
                                                                                     GetBoilerplateRevision),
       platform::Reading<v1::ListBoilerplateRevisionsRequest, v1::ListBoilerplateRevisionsResponse>(
           "ListBoilerplateRevisions", parts, ListBoilerplateRevisions)}};
}

}  // namespace communique::releases

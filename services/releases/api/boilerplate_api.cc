// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/api/boilerplate_api.h"

#include "services/releases/usecases/boilerplates.h"

namespace communique::releases {

platform::ServiceMethods BoilerplateMethods(const ApiParts& parts) {
  return {
      "communique.releases.v1.BoilerplateService",
      {Writing<v1::CreateBoilerplateRequest, v1::Boilerplate>("CreateBoilerplate", parts, CreateBoilerplate),
       Reading<v1::GetBoilerplateRequest, v1::Boilerplate>("GetBoilerplate", parts, GetBoilerplate),
       Reading<v1::ListBoilerplatesRequest, v1::ListBoilerplatesResponse>("ListBoilerplates", parts, ListBoilerplates),
       Writing<v1::UpdateBoilerplateRequest, v1::Boilerplate>("UpdateBoilerplate", parts, UpdateBoilerplate),
       Reading<v1::GetBoilerplateRevisionRequest, v1::BoilerplateRevision>("GetBoilerplateRevision", parts,
                                                                           GetBoilerplateRevision),
       Reading<v1::ListBoilerplateRevisionsRequest, v1::ListBoilerplateRevisionsResponse>(
           "ListBoilerplateRevisions", parts, ListBoilerplateRevisions)}};
}

}  // namespace communique::releases

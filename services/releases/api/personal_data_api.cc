// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/api/personal_data_api.h"

#include "services/releases/usecases/erase_personal_data.h"
#include "services/releases/usecases/list_personal_data.h"

namespace communique::releases {
namespace {

// It waits for Redis, and may take a while: so not on the threads of those who write. What is logged is how much, never
// what.
platform::Method EraseMethod(const ApiParts& parts) {
  using Request = v1::ErasePersonalDataRequest;
  using Reply = v1::ErasePersonalDataResponse;
  return platform::Unary<Request, Reply>(
      "ErasePersonalData", parts.peer_calls,
      [&parts](platform::Call& call, const Request& request) -> absl::StatusOr<Reply> {
        auto erased = ErasePersonalData(parts.environment, platform::CallerOf(call), request);
        if (!erased.ok()) return erased;
        call.log().Info("a person's data was erased", {{"erasure", request.erasure()},
                                                       {"contact_lines", erased->contact_lines()},
                                                       {"edition_lines", erased->edition_lines()},
                                                       {"releases", erased->releases()},
                                                       {"texts_left", erased->texts_left()},
                                                       {"done", erased->next_page_token().empty()}});
        return erased;
      });
}

}  // namespace

platform::ServiceMethods PersonalDataMethods(const ApiParts& parts) {
  return {"communique.releases.v1.PersonalDataService",
          {platform::Reading<v1::ListPersonalDataRequest, v1::ListPersonalDataResponse>("ListPersonalData", parts,
                                                                                        ListPersonalData),
           EraseMethod(parts)}};
}

}  // namespace communique::releases

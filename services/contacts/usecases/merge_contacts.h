// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "communique/contacts/v1/contact_service.pb.h"
#include "services/contacts/usecases/environment.h"

namespace communique::contacts {

// An answer about a merge, named by it.
template <typename Response>
struct MergeAnswer {
  Response response;

  const std::string& name() const { return response.merge().name(); }
  const std::string& etag() const { return response.merge().etag(); }
};

// Taking contacts together, and apart again: see the methods of the same names in ContactService. All contacts of a
// merge change in one transaction. Each is told to the feed, the one that is left first.
absl::StatusOr<Written<MergeAnswer<v1::MergeContactsResponse>>> MergeContacts(const Environment& environment,
                                                                              const Caller& caller,
                                                                              const v1::MergeContactsRequest& request);
absl::StatusOr<Written<MergeAnswer<v1::UnmergeContactsResponse>>> UnmergeContacts(
    const Environment& environment, const Caller& caller, const v1::UnmergeContactsRequest& request);

}  // namespace communique::contacts

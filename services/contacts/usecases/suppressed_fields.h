// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "communique/contacts/v1/contact.pb.h"
#include "services/contacts/domain/contact_addresses.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/usecases/environment.h"
#include "services/platform/storage/session.h"

// Which addresses of a contact are not written to. `line` is always its newsroom and those above it, all of whose
// suppressions count.
namespace communique::contacts {

enum class Suppressing {
  kAny,     // for whatever reason: not to be used
  kErased,  // ERASED: not to be stored either
};

// The fields of these addresses that are suppressed.
absl::StatusOr<std::set<std::string>> SuppressedFields(const Environment& environment, platform::Session& session,
                                                       const std::vector<Newsroom>& line,
                                                       const std::vector<ContactAddress>& addresses, Suppressing which);

// FAILED_PRECONDITION (SUPPRESSED) naming each field, from `called` down, of an address that `contact` has and
// `before`, what was stored, has not, and whose owner was erased: whoever was forgotten does not come back by an
// import, a copied list or a merge that is undone.
absl::Status CheckNotErased(const Environment& environment, platform::Session& session,
                            const std::vector<Newsroom>& line, const v1::Contact& before, const v1::Contact& contact,
                            std::string_view called = "contact");

}  // namespace communique::contacts

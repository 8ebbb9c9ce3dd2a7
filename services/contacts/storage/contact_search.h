// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "communique/contacts/v1/contact_service.pb.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/storage/search_conditions.h"
#include "services/platform/storage/session.h"

namespace communique::contacts {

// What is looked for: contacts that all words find, in their own names and roles or in their organization's names; or
// that have one of the addresses (keys of whole mailboxes and numbers).
struct ContactSearch {
  SearchWords words;
  std::vector<std::string> addresses;
};

struct FoundContact {
  v1::Contact contact;
  // How many newsrooms above the one that was searched it belongs to: 0 is that one itself.
  std::size_t level = 0;
};

struct FoundContacts {
  std::vector<FoundContact> contacts;
  std::string next_page_token;
};

// One page of the contacts of `line` (a newsroom and those above it) that are found, in the order of levels and names.
// Of the first newsroom: all that are neither deleted nor merged. Of those above: those that may be printed `now` as
// far as the contacts say, and by their words only; people's refusals are for the caller to ask about.
// PAGE_TOKEN_MISMATCH, FIELD_INVALID for page_size.
absl::StatusOr<FoundContacts> FindContacts(platform::Session& session, const std::vector<Newsroom>& line,
                                           const ContactSearch& search, absl::Time now,
                                           const v1::SearchContactsRequest& request);

// Whether deleted contacts that can be taken back are found as well.
enum class Deleted { kLeftOut, kFound };

// Visits all contacts of these newsrooms that have one of these addresses (keys of whole mailboxes and numbers,
// SearchKeysOf), those that were made first before the others; none that is merged.
absl::Status ForEachAtAddress(platform::Session& session, const std::vector<std::string>& newsroom_uids,
                              const std::vector<std::string>& addresses, Deleted deleted,
                              const std::function<void(const v1::Contact&)>& visit);

}  // namespace communique::contacts

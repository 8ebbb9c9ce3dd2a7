// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <span>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "communique/contacts/v1/contact_service.pb.h"
#include "services/contacts/domain/contact_limits.h"

// Taking contacts together that are the same, and apart again. Pure functions, from any thread.
namespace communique::contacts {

struct MergedContacts {
  v1::Contact contact;               // the one that is left
  std::vector<v1::Contact> sources;  // the others, as they answer from then on
};

// INVALID_ARGUMENT naming what is wrong with the request by itself: names, contacts of several newsrooms, one contact
// twice, none or more than `max_sources`.
absl::Status ValidateMerge(const v1::MergeContactsRequest& request, int max_sources = 10);

// What becomes of `primary` and `sources`. Storing them as they were is what undoing needs.
//
// `primary` gets what it lacks: names, addresses, numbers, web addresses, languages, roles in other languages, and its
// organization, time zone and substitute where it has none; sources and notes are put one below the other. Each value
// is as restricted as it is in the most restricted contact that has it, and so is the contact. A name in a language in
// which `primary` has another spelling is kept as a private variant of the language ("de-x-alt1", and "mis-x-alt1" for
// a person's own): searches find it, it is not printed. What `primary` decides alone: kind, relation, validity.
//
// FAILED_PRECONDITION (MERGE_CONFLICT), saying all that stands against it: other kinds; OWN_STAFF with a JOURNALIST;
// states other than the primary's (UNCONFIRMED ones may go into any); more of something than `limits` allow; and,
// unless `keep_primary`, other relations, organizations, roles in a language, or a shorter validity. With
// `keep_primary` those of `primary` hold.
absl::StatusOr<MergedContacts> MergeInto(const v1::Contact& primary, std::span<const v1::Contact> sources,
                                         bool keep_primary, const ContactLimits& limits = {});

// A contact as it was before the merge, in the place of what it is `now`: with the version that storing it needs.
v1::Contact Unmerged(const v1::Contact& before, const v1::Contact& now);

}  // namespace communique::contacts

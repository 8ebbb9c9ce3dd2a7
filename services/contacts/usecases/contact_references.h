// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/contacts/domain/print_choice.h"
#include "services/contacts/storage/contact_store.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/storage/organization_store.h"
#include "services/platform/storage/session.h"

// What a contact refers to: an organization and a substitute, each of its own newsroom or one above. `line` is always
// that newsroom and those above it, from the bottom up (NewsroomAndAncestors).
namespace communique::contacts {

// The newsroom that the resource `name` says it is in, and that with those above it. One that does not exist is told
// like a resource that does not: NOT_FOUND, `type` and `name`.
absl::StatusOr<Newsroom> NewsroomOf(platform::Session& session, const std::string& newsroom_id, std::string_view type,
                                    const std::string& name);
absl::StatusOr<std::vector<Newsroom>> LineOf(platform::Session& session, const std::string& newsroom_id,
                                             std::string_view type, const std::string& name);

// The newsroom of the line that the resource belongs to; null when it belongs to another one.
const Newsroom* NewsroomIn(const std::vector<Newsroom>& line, std::string_view resource);

// NOT_FOUND also for what is in a newsroom outside of the line.
absl::StatusOr<storage::ContactRecord> FindContactIn(platform::Session& session, const std::vector<Newsroom>& line,
                                                     const std::string& name,
                                                     platform::RowLock lock = platform::RowLock::kNone);
absl::StatusOr<v1::Organization> FindOrganizationIn(platform::Session& session, const std::vector<Newsroom>& line,
                                                    const std::string& name,
                                                    platform::RowLock lock = platform::RowLock::kNone);

// For the rules of the domain: contacts as they are for a newsroom. Not longer than session and line.
ContactLookup LookupIn(platform::Session& session, const std::vector<Newsroom>& line,
                       platform::RowLock lock = platform::RowLock::kNone);

// Whether a contact may name this organization, which is locked then: so it is not deleted before the contact is
// written. INVALID_ARGUMENT for another newsroom's, naming `field`; NOT_FOUND; REFERENCE_MISSING for a deleted one.
absl::Status CheckOrganization(platform::Session& session, const std::vector<Newsroom>& line, std::string_view field,
                               const v1::Contact& contact);

// The same for its substitute, or whoever that went into; besides, SUBSTITUTE_CYCLE when the way leads back to the
// contact or is too long. All contacts on the way are locked: two who name each other at the same time do not both see
// a way that ends.
absl::Status CheckSubstitute(platform::Session& session, const std::vector<Newsroom>& line, std::string_view field,
                             const v1::Contact& contact);

// For a contact that comes back as it was: what it names may have gone since. What has gone for good is left out;
// REFERENCE_MISSING for what is deleted and can come back first. Does not look for cycles.
absl::Status RestoreReferences(platform::Session& session, const std::vector<Newsroom>& line, v1::Contact& contact);

// The contact itself and those that went into it, and into those.
absl::StatusOr<std::vector<std::string>> WithMergedContacts(platform::Session& session, const std::string& newsroom_uid,
                                                            const std::string& contact);

// The uids of a newsroom, of those above it and of those below it.
absl::StatusOr<std::vector<std::string>> NewsroomsAboveAndBelow(platform::Session& session,
                                                                const std::string& newsroom);

// The contacts of a newsroom, of those above it and of those below it that share a mailbox or number with one of
// `contacts`, which are of that newsroom, and are none of them; deleted ones that can be taken back as well.
absl::StatusOr<std::vector<v1::Contact>> FindOthersSharing(platform::Session& session,
                                                           const std::vector<v1::Contact>& contacts);

}  // namespace communique::contacts

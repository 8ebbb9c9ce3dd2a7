// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "communique/contacts/v1/consent.pb.h"
#include "communique/contacts/v1/erasure.pb.h"
#include "services/contacts/storage/contact_record.pb.h"
#include "services/contacts/storage/erasure_record.pb.h"
#include "services/contacts/usecases/environment.h"
#include "services/platform/storage/resource_rows.h"
#include "services/platform/storage/session.h"

namespace communique::contacts {

// A person, as far as this service knows: a contact and those that were merged into it.
struct ErasureSubject {
  std::string newsroom_uid;
  // The contact that was named first. After a purge, they have nothing but a name.
  std::vector<storage::ContactRecord> contacts;
  // Those that are not undone, which keep the contacts as they were.
  std::vector<storage::MergeRecord> merges;
  // Who else has one of its mailboxes or numbers (FindOthersSharing).
  std::vector<v1::Contact> others;

  const v1::Contact& contact() const { return contacts.front().contact(); }
  std::vector<std::string> names() const;
  // Every version of the contacts that is stored, in merges too.
  std::vector<v1::Contact> versions() const;
  // Those of the others that may be the person in another role: somebody must look at them.
  std::vector<std::string> other_roles() const;
};

// NOT_FOUND when there never was a contact of that name. Under a lock, nobody changes the contacts, or stores an
// address of theirs for another one, until the end of the transaction. Of an ERASED one, the contact alone.
absl::StatusOr<ErasureSubject> FindSubject(platform::Session& session, const std::string& contact,
                                           platform::RowLock lock = platform::RowLock::kNone);

// Every place where this service holds something about the person, and what an erasure does to it.
absl::StatusOr<std::vector<v1::ErasurePlace>> PlacesOf(const Environment& environment, platform::Session& session,
                                                       const ErasureSubject& subject);

// The suppressions of these newsrooms that one of its addresses is recognised by.
absl::StatusOr<std::vector<v1::Suppression>> SuppressionsIn(const Environment& environment, platform::Session& session,
                                                            const ErasureSubject& subject,
                                                            const std::vector<std::string>& newsroom_uids);

// Those of its newsroom and of those above, which are what keeps it from being written to.
absl::StatusOr<std::vector<v1::Suppression>> SuppressionsOf(const Environment& environment, platform::Session& session,
                                                            const ErasureSubject& subject);

// What to ask the releases service: about the person by every way in which texts may name it (domain/erasure_plan.h;
// without addresses that others have as well), and about each contact that lines may refer to.
std::vector<storage::ErasureStep> StepsOf(const ErasureSubject& subject);

}  // namespace communique::contacts

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "communique/releases/v1/edition.pb.h"
#include "communique/releases/v1/release.pb.h"
#include "services/platform/storage/session.h"
#include "services/releases/domain/kept_commitments.pb.h"
#include "services/releases/storage/edition_store.h"

// What looking for a person, and erasing one, needs of the tables: every release that may print a contact, all states
// of its editions, and what is kept beside its revisions.
namespace communique::releases {

// A release, and the newsroom it belongs to.
struct ReleaseKey {
  std::string newsroom_uid;
  std::string uid;
  std::string name;
};

// The uids of the newsrooms that may print contacts of `newsroom` (a name): itself, those below it, and those whose
// editions depend on `contact`, wherever they are now.
absl::StatusOr<std::vector<std::string>> FindPrintingNewsrooms(platform::Session& session, const std::string& newsroom,
                                                               const std::string& contact);

// The first releases of these newsrooms whose name is `from` or behind it, in the order of their names, at most
// `limit`; deleted ones too, but not those that are purged.
absl::StatusOr<std::vector<ReleaseKey>> FindReleasesFrom(platform::Session& session,
                                                         const std::vector<std::string>& newsroom_uids,
                                                         const std::string& from, int limit);

// All revisions of a release, by number.
using Revisions = std::map<std::int64_t, v1::ReleaseRevision>;
absl::StatusOr<Revisions> FindRevisions(platform::Session& session, const std::string& newsroom_uid,
                                        const v1::Release& release);

// What is kept beside them, by their number: nothing for those that need nothing.
using KeptByRevision = std::map<std::int64_t, internal::KeptCommitments>;
absl::StatusOr<KeptByRevision> FindKeptCommitments(platform::Session& session, const std::string& newsroom_uid,
                                                   const std::string& release_uid);
absl::Status ReplaceKeptCommitments(platform::Session& session, const std::string& newsroom_uid,
                                    const std::string& release_uid, const KeptByRevision& kept);

// A state of an edition, past, present or to come.
struct EditionRow {
  std::string uid;
  v1::Edition edition;
  v1::EditionCard card;
  // When the next one begins, or began; InfiniteFuture when none is decided.
  absl::Time public_until;
};

// All of a release, the newest first.
absl::StatusOr<std::vector<EditionRow>> FindEditionRows(platform::Session& session, const std::string& newsroom_uid,
                                                        const std::string& release_uid);

// Stores `row` in the place of what is stored under its uid. Its times and what it is called stay.
absl::Status RewriteEditionRow(platform::Session& session, const std::string& newsroom_uid, const EditionRow& row);

// The names of all editions that these releases have or had.
absl::StatusOr<std::vector<std::string>> FindEditionNames(platform::Session& session,
                                                          const std::vector<ReleaseKey>& releases);

}  // namespace communique::releases

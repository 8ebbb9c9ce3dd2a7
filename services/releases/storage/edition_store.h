// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/storage/session.h"
#include "services/releases/domain/edition_plan.h"
#include "services/releases/domain/visibility.h"

// The editions table: every state of every edition, past, present and to come, each row stored as exactly the bytes
// that a reader gets. A row is in force from public_since until public_until, the beginning of the edition's next row.
// Readers let the database pick the row and ask domain/visibility whether and how it may be shown.
namespace communique::releases {

// The release a set of editions belongs to.
struct EditionOwner {
  std::string newsroom_uid;
  std::string newsroom;  // the id
  std::string release_uid;
  std::string release_name;
};

// A row that is in force, as a reader needs it.
struct StoredEdition {
  std::string payload;  // v1::Edition without max_age
  std::string etag;
  Visibility visibility = Visibility::kAbsent;
  absl::Time public_until;  // when the next row begins; InfiniteFuture when none is decided
};

// An edition whose row began and that the public feed has not been told of.
struct DueEdition {
  std::string newsroom_uid;
  std::string newsroom;
  std::string release_uid;
  std::string name;
  std::int64_t number = 0;
  v1::Change::Verb verb = v1::Change::VERB_UNSPECIFIED;
  absl::Time public_since;
};

// Makes `plan` (see PlanEditions) the state of the release's editions from `now` on. Rows that have not begun go; a
// planned state that says what its edition shows already is passed over; the first one of an edition is a publication,
// whatever the plan calls it. Rows that begin at `now` are taken as announced: the caller appends them to the public
// feed; they are returned in the order of the plan.
absl::StatusOr<std::vector<PlannedEdition>> ReplaceEditions(platform::Session& session, const EditionOwner& owner,
                                                            const std::vector<PlannedEdition>& plan, absl::Time now);

// Takes out what has not begun: nothing of it was ever seen.
absl::Status RemoveFutureEditions(platform::Session& session, const EditionOwner& owner, absl::Time now);

// The edition `name` as it is to be read at `now`. Nothing when it is ABSENT.
absl::StatusOr<std::optional<StoredEdition>> FindEdition(platform::Session& session, const std::string& name,
                                                         absl::Time now);

// A language of a release, with what there is to read in it at `now`.
struct PublicLanguage {
  std::string locale;
  std::string name;
  Visibility visibility = Visibility::kAbsent;
};

// The languages of a release that are not ABSENT at `now`, in the order of their tags.
absl::StatusOr<std::vector<PublicLanguage>> FindLanguages(platform::Session& session, const std::string& release_name,
                                                          absl::Time now);

// When what readers of a newsroom's editions get (of all newsrooms', when `newsroom` is empty) changes next without
// anybody doing anything: the first row that begins after `now`. InfiniteFuture when none is decided.
absl::StatusOr<absl::Time> NextBoundary(platform::Session& session, const std::string& newsroom, absl::Time now);

// Rows that have begun and are not announced, in the order in which they began; of one release only when `release_uid`
// is given.
absl::StatusOr<std::vector<DueEdition>> FindDue(platform::Session& session, const std::string& release_uid,
                                                absl::Time now, int limit);

// Marks a row as announced. False when another process was quicker.
absl::StatusOr<bool> MarkAnnounced(platform::Session& session, const DueEdition& due);

// When the first row begins that is not announced; InfiniteFuture when there is none.
absl::StatusOr<absl::Time> NextDue(platform::Session& session);

// When the newest state of a release's editions that is known to have begun (is announced) began; InfinitePast when
// none has.
absl::StatusOr<absl::Time> LastBegun(platform::Session& session, const std::string& release_uid);

// When the next state of a release's editions begins after `now`; InfiniteFuture when none is decided.
absl::StatusOr<absl::Time> NextBeginning(platform::Session& session, const std::string& release_uid, absl::Time now);

// Whether another release's edition in `locale` that has been public at `now` has this slug.
absl::StatusOr<bool> IsSlugTaken(platform::Session& session, const EditionOwner& owner, const std::string& locale,
                                 const std::string& slug, absl::Time now);

}  // namespace communique::releases

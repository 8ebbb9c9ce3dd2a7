// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/platform/storage/session.h"
#include "services/releases/domain/edition_plan.h"
#include "services/releases/domain/lifecycle.h"
#include "services/releases/storage/edition_store.h"
#include "services/releases/storage/release_record.pb.h"
#include "services/releases/usecases/environment.h"

namespace communique::releases {

struct ContactAnswers;

// What the caller of a verb says besides the verb's own arguments.
struct VerbCall {
  const Caller& caller;
  Verb verb;
  const std::string& name;
  const std::string& etag;
  const std::string& request_id;
  bool validate_only = false;
  // The request as it came, to tell a repetition from another request under the same request_id.
  const google::protobuf::Message& request;
};

// A release in the middle of a verb's transaction.
struct OpenRelease {
  platform::Session& session;
  const Actor& actor;
  const v1::Newsroom& newsroom;
  const EditionOwner& owner;
  storage::ReleaseRecord& record;
  // What the verb has done, for the feeds: set by the verb. Left unspecified when it has changed nothing: then nothing
  // is written.
  v1::Change::Verb done = v1::Change::VERB_UNSPECIFIED;
  // Editions that change for readers now, in order.
  std::vector<PlannedEdition> begun;
  // When the first state would have begun that the verb has decided anew; InfiniteFuture when there was none.
  absl::Time overruled = absl::InfiniteFuture();

  // The verb has changed what readers get and nothing of the release itself, which keeps its etag.
  bool keeps_release = false;
  // What lines print that refer to contacts is decided in another way than before.
  bool lines_changed = false;

  v1::Release& release() { return *record.mutable_release(); }
};

// Carries out a verb on one release in one transaction: sees that the request is not a repetition, that the caller has
// seen the release as it is (etag) and that its state allows the verb; lets `change` work on the record, which nobody
// else changes meanwhile; saves it and appends to both feeds. On any error, and with validate_only, nothing is changed.
// Returns the release as callers see it.
absl::StatusOr<Written<v1::Release>> ChangeRelease(const Environment& environment, const VerbCall& call,
                                                   const std::function<absl::Status(OpenRelease&)>& change);

// Makes what is decided about the release, as the record says it now, what its readers get from now on; notes what
// changes at once in `begun`. `verb` is what the public feed calls it. Lines that refer to contacts are decided by
// `answers`; without them (null) they stay as they were, so the texts must have been published before.
absl::Status DecideEditions(OpenRelease& open, v1::Change::Verb verb, ContactAnswers* answers = nullptr);

// The same where nothing but what lines print may have changed: when it has not, nothing is done.
absl::Status DecideEditionsOfNewLines(OpenRelease& open, ContactAnswers& answers);

// The same by what `lines` say, without asking anybody: they are stored already.
absl::Status DecideEditionsByLines(OpenRelease& open, const PrintedLines& lines);

// The frozen text of a revision (its name).
absl::StatusOr<FrozenText> LoadFrozenText(OpenRelease& open, const std::string& revision);

}  // namespace communique::releases

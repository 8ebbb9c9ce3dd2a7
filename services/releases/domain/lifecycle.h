// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "communique/releases/v1/newsroom.pb.h"
#include "communique/releases/v1/release.pb.h"

// The state machine of a release, as functions over the stored message. Two sides: the review of the working content
// and the public life. Stored, `state` says SCHEDULED for everything that is decided and not taken down; whether that
// is SCHEDULED or PUBLISHED is a matter of the clock, told by At and never stored.
namespace communique::releases {

enum class Verb {
  kEdit,
  kSubmit,
  kReturn,
  kApprove,
  kPublish,
  kCorrect,
  kWithdraw,
  kReinstate,
  kDelete,
  kUndelete,
  kRefresh  // no caller's: what editions show of others' resources follows those
};

// "SubmitRelease": the RPC that does the verb.
std::string_view VerbName(Verb verb);

// Where a release stands.
struct Standing {
  enum class Review { kNone, kDraft, kInReview, kApproved };
  enum class Life { kUndecided, kScheduled, kPublic, kWithdrawn, kRetracted, kDeleted, kUnknown };

  Review review = Review::kNone;  // of the working content; none: it is the live one
  Life life = Life::kUndecided;

  friend bool operator==(const Standing&, const Standing&) = default;
};

// Where the stored `release` stands at `now`.
Standing At(const v1::Release& release, absl::Time now);

// `release` as a caller sees it at `now`: SCHEDULED has become PUBLISHED when its time has come.
void SetStateAt(v1::Release& release, absl::Time now);

// Whether `verb` is allowed; else FAILED_PRECONDITION (INVALID_TRANSITION or EVER_PUBLIC; for undeleting what is not
// deleted ALREADY_EXISTS) that says in which state the release is and what would have to be done first. The table of
// releases.md, "Transitions", is this function.
absl::Status CheckVerb(Verb verb, const v1::Release& release, absl::Time now);

// Who does something, and when (on the database's clock).
struct Actor {
  std::string principal;
  absl::Time now;
};

// Each function below is the change that one verb makes to the stored release; CheckVerb has been asked before.

// The content has changed: the review begins again, and the approval is void.
void ContentChanged(const Actor& actor, v1::Release& release);
// `revision` is the name of the frozen content: a new one, or the latest if that has the same digest.
void Submitted(std::string_view revision, v1::Release& release);
// The review ends without approval. When nothing is in review, a schedule is cancelled with everything that belongs to
// it.
void Returned(const Actor& actor, std::string_view comment, absl::Time now, v1::Release& release);
// Checks the newsroom's rule about who may approve, then records the approval of the latest revision.
absl::Status Approve(const Actor& actor, std::string_view digest, const v1::NewsroomPolicy& policy,
                     v1::Release& release);
// The latest, approved revision is the live one from now on.
void Decided(v1::Release& release);
void Deleted(const Actor& actor, absl::Time purge_time, v1::Release& release);
void Undeleted(v1::Release& release);

// Whether the release is bound by an approval of exactly `digest`.
bool IsApproved(const v1::Release& release, std::string_view digest);

}  // namespace communique::releases

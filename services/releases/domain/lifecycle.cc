// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/lifecycle.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/platform/base/string_view.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/errors/error.h"

namespace communique::releases {
namespace {

using Life = Standing::Life;
using Review = Standing::Review;
using platform::Reason;

Review ReviewOf(v1::Release::State state) {
  switch (state) {
    case v1::Release::STATE_DRAFT:
      return Review::kDraft;
    case v1::Release::STATE_IN_REVIEW:
      return Review::kInReview;
    case v1::Release::STATE_APPROVED:
      return Review::kApproved;
    default:
      return Review::kNone;
  }
}

bool IsUndecided(v1::Release::State state) { return ReviewOf(state) != Review::kNone; }

// Sets the side of the release that the review is told on.
void SetReview(v1::Release::State state, v1::Release& release) {
  if (IsUndecided(release.state())) {
    release.set_state(state);
  } else {
    release.set_pending_state(state);
  }
}

bool Allowed(Verb verb, const Standing& standing) {
  const auto [review, life] = standing;
  switch (verb) {
    case Verb::kEdit:
      return life == Life::kUndecided || life == Life::kScheduled || life == Life::kPublic || life == Life::kWithdrawn;
    case Verb::kSubmit:
      return review == Review::kDraft;
    case Verb::kReturn:
      return review == Review::kInReview || review == Review::kApproved || life == Life::kScheduled;
    case Verb::kApprove:
      return review == Review::kInReview;
    case Verb::kPublish:
      // A schedule may be replaced by a newer approved text, not by one that is still being looked at.
      if (life == Life::kScheduled) return review == Review::kNone || review == Review::kApproved;
      return (life == Life::kUndecided && review == Review::kApproved) || life == Life::kPublic;
    case Verb::kCorrect:
      return (life == Life::kPublic || life == Life::kWithdrawn) && review == Review::kApproved;
    case Verb::kRefresh:
      return true;
    case Verb::kWithdraw:
      return life == Life::kPublic || life == Life::kWithdrawn;
    case Verb::kReinstate:
      return life == Life::kPublic || life == Life::kWithdrawn;
    case Verb::kDelete:
      return life == Life::kUndecided;
    case Verb::kUndelete:
      return life == Life::kDeleted;
  }
  return false;
}

std::string Words(v1::Release::State state) {
  const std::string name = v1::Release::State_Name(state);
  return name.empty() ? "in a state of a later version" : std::string(absl::StripPrefix(name, "STATE_"));
}

std::string StateName(const v1::Release& release, absl::Time now) {
  v1::Release seen;
  seen.set_state(release.state());
  if (release.has_public_since()) *seen.mutable_public_since() = release.public_since();
  SetStateAt(seen, now);
  std::string name = Words(seen.state());
  if (release.pending_state() != v1::Release::STATE_UNSPECIFIED) {
    absl::StrAppend(&name, " with a text in ", Words(release.pending_state()));
  }
  return name;
}

std::string_view WhatWouldBeRight(Verb verb, const Standing& standing) {
  const auto [review, life] = standing;
  if (life == Life::kDeleted) return "undelete it first";
  if (life == Life::kRetracted) return "what was retracted stays as it is; write a new release";
  switch (verb) {
    case Verb::kEdit:
      return "it cannot be changed";
    case Verb::kSubmit:
      return review == Review::kNone ? "there is no change to submit; edit it first"
                                     : "it is submitted already; return it to change it";
    case Verb::kReturn:
      return "there is nothing in review and no schedule to cancel";
    case Verb::kApprove:
      return review == Review::kApproved ? "it is approved already" : "submit it first";
    case Verb::kPublish:
      if (life == Life::kWithdrawn) return "reinstate it";
      return review == Review::kInReview ? "approve it first" : "submit it and have it approved first";
    case Verb::kCorrect:
      if (life == Life::kUndecided || life == Life::kScheduled) return "it is not public yet; edit and publish it";
      return review == Review::kInReview ? "approve the change first" : "edit it, submit it and have it approved first";
    case Verb::kWithdraw:
      return life == Life::kScheduled ? "it is not public yet; return it to cancel the schedule" : "it is not public";
    case Verb::kReinstate:
      return "it is not withdrawn";
    case Verb::kDelete:
      return life == Life::kScheduled ? "return it first, which cancels the schedule" : "withdraw it instead";
    case Verb::kUndelete:
      return "it is not deleted";
    case Verb::kRefresh:
      break;
  }
  return "";
}

}  // namespace

std::string_view VerbName(Verb verb) {
  switch (verb) {
    case Verb::kEdit:
      return "UpdateRelease";
    case Verb::kSubmit:
      return "SubmitRelease";
    case Verb::kReturn:
      return "ReturnRelease";
    case Verb::kApprove:
      return "ApproveRelease";
    case Verb::kPublish:
      return "PublishRelease";
    case Verb::kCorrect:
      return "CorrectRelease";
    case Verb::kWithdraw:
      return "WithdrawRelease";
    case Verb::kReinstate:
      return "ReinstateRelease";
    case Verb::kDelete:
      return "DeleteRelease";
    case Verb::kUndelete:
      return "UndeleteRelease";
    case Verb::kRefresh:
      return "";
  }
  return "";
}

Standing At(const v1::Release& release, absl::Time now) {
  switch (release.state()) {
    case v1::Release::STATE_DRAFT:
    case v1::Release::STATE_IN_REVIEW:
    case v1::Release::STATE_APPROVED:
      return {ReviewOf(release.state()), Life::kUndecided};
    case v1::Release::STATE_SCHEDULED:
    case v1::Release::STATE_PUBLISHED: {
      const bool is_public = release.has_public_since() && platform::FromTimestamp(release.public_since()) <= now;
      return {ReviewOf(release.pending_state()), is_public ? Life::kPublic : Life::kScheduled};
    }
    case v1::Release::STATE_WITHDRAWN:
      return {ReviewOf(release.pending_state()), Life::kWithdrawn};
    case v1::Release::STATE_RETRACTED:
      return {Review::kNone, Life::kRetracted};
    case v1::Release::STATE_DELETED:
      return {Review::kNone, Life::kDeleted};
    default:
      return {Review::kNone, Life::kUnknown};
  }
}

void SetStateAt(v1::Release& release, absl::Time now) {
  const Standing standing = At(release, now);
  if (standing.life == Life::kScheduled) release.set_state(v1::Release::STATE_SCHEDULED);
  if (standing.life == Life::kPublic) release.set_state(v1::Release::STATE_PUBLISHED);
}

absl::Status CheckVerb(Verb verb, const v1::Release& release, absl::Time now) {
  const Standing standing = At(release, now);
  if (Allowed(verb, standing)) return absl::OkStatus();
  const bool ever_public =
      verb == Verb::kDelete && (standing.life == Life::kPublic || standing.life == Life::kWithdrawn);
  const std::string state = StateName(release, now);
  // AIP-164: there is one of that name.
  if (verb == Verb::kUndelete && standing.life != Life::kUnknown) {
    return platform::MakeError(
        absl::StatusCode::kAlreadyExists, Reason::ERROR_REASON_ALREADY_EXISTS,
        absl::StrCat(release.name(), " is ", state, ", so UndeleteRelease is not possible: it is not deleted"),
        {{"resource", release.name()}});
  }
  return platform::FailedPrecondition(
      ever_public ? Reason::ERROR_REASON_EVER_PUBLIC : Reason::ERROR_REASON_INVALID_TRANSITION, release.name(),
      absl::StrCat(release.name(), " is ", state, ", so ", platform::ToAbsl(VerbName(verb)),
                   " is not possible: ", platform::ToAbsl(WhatWouldBeRight(verb, standing))),
      {{"state", state}, {"verb", VerbName(verb)}});
}

void ContentChanged(const Actor& actor, v1::Release& release) {
  SetReview(v1::Release::STATE_DRAFT, release);
  release.clear_approval();
  release.set_last_editor(actor.principal);
}

void Submitted(std::string_view revision, v1::Release& release) {
  SetReview(v1::Release::STATE_IN_REVIEW, release);
  release.set_latest_revision(std::string(revision));
  release.clear_approval();
  release.clear_review_comment();
}

void Returned(const Actor& actor, std::string_view comment, absl::Time now, v1::Release& release) {
  const Standing standing = At(release, now);
  if (standing.review == Review::kInReview || standing.review == Review::kApproved) {
    SetReview(v1::Release::STATE_DRAFT, release);
  } else {
    release.set_state(v1::Release::STATE_DRAFT);
    release.clear_pending_state();
    release.clear_live_revision();
    release.clear_public_since();
    release.clear_editions();
  }
  release.clear_approval();
  auto& review = *release.mutable_review_comment();
  review.set_text(std::string(comment));
  review.set_reviewer(actor.principal);
  *review.mutable_time() = platform::ToTimestamp(actor.now);
}

absl::Status Approve(const Actor& actor, std::string_view digest, const v1::NewsroomPolicy& policy,
                     v1::Release& release) {
  if (!policy.allow_self_approval() && release.last_editor() == actor.principal) {
    return platform::FailedPrecondition(
        Reason::ERROR_REASON_APPROVER_IS_LAST_EDITOR, release.name(),
        "the newsroom wants a second person to approve, and you edited this text last; ask somebody else");
  }
  SetReview(v1::Release::STATE_APPROVED, release);
  auto& approval = *release.mutable_approval();
  approval.set_revision(release.latest_revision());
  approval.set_digest(std::string(digest));
  approval.set_approver(actor.principal);
  *approval.mutable_time() = platform::ToTimestamp(actor.now);
  return absl::OkStatus();
}

void Decided(v1::Release& release) {
  release.set_live_revision(release.latest_revision());
  if (IsUndecided(release.state())) release.set_state(v1::Release::STATE_SCHEDULED);
  release.clear_pending_state();
}

void Deleted(const Actor& actor, absl::Time purge_time, v1::Release& release) {
  release.set_state(v1::Release::STATE_DELETED);
  *release.mutable_delete_time() = platform::ToTimestamp(actor.now);
  *release.mutable_purge_time() = platform::ToTimestamp(purge_time);
}

void Undeleted(v1::Release& release) {
  release.set_state(v1::Release::STATE_DRAFT);
  release.clear_delete_time();
  release.clear_purge_time();
  release.clear_approval();
}

bool IsApproved(const v1::Release& release, std::string_view digest) {
  return release.has_approval() && release.approval().revision() == release.latest_revision() &&
         release.approval().digest() == digest;
}

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/review_release.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/errors/error.h"
#include "services/platform/locale/text.h"
#include "services/platform/resources/field_checks.h"
#include "services/releases/domain/content_validation.h"
#include "services/releases/domain/digest.h"
#include "services/releases/domain/lifecycle.h"
#include "services/releases/domain/names.h"
#include "services/releases/storage/release_store.h"
#include "services/releases/usecases/boilerplate_texts.h"
#include "services/releases/usecases/change_release.h"
#include "services/releases/usecases/print_lines.h"

namespace communique::releases {
namespace {

using platform::FailedPrecondition;
using platform::Reason;

constexpr std::size_t kMaxCommentCharacters = 5000;

// Takes the approval off the latest revision, if it has one: it must be looked at again.
absl::Status VoidApproval(OpenRelease& open) {
  const v1::Release& release = open.release();
  const auto name = ReleaseRevisionName::Parse(release.latest_revision());
  if (!name) return absl::OkStatus();
  auto revision = FindRevision(open.session, open.owner.newsroom_uid, release, *name->Number());
  if (!revision.ok()) return revision.status();
  if (!revision->has_approval()) return absl::OkStatus();
  revision->clear_approval();
  return UpdateRevision(open.session, open.owner.newsroom_uid, release, *name->Number(), *revision);
}

absl::Status Submit(OpenRelease& open, ContactAnswers& answers) {
  v1::Release& release = open.release();
  v1::ReleaseContent frozen = release.content();
  ClearBlockEtags(frozen);
  if (auto status = CheckComplete(release.name(), frozen); !status.ok()) return status;
  if (auto status = PinBoilerplates(open.session, frozen); !status.ok()) return status;
  if (auto status = WriteLines(open, frozen, answers); !status.ok()) return status;
  const auto digest = ContentDigest(frozen, open.record.digest_key());
  if (!digest.ok()) return digest.status();
  KeepPins(frozen, open.record);
  KeepLines(frozen, open.record);

  open.done = v1::Change::VERB_SUBMITTED;
  if (!release.latest_revision().empty()) {
    const auto latest = LoadFrozenText(open, release.latest_revision());
    if (!latest.ok()) return latest.status();
    // Not by digests: the key, or their version, may be another one since.
    if (SameContent(latest->content, frozen)) {
      Submitted(release.latest_revision(), release);
      return VoidApproval(open);
    }
  }
  const std::int64_t number = open.record.revisions() + 1;
  v1::ReleaseRevision revision;
  revision.set_name(ReleaseRevisionName{*ReleaseName::Parse(release.name()), absl::StrCat(number)}.ToString());
  *revision.mutable_content() = std::move(frozen);
  revision.set_digest(*digest);
  revision.set_digest_version(kDigestVersion);
  *revision.mutable_create_time() = platform::ToTimestamp(open.actor.now);
  revision.set_creator(open.actor.principal);
  const auto status = InsertRevision(open.session, open.owner.newsroom_uid, release, number, revision);
  if (!status.ok()) return status;
  open.record.set_revisions(number);
  Submitted(revision.name(), release);
  return absl::OkStatus();
}

absl::Status Approve(OpenRelease& open, const v1::ApproveReleaseRequest& request) {
  v1::Release& release = open.release();
  const std::string& wanted = request.revision();
  if (!wanted.empty() && wanted != release.latest_revision()) {
    return FailedPrecondition(Reason::ERROR_REASON_APPROVAL_MISSING, release.name(),
                              absl::StrCat("the latest revision is ", release.latest_revision(), ", not ",
                                           platform::Excerpt(wanted, 200), "; look at that one and approve it"));
  }
  const auto name = ReleaseRevisionName::Parse(release.latest_revision());
  auto revision = FindRevision(open.session, open.owner.newsroom_uid, release, *name->Number());
  if (!revision.ok()) return revision.status();
  const auto status = Approve(open.actor, revision->digest(), open.newsroom.policy(), release);
  if (!status.ok()) return status;
  *revision->mutable_approval() = release.approval();
  open.done = v1::Change::VERB_APPROVED;
  return UpdateRevision(open.session, open.owner.newsroom_uid, release, *name->Number(), *revision);
}

absl::Status Return(OpenRelease& open, const std::string& comment) {
  platform::FieldViolations violations;
  CheckText("comment", comment, {kMaxCommentCharacters, true}, violations);
  if (!violations.empty()) return violations.ToStatus();
  const bool had_schedule = At(open.release(), open.actor.now).life == Standing::Life::kScheduled;
  Returned(open.actor, comment, open.actor.now, open.release());
  open.done = v1::Change::VERB_RETURNED;
  if (auto status = VoidApproval(open); !status.ok()) return status;
  const bool cancelled = had_schedule && open.release().editions().empty();
  return cancelled ? DecideEditions(open, v1::Change::VERB_RETURNED) : absl::OkStatus();
}

}  // namespace

absl::StatusOr<Written<v1::Release>> SubmitRelease(const Environment& environment, const Caller& caller,
                                                   const v1::SubmitReleaseRequest& request) {
  return WithContactAnswers(environment, caller, request.name(), [&](ContactAnswers& answers) {
    return ChangeRelease(
        environment,
        {caller, Verb::kSubmit, request.name(), request.etag(), request.request_id(), request.validate_only(), request},
        [&](OpenRelease& open) { return Submit(open, answers); });
  });
}

absl::StatusOr<Written<v1::Release>> ReturnRelease(const Environment& environment, const Caller& caller,
                                                   const v1::ReturnReleaseRequest& request) {
  return ChangeRelease(
      environment,
      {caller, Verb::kReturn, request.name(), request.etag(), request.request_id(), request.validate_only(), request},
      [&](OpenRelease& open) { return Return(open, request.comment()); });
}

absl::StatusOr<Written<v1::Release>> ApproveRelease(const Environment& environment, const Caller& caller,
                                                    const v1::ApproveReleaseRequest& request) {
  return ChangeRelease(
      environment,
      {caller, Verb::kApprove, request.name(), request.etag(), request.request_id(), request.validate_only(), request},
      [&](OpenRelease& open) { return Approve(open, request); });
}

}  // namespace communique::releases

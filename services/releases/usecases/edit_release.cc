// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/edit_release.h"

#include <google/protobuf/util/message_differencer.h>

#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/errors/error.h"
#include "services/platform/resources/field_mask.h"
#include "services/releases/domain/blocks.h"
#include "services/releases/domain/content_validation.h"
#include "services/releases/domain/digest.h"
#include "services/releases/domain/erase_person.h"
#include "services/releases/domain/lifecycle.h"
#include "services/releases/domain/release_validation.h"
#include "services/releases/domain/visibility.h"
#include "services/releases/usecases/boilerplate_texts.h"
#include "services/releases/usecases/change_release.h"
#include "services/releases/usecases/print_lines.h"

namespace communique::releases {
namespace {

using google::protobuf::util::MessageDifferencer;
using platform::Reason;

constexpr int kMaxBlockChanges = 100;

bool SameTiming(const v1::Release& a, const v1::Release& b) {
  return MessageDifferencer::Equals(a.publish_time(), b.publish_time()) && a.has_embargo() == b.has_embargo() &&
         MessageDifferencer::Equals(a.embargo(), b.embargo());
}

// What stands around the content and is shown to readers with it.
bool SameEnvelope(const v1::Release& a, const v1::Release& b) {
  v1::Release left, right;
  for (auto [from, to] : {std::pair(&a, &left), std::pair(&b, &right)}) {
    *to->mutable_topics() = from->topics();
    to->set_reference_number(from->reference_number());
  }
  return MessageDifferencer::Equals(left, right);
}

absl::Status CheckContent(const Environment& environment, const v1::Newsroom& newsroom,
                          storage::ReleaseRecord& record) {
  v1::Release& release = *record.mutable_release();
  record.set_last_part_number(NormalizeContent(newsroom, record.last_part_number(), *release.mutable_content()));
  return ValidateContent("release.content", release.content(), newsroom, environment.limits.content);
}

// What readers get, or when, is decided: to change it is to publish.
absl::Status CheckMayPublish(const Caller& caller, const v1::Release& release, std::string_view what) {
  if (caller.May(common::v1::PERMISSION_PUBLISH)) return absl::OkStatus();
  return platform::MakeError(absl::StatusCode::kPermissionDenied, Reason::ERROR_REASON_PERMISSION_DENIED,
                             absl::StrCat("the publication of ", release.name(), " is decided: to change ",
                                          platform::ToAbsl(what), " you need PERMISSION_PUBLISH"),
                             {{"permission", "PERMISSION_PUBLISH"}});
}

// Publish time and embargo: free before publication is decided; once it is, they move the editions that have not begun,
// which takes the right to decide about publication; never once the release is public.
absl::Status ChangeTiming(const Caller& caller, OpenRelease& open) {
  v1::Release& release = open.release();
  const auto life = At(release, open.actor.now).life;
  if (life == Standing::Life::kUndecided) return absl::OkStatus();
  if (life != Standing::Life::kScheduled) {
    return platform::FailedPrecondition(
        Reason::ERROR_REASON_EMBARGO_AFTER_PUBLICATION, release.name(),
        absl::StrCat(release.name(),
                     " is public: its publish time and embargo cannot be changed any more; withdraw it"));
  }
  if (auto status = CheckMayPublish(caller, release, "when it becomes public"); !status.ok()) return status;
  const absl::Time since = PublicSince(open.actor.now, release);
  if (since != absl::InfiniteFuture()) {
    if (auto status = CheckStillPrintable(open, since); !status.ok()) return status;
  }
  release.clear_public_since();
  if (since != absl::InfiniteFuture()) *release.mutable_public_since() = platform::ToTimestamp(since);
  for (auto& summary : *release.mutable_editions()) {
    summary.clear_public_since();
    summary.clear_update_time();
    if (since == absl::InfiniteFuture()) continue;
    *summary.mutable_public_since() = platform::ToTimestamp(since);
    *summary.mutable_update_time() = platform::ToTimestamp(since);
  }
  return absl::OkStatus();
}

absl::Status Update(const Environment& environment, const Caller& caller, const v1::UpdateReleaseRequest& request,
                    OpenRelease& open) {
  const v1::Release before = open.release();
  v1::Release& release = open.release();
  v1::Release given = request.release();
  const bool pins_shown = At(before, open.actor.now).review != Standing::Review::kDraft;
  if (pins_shown && given.has_content()) {
    ForgetPins(open.record, *given.mutable_content());
    ForgetLines(open.record, *given.mutable_content());
  }
  if (auto status = platform::ApplyUpdate(given, request.update_mask(), release); !status.ok()) return status;
  KeepMarks(before.content().contact_lines(), *release.mutable_content()->mutable_contact_lines());

  platform::FieldViolations violations;
  violations.Merge("release", NormalizeRelease(open.newsroom, release));
  violations.Merge("release", ValidateRelease(release));
  violations.Merge("", CheckContent(environment, open.newsroom, open.record));
  if (!violations.empty()) return violations.ToStatus();

  const bool new_timing = !SameTiming(before, release);
  const bool new_envelope = !SameEnvelope(before, release);
  if (!SameContent(before.content(), release.content())) ContentChanged(open.actor, release);
  if (new_timing) {
    if (auto status = ChangeTiming(caller, open); !status.ok()) return status;
  }
  if (MessageDifferencer::Equals(before, release)) return absl::OkStatus();
  open.done = v1::Change::VERB_UPDATED;
  const bool decided = At(release, open.actor.now).life != Standing::Life::kUndecided;
  if (!decided || !(new_timing || new_envelope)) return absl::OkStatus();
  // Readers get topics and number with the text, but nobody approves them.
  if (auto status = CheckMayPublish(caller, release, "its topics and reference number"); !status.ok()) return status;
  return DecideEditions(open, v1::Change::VERB_UPDATED);
}

absl::Status UpdateBlocks(const Environment& environment, const v1::BatchUpdateBlocksRequest& request,
                          OpenRelease& open) {
  if (request.changes().empty() || request.changes_size() > kMaxBlockChanges) {
    return platform::InvalidField("changes", absl::StrCat("must be 1 to ", kMaxBlockChanges));
  }
  v1::Release& release = open.release();
  const v1::ReleaseContent before = release.content();
  if (auto status = ApplyBlockChanges(request.changes(), *release.mutable_content()); !status.ok()) return status;
  if (auto status = CheckContent(environment, open.newsroom, open.record); !status.ok()) return status;
  if (SameContent(before, release.content())) return absl::OkStatus();
  ContentChanged(open.actor, release);
  open.done = v1::Change::VERB_UPDATED;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Written<v1::Release>> UpdateRelease(const Environment& environment, const Caller& caller,
                                                   const v1::UpdateReleaseRequest& request) {
  return ChangeRelease(environment,
                       {caller, Verb::kEdit, request.release().name(), request.release().etag(), request.request_id(),
                        request.validate_only(), request},
                       [&](OpenRelease& open) { return Update(environment, caller, request, open); });
}

absl::StatusOr<Written<v1::Release>> BatchUpdateBlocks(const Environment& environment, const Caller& caller,
                                                       const v1::BatchUpdateBlocksRequest& request) {
  // The blocks carry their own etags; somebody else's change of another block is no obstacle.
  static const std::string kNoEtag;
  return ChangeRelease(
      environment,
      {caller, Verb::kEdit, request.name(), kNoEtag, request.request_id(), request.validate_only(), request},
      [&](OpenRelease& open) { return UpdateBlocks(environment, request, open); });
}

}  // namespace communique::releases

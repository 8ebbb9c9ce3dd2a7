// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/change_release.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/idempotency.h"
#include "services/platform/verbs/write_once.h"
#include "services/releases/domain/names.h"
#include "services/releases/storage/edition_store.h"
#include "services/releases/storage/feed.h"
#include "services/releases/storage/newsroom_store.h"
#include "services/releases/storage/release_store.h"
#include "services/releases/usecases/present_release.h"
#include "services/releases/usecases/print_lines.h"

namespace communique::releases {
namespace {

using platform::Reason;
using platform::Session;

// What is decided is not changed in the last seconds before it begins: a commit takes a moment, and processes whose
// clock is a little ahead may show it already. What was public once is never as if it had not been.
constexpr absl::Duration kTooLate = absl::Seconds(2);

// A verb's instant: behind what has begun, so that states follow each other also when another process, whose clock was
// ahead, made the last one.
absl::StatusOr<absl::Time> InstantFor(Session& session, const std::string& release_uid, absl::Time now) {
  const auto last = LastBegun(session, release_uid);
  if (!last.ok()) return last.status();
  return now < *last ? *last + absl::Microseconds(1) : now;
}

// Asked when nothing is left to be waited for: a transaction may have waited for others until it was too late.
absl::Status CheckNotImminent(const v1::Release& release, absl::Time next, absl::Time now) {
  if (next > now + kTooLate) return absl::OkStatus();
  return platform::Unavailable(Reason::ERROR_REASON_CONTENTION,
                               absl::StrCat(release.name(),
                                            " becomes public within two seconds: what is decided about it "
                                            "cannot be changed now; try again when it is public"),
                               kTooLate + absl::Seconds(1));
}

absl::Status CheckEtag(const VerbCall& call, const v1::Release& release) {
  if (call.etag.empty() || call.etag == release.etag()) return absl::OkStatus();
  return platform::EtagMismatch(release.name(), release.etag());
}

// What the feeds are told first: what became public before, and was not announced.
platform::ChangeSet Announcements(const std::vector<DueEdition>& due) {
  platform::ChangeSet changes;
  for (const DueEdition& edition : due) {
    changes.internal.push_back(MakeChange(edition.name, edition.release_uid, edition.verb));
  }
  changes.made_public = changes.internal;
  return changes;
}

// What has become public since the last look is told before what is done now.
absl::StatusOr<std::vector<DueEdition>> TakeDue(Session& session, const std::string& release_uid, absl::Time now) {
  constexpr int kMostEditions = 1000;
  auto due = FindDue(session, release_uid, now, kMostEditions);
  if (!due.ok()) return due.status();
  std::vector<DueEdition> taken;
  for (DueEdition& edition : *due) {
    const auto marked = MarkAnnounced(session, edition);
    if (!marked.ok()) return marked.status();
    if (*marked) taken.push_back(std::move(edition));
  }
  return taken;
}

// The texts of the editions that are decided.
absl::StatusOr<FrozenTexts> LoadTexts(OpenRelease& open) {
  FrozenTexts texts;
  for (const auto& summary : open.release().editions()) {
    const std::pair key(summary.revision(), summary.locale());
    if (texts.contains(key)) continue;
    auto text = LoadFrozenText(open, summary.revision());
    if (!text.ok()) return text.status();
    texts.emplace(key, *std::move(text));
  }
  return texts;
}

absl::Status ReplaceBy(OpenRelease& open, const FrozenTexts& texts, const PrintedLines& lines, v1::Change::Verb verb) {
  const auto next = NextBeginning(open.session, open.owner.release_uid, open.actor.now);
  if (!next.ok()) return next.status();
  open.overruled = std::min(open.overruled, *next);
  const auto plan = PlanEditions(open.release(), open.newsroom, texts, lines, verb, open.actor.now);
  auto begun = ReplaceEditions(open.session, open.owner, plan, open.actor.now);
  if (!begun.ok()) return begun.status();
  open.begun = *std::move(begun);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<FrozenText> LoadFrozenText(OpenRelease& open, const std::string& revision) {
  const auto name = ReleaseRevisionName::Parse(revision);
  if (!name || !name->Number()) {
    return platform::InternalError(
        absl::StrCat("\"", revision, "\" is not a stored revision of ", open.release().name()));
  }
  auto found = FindRevision(open.session, open.owner.newsroom_uid, open.release(), *name->Number());
  if (!found.ok()) return found.status();
  return FrozenText{std::move(*found->mutable_content()), found->digest()};
}

absl::Status DecideEditions(OpenRelease& open, v1::Change::Verb verb, ContactAnswers* answers) {
  const auto texts = LoadTexts(open);
  if (!texts.ok()) return texts.status();
  const auto lines = DecideLines(open, *texts, answers);
  if (!lines.ok()) return lines.status();
  return ReplaceBy(open, *texts, *lines, verb);
}

absl::Status DecideEditionsOfNewLines(OpenRelease& open, ContactAnswers& answers) {
  const auto texts = LoadTexts(open);
  if (!texts.ok()) return texts.status();
  const auto lines = DecideLines(open, *texts, &answers);
  if (!lines.ok()) return lines.status();
  if (!open.lines_changed) return absl::OkStatus();
  // Also where nobody reads anything new yet: who keeps an answer must hear until when it is good.
  open.done = v1::Change::VERB_UPDATED;
  open.keeps_release = true;
  return ReplaceBy(open, *texts, *lines, v1::Change::VERB_UPDATED);
}

absl::Status DecideEditionsByLines(OpenRelease& open, const PrintedLines& lines) {
  const auto texts = LoadTexts(open);
  if (!texts.ok()) return texts.status();
  return ReplaceBy(open, *texts, lines, v1::Change::VERB_UPDATED);
}

absl::StatusOr<Written<v1::Release>> ChangeRelease(const Environment& environment, const VerbCall& call,
                                                   const std::function<absl::Status(OpenRelease&)>& change) {
  const auto name = ReleaseName::Parse(call.name);
  if (!name) return InvalidName("name", call.name, kReleasePattern);
  const std::string newsroom_name = NewsroomName{name->newsroom}.ToString();

  const auto work = [&](Session& session, absl::Time) -> absl::StatusOr<Written<v1::Release>> {
    const auto newsroom = FindNewsroom(session, newsroom_name);
    if (absl::IsNotFound(newsroom.status())) return platform::NotFound("release", call.name);
    if (!newsroom.ok()) return newsroom.status();
    auto record = FindRelease(session, newsroom->uid(), call.name, platform::RowLock::kForUpdate);
    if (!record.ok()) return record.status();
    // Only now: it may have taken a while until everybody else was done with the release.
    const auto now = InstantFor(session, record->release().uid(), platform::ToStoredPrecision(environment.clock.Now()));
    if (!now.ok()) return now.status();
    if (auto status = CheckEtag(call, record->release()); !status.ok()) return status;
    if (auto status = CheckVerb(call.verb, record->release(), *now); !status.ok()) return status;
    const auto due = TakeDue(session, record->release().uid(), *now);
    if (!due.ok()) return due.status();

    const Actor actor{call.caller.principal, *now};
    const EditionOwner owner{newsroom->uid(), name->newsroom, record->release().uid(), call.name};
    OpenRelease open{session, actor, *newsroom, owner, *record};
    if (auto status = change(open); !status.ok()) return status;

    if (open.done == v1::Change::VERB_UNSPECIFIED && due->empty()) {
      auto unchanged = PresentRelease(session, *record, *now);
      if (!unchanged.ok()) return unchanged.status();
      return Written<v1::Release>{*std::move(unchanged)};
    }
    const platform::WriteStamp stamp{call.caller.principal, call.caller.request_id, *now};
    platform::ChangeSet changes = Announcements(*due);
    if (open.done != v1::Change::VERB_UNSPECIFIED) {
      if (!open.keeps_release) {
        if (auto status = UpdateRelease(session, newsroom->uid(), stamp, *record); !status.ok()) return status;
      }
      const v1::Release& release = record->release();
      changes.internal.push_back(MakeChange(call.name, release.uid(), open.done, release.latest_revision()));
    }
    auto presented = PresentRelease(session, *record, *now);
    if (!presented.ok()) return presented.status();
    for (const PlannedEdition& begun : open.begun) {
      changes.made_public.push_back(MakeChange(begun.edition.name(), open.owner.release_uid, begun.verb));
    }
    const auto positions = platform::AppendChanges(session, stamp, changes);
    if (!positions.ok()) return positions.status();
    const auto status = CheckNotImminent(record->release(), open.overruled, std::max(*now, environment.clock.Now()));
    if (!status.ok()) return status;
    return Written<v1::Release>{*std::move(presented), positions->internal};
  };

  const auto replay = [&](Session& session, absl::Time now, const std::string&) -> absl::StatusOr<v1::Release> {
    const auto newsroom = FindNewsroom(session, newsroom_name);
    if (!newsroom.ok()) return newsroom.status();
    const auto record = FindRelease(session, newsroom->uid(), call.name);
    if (!record.ok()) return record.status();
    return PresentRelease(session, *record, now);
  };

  auto written = WriteOnce<v1::Release>(environment, call.caller, {call.request_id, call.validate_only, call.request},
                                        work, replay);
  if (written.ok()) AddFindings(written->value);
  return written;
}

}  // namespace communique::releases

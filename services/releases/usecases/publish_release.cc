// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/publish_release.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/base/string_view.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/errors/error.h"
#include "services/platform/locale/civil_time.h"
#include "services/releases/domain/edition_plan.h"
#include "services/releases/domain/lifecycle.h"
#include "services/releases/domain/names.h"
#include "services/releases/domain/release_validation.h"
#include "services/releases/domain/visibility.h"
#include "services/releases/storage/newsroom_store.h"
#include "services/releases/usecases/change_release.h"
#include "services/releases/usecases/print_lines.h"

namespace communique::releases {
namespace {

using platform::FailedPrecondition;
using platform::Reason;
using Languages = google::protobuf::RepeatedPtrField<std::string>;

const v1::EditionSummary* FindSummary(const v1::Release& release, const std::string& locale) {
  for (const auto& summary : release.editions()) {
    if (summary.locale() == locale) return &summary;
  }
  return nullptr;
}

absl::Status MissingLanguages(const std::string& name, const std::vector<std::string>& missing,
                              std::string_view explanation) {
  const std::string list = absl::StrJoin(missing, ", ");
  return FailedPrecondition(Reason::ERROR_REASON_LANGUAGE_MISSING, name,
                            absl::StrCat(name, " cannot be published: ", platform::ToAbsl(explanation), ": ", list),
                            {{"languages", list}});
}

// Every language that is named must have a text, and the first publication must name what the newsroom requires.
absl::Status CheckLanguages(const v1::Release& release, const FrozenText& text, const v1::Newsroom& newsroom,
                            const Languages& languages) {
  std::vector<std::string> missing;
  for (const auto& language : languages) {
    if (language != text.content.language()) missing.push_back(language);
  }
  if (!missing.empty()) {
    return MissingLanguages(release.name(), missing, "there is no approved text in these languages");
  }
  if (newsroom.policy().publication() == v1::NewsroomPolicy::PUBLICATION_AS_READY) return absl::OkStatus();
  for (const auto& required : newsroom.required_languages()) {
    const bool named = std::find(languages.begin(), languages.end(), required) != languages.end();
    if (!named && FindSummary(release, required) == nullptr) missing.push_back(required);
  }
  if (missing.empty()) return absl::OkStatus();
  return MissingLanguages(release.name(), missing, "the newsroom requires these languages, too");
}

absl::StatusOr<std::string> ChooseSlug(OpenRelease& open, const std::string& locale,
                                       const v1::ReleaseContent& content) {
  const std::string& address = open.newsroom.web_address_template();
  const std::string release_id = ReleaseName::Parse(open.release().name())->release;
  for (const auto& chosen : open.release().slugs()) {
    if (chosen.locale() != locale) continue;
    if (address.find("{slug}") == std::string::npos || address.find("{release}") != std::string::npos) {
      return chosen.slug();
    }
    // One after the other: two who take the same slug at the same time would not see each other.
    const auto locked = FindNewsroom(open.session, open.newsroom.name(), platform::RowLock::kForUpdate);
    if (!locked.ok()) return locked.status();
    const auto taken = IsSlugTaken(open.session, open.owner, locale, chosen.slug(), open.actor.now);
    if (!taken.ok()) return taken.status();
    if (!*taken) return chosen.slug();
    return FailedPrecondition(
        Reason::ERROR_REASON_SLUG_TAKEN, open.release().name(),
        absl::StrCat("another release of ", open.newsroom.name(), " has the slug \"", chosen.slug(), "\" in ", locale,
                     "; choose another one (release.slugs) or leave it empty to have one made"));
  }
  return NewSlug(open.newsroom, release_id, content);
}

// The text that is published: the approved one, or the live one when languages are added to it or its schedule is
// changed.
absl::StatusOr<std::string> ChooseRevision(OpenRelease& open) {
  const Standing standing = At(open.release(), open.actor.now);
  const bool decided = standing.life != Standing::Life::kUndecided;
  const bool newer = standing.life == Standing::Life::kScheduled && standing.review == Standing::Review::kApproved;
  if (decided && !newer) return open.release().live_revision();
  const auto text = LoadFrozenText(open, open.release().latest_revision());
  if (!text.ok()) return text.status();
  if (IsApproved(open.release(), text->digest)) return open.release().latest_revision();
  return FailedPrecondition(Reason::ERROR_REASON_APPROVAL_MISSING, open.release().name(),
                            "the text that was submitted last is not approved as it is; have it approved");
}

absl::Status NothingChanged(const v1::Release& release, std::string_view explanation) {
  return FailedPrecondition(Reason::ERROR_REASON_NOTHING_CHANGED, release.name(),
                            absl::StrCat(release.name(), platform::ToAbsl(explanation)));
}

absl::Status Publish(OpenRelease& open, const v1::PublishReleaseRequest& request, ContactAnswers& answers) {
  v1::Release& release = open.release();
  const v1::Release before = release;
  if (auto status = ValidateLanguages("languages", request.languages(), open.newsroom); !status.ok()) return status;
  const Standing standing = At(release, open.actor.now);
  const bool is_public = standing.life == Standing::Life::kPublic;

  if (request.has_publish_time()) {
    common::v1::CivilTime time = request.publish_time();
    if (auto status = platform::ResolveInPlace(time, open.newsroom.time_zone()); !status.ok()) {
      platform::FieldViolations violations;
      violations.Merge("publish_time", status);
      return violations.ToStatus();
    }
    *release.mutable_publish_time() = time;
  }

  const auto revision = ChooseRevision(open);
  if (!revision.ok()) return revision.status();
  const auto text = LoadFrozenText(open, *revision);
  if (!text.ok()) return text.status();
  if (auto status = CheckLanguages(release, *text, open.newsroom, request.languages()); !status.ok()) return status;

  // A schedule that has not begun is replaced as a whole; what is public stays, and languages are added to it.
  if (!is_public) release.clear_editions();
  const absl::Time since = PublicSince(open.actor.now, release);
  bool added = false;
  for (const auto& language : request.languages()) {
    if (FindSummary(release, language) != nullptr) continue;
    const auto printable = CheckPrintable(open, language, text->content, since, answers);
    if (!printable.ok()) return printable;
    const auto slug = ChooseSlug(open, language, text->content);
    if (!slug.ok()) return slug.status();
    auto& summary = *release.add_editions();
    summary.set_name(EditionName{*ReleaseName::Parse(release.name()), language}.ToString());
    summary.set_locale(language);
    summary.set_slug(*slug);
    summary.set_revision(*revision);
    if (since != absl::InfiniteFuture()) {
      *summary.mutable_public_since() = platform::ToTimestamp(since);
      *summary.mutable_update_time() = platform::ToTimestamp(since);
    }
    added = true;
  }
  if (!added) {
    return NothingChanged(release,
                          " is public in these languages already; to change its text, edit it and correct it "
                          "(CorrectRelease)");
  }
  if (!is_public) {
    if (*revision == release.latest_revision()) Decided(release);
    release.clear_public_since();
    if (since != absl::InfiniteFuture()) *release.mutable_public_since() = platform::ToTimestamp(since);
  }
  if (google::protobuf::util::MessageDifferencer::Equals(before, release)) {
    return NothingChanged(release, " is scheduled like this already");
  }
  open.done = since <= open.actor.now ? v1::Change::VERB_PUBLISHED : v1::Change::VERB_SCHEDULED;
  return DecideEditions(open, v1::Change::VERB_UPDATED, &answers);
}

}  // namespace

absl::StatusOr<Written<v1::Release>> PublishRelease(const Environment& environment, const Caller& caller,
                                                    const v1::PublishReleaseRequest& request) {
  return WithContactAnswers(environment, caller, request.name(), [&](ContactAnswers& answers) {
    return ChangeRelease(environment,
                         {caller, Verb::kPublish, request.name(), request.etag(), request.request_id(),
                          request.validate_only(), request},
                         [&](OpenRelease& open) { return Publish(open, request, answers); });
  });
}

}  // namespace communique::releases

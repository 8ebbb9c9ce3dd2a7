// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/correct_release.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/errors/error.h"
#include "services/releases/domain/lifecycle.h"
#include "services/releases/domain/release_validation.h"
#include "services/releases/usecases/change_release.h"
#include "services/releases/usecases/print_lines.h"

namespace communique::releases {
namespace {

using platform::FailedPrecondition;
using platform::Reason;

constexpr std::size_t kMaxNoticeCharacters = 5000;

absl::Status CheckNotices(const v1::CorrectReleaseRequest& request, const v1::Newsroom& newsroom,
                          const std::string& source_language) {
  if (auto status = ValidateTexts("notices", request.notices(), newsroom, kMaxNoticeCharacters); !status.ok()) {
    return status;
  }
  const bool told = std::any_of(request.notices().begin(), request.notices().end(),
                                [&](const auto& notice) { return notice.locale() == source_language; });
  if (told) return absl::OkStatus();
  return platform::MakeError(absl::StatusCode::kInvalidArgument, Reason::ERROR_REASON_NOTICE_REQUIRED,
                             absl::StrCat("notices: say what was wrong and what is right, at least in \"",
                                          source_language, "\", the language the release was written in"));
}

// The languages must be public, and the approved text must be in them.
absl::Status CheckLanguages(const v1::Release& release, const FrozenText& text,
                            const v1::CorrectReleaseRequest& request) {
  std::vector<std::string> missing;
  for (const auto& language : request.languages()) {
    const bool edition = std::any_of(release.editions().begin(), release.editions().end(),
                                     [&](const auto& summary) { return summary.locale() == language; });
    if (!edition || language != text.content.language()) missing.push_back(language);
  }
  if (missing.empty()) return absl::OkStatus();
  const std::string list = absl::StrJoin(missing, ", ");
  return FailedPrecondition(
      Reason::ERROR_REASON_LANGUAGE_MISSING, release.name(),
      absl::StrCat(release.name(), " has no published edition with an approved new text in: ", list),
      {{"languages", list}});
}

absl::Status Correct(OpenRelease& open, const v1::CorrectReleaseRequest& request, ContactAnswers& answers) {
  v1::Release& release = open.release();
  if (auto status = ValidateLanguages("languages", request.languages(), open.newsroom); !status.ok()) return status;
  const auto approved = LoadFrozenText(open, release.latest_revision());
  if (!approved.ok()) return approved.status();
  if (auto status = CheckNotices(request, open.newsroom, approved->content.language()); !status.ok()) return status;
  if (!IsApproved(release, approved->digest)) {
    return FailedPrecondition(Reason::ERROR_REASON_APPROVAL_MISSING, release.name(),
                              "the text that was submitted last is not approved as it is; have it approved");
  }
  const auto live = LoadFrozenText(open, release.live_revision());
  if (!live.ok()) return live.status();
  if (live->digest == approved->digest) {
    return FailedPrecondition(Reason::ERROR_REASON_NOTHING_CHANGED, release.name(),
                              "the approved text is the one that is public: there is nothing to correct");
  }
  if (auto status = CheckLanguages(release, *approved, request); !status.ok()) return status;

  const std::string& language = approved->content.language();
  const auto printable = CheckPrintable(open, language, approved->content, open.actor.now, answers);
  if (!printable.ok()) return printable;

  const auto now = platform::ToTimestamp(open.actor.now);
  auto& correction = *release.add_corrections();
  *correction.mutable_notices() = request.notices();
  correction.set_from_revision(release.live_revision());
  correction.set_to_revision(release.latest_revision());
  *correction.mutable_time() = now;
  for (auto& summary : *release.mutable_editions()) {
    const bool replaced = std::find(request.languages().begin(), request.languages().end(), summary.locale()) !=
                          request.languages().end();
    if (replaced) summary.set_revision(release.latest_revision());
    // The others tell of the correction, too. What is yet to begin begins with its own time, and what shows no text
    // tells nothing.
    const bool begun = platform::FromTimestamp(summary.public_since()) <= open.actor.now;
    if (begun && ShowsText(DecidedVisibility(release, summary))) *summary.mutable_update_time() = now;
  }
  Decided(release);
  open.done = v1::Change::VERB_CORRECTED;
  return DecideEditions(open, v1::Change::VERB_CORRECTED, &answers);
}

}  // namespace

absl::StatusOr<Written<v1::Release>> CorrectRelease(const Environment& environment, const Caller& caller,
                                                    const v1::CorrectReleaseRequest& request) {
  return WithContactAnswers(environment, caller, request.name(), [&](ContactAnswers& answers) {
    return ChangeRelease(environment,
                         {caller, Verb::kCorrect, request.name(), request.etag(), request.request_id(),
                          request.validate_only(), request},
                         [&](OpenRelease& open) { return Correct(open, request, answers); });
  });
}

}  // namespace communique::releases

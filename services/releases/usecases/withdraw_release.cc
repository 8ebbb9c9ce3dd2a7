// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/withdraw_release.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/errors/error.h"
#include "services/releases/domain/lifecycle.h"
#include "services/releases/domain/names.h"
#include "services/releases/domain/release_validation.h"
#include "services/releases/usecases/change_release.h"

namespace communique::releases {
namespace {

using google::protobuf::util::MessageDifferencer;
using platform::FailedPrecondition;
using platform::InvalidField;
using platform::Reason;
using Languages = google::protobuf::RepeatedPtrField<std::string>;

constexpr std::size_t kMaxExplanationCharacters = 5000;

bool Contains(const Languages& languages, const std::string& language) {
  return std::find(languages.begin(), languages.end(), language) != languages.end();
}

bool HasBegun(const v1::EditionSummary& summary, absl::Time now) {
  return summary.has_public_since() && platform::FromTimestamp(summary.public_since()) <= now;
}

// The editions that `languages` names, which must be public; all public ones when it names none.
absl::StatusOr<std::vector<v1::EditionSummary*>> Affected(OpenRelease& open, const Languages& languages) {
  std::vector<v1::EditionSummary*> affected;
  for (auto& summary : *open.release().mutable_editions()) {
    if (!HasBegun(summary, open.actor.now)) continue;
    if (languages.empty() || Contains(languages, summary.locale())) affected.push_back(&summary);
  }
  if (static_cast<int>(affected.size()) < languages.size()) {
    return InvalidField("languages", absl::StrCat("name public languages of ", open.release().name(), ", each once"));
  }
  return affected;
}

// The replacement must be another release that readers can read.
absl::Status CheckReplacement(OpenRelease& open, const std::string& replacement) {
  const auto name = ReleaseName::Parse(replacement);
  if (!name) return InvalidName("withdrawal.replacement", replacement, kReleasePattern);
  if (replacement == open.release().name()) {
    return InvalidField("withdrawal.replacement", "must be another release than the one that is withdrawn");
  }
  const auto languages = FindLanguages(open.session, replacement, open.actor.now);
  if (!languages.ok()) return languages.status();
  const bool readable = std::any_of(languages->begin(), languages->end(), [](const PublicLanguage& language) {
    return language.visibility == Visibility::kLive;
  });
  if (readable) return absl::OkStatus();
  return FailedPrecondition(
      Reason::ERROR_REASON_REFERENCE_MISSING, replacement,
      absl::StrCat(replacement, " is not public, so readers cannot be sent there; publish it first"),
      {{"resource", replacement}});
}

absl::Status CheckWithdrawal(OpenRelease& open, const v1::Withdrawal& withdrawal) {
  const auto status =
      ValidateTexts("withdrawal.explanations", withdrawal.explanations(), open.newsroom, kMaxExplanationCharacters);
  if (!status.ok()) return status;
  const bool redirect = withdrawal.kind() == v1::Withdrawal::KIND_REDIRECT;
  if (!redirect && !withdrawal.replacement().empty()) {
    return InvalidField("withdrawal.replacement", "goes with KIND_REDIRECT only");
  }
  switch (withdrawal.kind()) {
    case v1::Withdrawal::KIND_GONE:
      return absl::OkStatus();
    case v1::Withdrawal::KIND_REDIRECT:
      return CheckReplacement(open, withdrawal.replacement());
    case v1::Withdrawal::KIND_NOTICE: {
      // That of the text readers have: the working content may have changed its language since.
      const auto live = LoadFrozenText(open, open.release().live_revision());
      if (!live.ok()) return live.status();
      const std::string& language = live->content.language();
      for (const auto& explanation : withdrawal.explanations()) {
        if (explanation.locale() == language) return absl::OkStatus();
      }
      return platform::MakeError(
          absl::StatusCode::kInvalidArgument, Reason::ERROR_REASON_NOTICE_REQUIRED,
          absl::StrCat("withdrawal.explanations: a text under a notice needs one, at least in \"", language,
                       "\", the language the release was written in"));
    }
    default:
      return InvalidField("withdrawal.kind", "must be KIND_NOTICE, KIND_REDIRECT or KIND_GONE");
  }
}

// Whether what is withdrawn is so already, for the same reason.
bool IsWithdrawnLike(const v1::Release& release, const std::vector<v1::EditionSummary*>& affected,
                     const v1::WithdrawReleaseRequest& request) {
  v1::Withdrawal asked = request.withdrawal();
  asked.clear_time();
  const auto same = [&](v1::Withdrawal withdrawal) {
    withdrawal.clear_time();
    return MessageDifferencer::Equals(withdrawal, asked);
  };
  if (request.languages().empty()) return release.has_withdrawal() && same(release.withdrawal());
  return std::all_of(affected.begin(), affected.end(), [&](const v1::EditionSummary* summary) {
    return summary->has_withdrawal() && same(summary->withdrawal());
  });
}

// Languages that have not begun would begin as something that is gone: they are called off instead.
void CallOffWhatHasNotBegun(v1::Release& release, absl::Time now) {
  auto& editions = *release.mutable_editions();
  for (int i = editions.size() - 1; i >= 0; --i) {
    if (!HasBegun(editions[i], now)) editions.DeleteSubrange(i, 1);
  }
}

absl::Status Withdraw(OpenRelease& open, const v1::WithdrawReleaseRequest& request) {
  v1::Release& release = open.release();
  if (auto status = CheckWithdrawal(open, request.withdrawal()); !status.ok()) return status;
  if (!request.languages().empty() && release.has_withdrawal()) {
    return InvalidField("languages", "must be empty: the release is withdrawn as a whole");
  }
  const auto affected = Affected(open, request.languages());
  if (!affected.ok()) return affected.status();

  if (IsWithdrawnLike(release, *affected, request)) {
    return FailedPrecondition(Reason::ERROR_REASON_NOTHING_CHANGED, release.name(),
                              absl::StrCat(release.name(), " is withdrawn like this already"));
  }
  const auto now = platform::ToTimestamp(open.actor.now);
  v1::Withdrawal withdrawal = request.withdrawal();
  *withdrawal.mutable_time() = now;
  for (v1::EditionSummary* summary : *affected) {
    *summary->mutable_update_time() = now;
    // A language that was taken down before by itself stays so when the release is put back.
    if (!request.languages().empty()) *summary->mutable_withdrawal() = withdrawal;
  }
  if (request.languages().empty()) {
    CallOffWhatHasNotBegun(release, open.actor.now);
    release.set_state(v1::Release::STATE_WITHDRAWN);
    *release.mutable_withdrawal() = withdrawal;
  }
  open.done = v1::Change::VERB_WITHDRAWN;
  return DecideEditions(open, v1::Change::VERB_WITHDRAWN);
}

absl::Status Reinstate(OpenRelease& open, const v1::ReinstateReleaseRequest& request) {
  v1::Release& release = open.release();
  const bool whole = release.has_withdrawal();
  if (whole && !request.languages().empty()) {
    return InvalidField("languages", "must be empty: the release was withdrawn as a whole");
  }
  const auto affected = Affected(open, request.languages());
  if (!affected.ok()) return affected.status();
  bool changed = whole;
  for (v1::EditionSummary* summary : *affected) {
    if (!whole && !summary->has_withdrawal()) continue;
    if (!whole) summary->clear_withdrawal();
    *summary->mutable_update_time() = platform::ToTimestamp(open.actor.now);
    changed = true;
  }
  if (!changed) {
    return FailedPrecondition(Reason::ERROR_REASON_INVALID_TRANSITION, release.name(),
                              absl::StrCat(release.name(), " is not withdrawn: there is nothing to reinstate"),
                              {{"state", "PUBLISHED"}, {"verb", "ReinstateRelease"}});
  }
  release.clear_withdrawal();
  release.set_state(v1::Release::STATE_SCHEDULED);
  open.done = v1::Change::VERB_REINSTATED;
  return DecideEditions(open, v1::Change::VERB_REINSTATED);
}

}  // namespace

absl::StatusOr<Written<v1::Release>> WithdrawRelease(const Environment& environment, const Caller& caller,
                                                     const v1::WithdrawReleaseRequest& request) {
  return ChangeRelease(
      environment,
      {caller, Verb::kWithdraw, request.name(), request.etag(), request.request_id(), request.validate_only(), request},
      [&](OpenRelease& open) { return Withdraw(open, request); });
}

absl::StatusOr<Written<v1::Release>> ReinstateRelease(const Environment& environment, const Caller& caller,
                                                      const v1::ReinstateReleaseRequest& request) {
  return ChangeRelease(environment,
                       {caller, Verb::kReinstate, request.name(), request.etag(), request.request_id(),
                        request.validate_only(), request},
                       [&](OpenRelease& open) { return Reinstate(open, request); });
}

}  // namespace communique::releases

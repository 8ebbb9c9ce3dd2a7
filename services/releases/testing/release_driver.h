// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/releases/testing/releases_store.h"
#include "services/releases/usecases/correct_release.h"
#include "services/releases/usecases/create_release.h"
#include "services/releases/usecases/delete_release.h"
#include "services/releases/usecases/edit_release.h"
#include "services/releases/usecases/publish_release.h"
#include "services/releases/usecases/read_releases.h"
#include "services/releases/usecases/review_release.h"
#include "services/releases/usecases/withdraw_release.h"

namespace communique::releases {

// Drives one release through its verbs, each with the etag as it is: what a test says is what happens. Every function
// gives the status of the verb.
class ReleaseDriver {
 public:
  ReleaseDriver(ReleasesStore& store, std::string newsroom, std::string id = "")
      : store_(store), newsroom_(std::move(newsroom)), id_(std::move(id)) {}

  absl::Status Create(const std::string& headline) {
    v1::CreateReleaseRequest request;
    request.set_parent(newsroom_);
    request.set_release_id(id_);
    *request.mutable_release()->mutable_content() = ShortContent(headline);
    return Take(CreateRelease(store_.environment(), ReleasesStore::As("author"), request));
  }
  absl::Status SetHeadline(const std::string& headline, const std::string& who = "author") {
    v1::UpdateReleaseRequest request;
    request.mutable_release()->set_name(release_.name());
    request.mutable_release()->mutable_content()->set_headline(headline);
    request.mutable_update_mask()->add_paths("content.headline");
    return Take(UpdateRelease(store_.environment(), ReleasesStore::As(who), request));
  }
  // `mask` says which of the fields of `changes` are meant.
  absl::Status Update(v1::Release changes, const std::vector<std::string>& mask) {
    v1::UpdateReleaseRequest request;
    *request.mutable_release() = std::move(changes);
    request.mutable_release()->set_name(release_.name());
    for (const std::string& path : mask) request.mutable_update_mask()->add_paths(path);
    return Take(UpdateRelease(store_.environment(), ReleasesStore::As("author"), request));
  }
  absl::Status Submit() { return Do<v1::SubmitReleaseRequest>(SubmitRelease, "author"); }
  absl::Status Return() {
    return Do<v1::ReturnReleaseRequest>(ReturnRelease, "reviewer", [](auto& request) { request.set_comment("again"); });
  }
  absl::Status Approve(const std::string& who = "approver") {
    return Do<v1::ApproveReleaseRequest>(ApproveRelease, who);
  }
  absl::Status Publish(const std::string& local_time = "", std::vector<std::string> languages = {"de"}) {
    return Do<v1::PublishReleaseRequest>(PublishRelease, "publisher", [&](auto& request) {
      for (const auto& language : languages) request.add_languages(language);
      if (!local_time.empty()) request.mutable_publish_time()->set_local(local_time);
    });
  }
  absl::Status Correct(const std::string& notice = "Berichtigt.") {
    return Do<v1::CorrectReleaseRequest>(CorrectRelease, "corrector", [&](auto& request) {
      request.add_languages("de");
      auto& text = *request.add_notices();
      text.set_locale("de");
      text.set_text(notice);
    });
  }
  absl::Status Withdraw(v1::Withdrawal::Kind kind, const std::string& replacement = "",
                        const std::vector<std::string>& languages = {}) {
    return Do<v1::WithdrawReleaseRequest>(WithdrawRelease, "publisher", [&](auto& request) {
      for (const auto& language : languages) request.add_languages(language);
      auto& withdrawal = *request.mutable_withdrawal();
      withdrawal.set_kind(kind);
      withdrawal.set_replacement(replacement);
      if (kind != v1::Withdrawal::KIND_NOTICE) return;
      auto& text = *withdrawal.add_explanations();
      text.set_locale("de");
      text.set_text("Die Zahlen stimmen nicht.");
    });
  }
  absl::Status Reinstate(const std::vector<std::string>& languages = {}) {
    return Do<v1::ReinstateReleaseRequest>(ReinstateRelease, "publisher", [&](auto& request) {
      for (const auto& language : languages) request.add_languages(language);
    });
  }
  absl::Status Delete() { return Do<v1::DeleteReleaseRequest>(DeleteRelease, "author"); }
  absl::Status Undelete() { return Do<v1::UndeleteReleaseRequest>(UndeleteRelease, "author"); }

  // From a new release to the given text being public; the status of the first verb that failed.
  absl::Status CreateApproved(const std::string& headline) {
    if (auto status = Create(headline); !status.ok()) return status;
    return SubmitAndApprove();
  }
  absl::Status SubmitAndApprove() {
    if (auto status = Submit(); !status.ok()) return status;
    return Approve();
  }

  // As it was after the last verb that succeeded.
  const v1::Release& release() const { return release_; }
  const std::string& name() const { return release_.name(); }
  std::string EditionOf(const std::string& locale) const { return absl::StrCat(release_.name(), "/editions/", locale); }
  // Reads it again.
  absl::Status Refresh() {
    v1::GetReleaseRequest request;
    request.set_name(release_.name());
    auto read = GetRelease(store_.environment(), ReleasesStore::As("author"), request);
    if (!read.ok()) return read.status();
    release_ = *std::move(read);
    return absl::OkStatus();
  }

  // Sends a verb with this request_id the next time.
  void UseRequestId(std::string request_id) { request_id_ = std::move(request_id); }

 private:
  template <typename Request, typename UseCase>
  absl::Status Do(UseCase use_case, const std::string& who) {
    return Do<Request>(use_case, who, [](auto&) {});
  }
  template <typename Request, typename UseCase, typename Fill>
  absl::Status Do(UseCase use_case, const std::string& who, Fill fill) {
    Request request;
    request.set_name(release_.name());
    request.set_etag(release_.etag());
    request.set_request_id(std::exchange(request_id_, ""));
    fill(request);
    return Take(use_case(store_.environment(), ReleasesStore::As(who), request));
  }
  absl::Status Take(absl::StatusOr<Written<v1::Release>> written) {
    if (!written.ok()) return written.status();
    release_ = std::move(written->value);
    return absl::OkStatus();
  }

  ReleasesStore& store_;
  const std::string newsroom_;
  const std::string id_;
  std::string request_id_;
  v1::Release release_;
};

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/testing/press_office.h"

#include "absl/strings/str_cat.h"

namespace communique::testing {
namespace {

using Stub = v1::ReleaseService::Stub;

constexpr auto kNothingMore = [](auto&) {};

}  // namespace

std::string ReleaseName(const std::string& id) { return absl::StrCat("newsrooms/example/releases/", id); }
std::string EditionName(const std::string& id) { return absl::StrCat(ReleaseName(id), "/editions/en"); }

absl::Status PressOffice::Open() {
  v1::CreateNewsroomRequest request;
  request.set_newsroom_id("example");
  auto& newsroom = *request.mutable_newsroom();
  newsroom.set_display_name("Example Relief");
  newsroom.set_source_language("en");
  newsroom.set_time_zone("Europe/Zurich");
  newsroom.mutable_policy()->set_allow_self_approval(true);
  const absl::Status status = client_.Call(&v1::NewsroomService::Stub::CreateNewsroom, request).status();
  return absl::IsAlreadyExists(status) ? absl::OkStatus() : status;
}

PressOffice::Written PressOffice::Create(const std::string& id, const std::string& headline,
                                         const std::string& request_id) {
  v1::CreateReleaseRequest request;
  request.set_parent("newsrooms/example");
  request.set_release_id(id);
  request.set_request_id(request_id);
  auto& content = *request.mutable_release()->mutable_content();
  content.set_headline(headline);
  content.mutable_lead()->mutable_paragraph()->set_text("Help has arrived.");
  return client_.Call(&Stub::CreateRelease, request);
}

PressOffice::Written PressOffice::Edit(const v1::Release& release, const std::string& headline,
                                       const std::string& request_id) {
  v1::UpdateReleaseRequest request;
  request.mutable_release()->set_name(release.name());
  request.mutable_release()->set_etag(release.etag());
  request.mutable_release()->mutable_content()->set_headline(headline);
  request.mutable_update_mask()->add_paths("content.headline");
  request.set_request_id(request_id);
  return client_.Call(&Stub::UpdateRelease, request);
}

PressOffice::Written PressOffice::Submit(const v1::Release& release, const std::string& request_id) {
  return Do<v1::SubmitReleaseRequest>(&Stub::SubmitRelease, release, request_id, kNothingMore);
}

PressOffice::Written PressOffice::Approve(const v1::Release& release, const std::string& request_id) {
  return Do<v1::ApproveReleaseRequest>(&Stub::ApproveRelease, release, request_id, kNothingMore);
}

PressOffice::Written PressOffice::Publish(const v1::Release& release, const std::string& request_id) {
  return Do<v1::PublishReleaseRequest>(&Stub::PublishRelease, release, request_id,
                                       [](auto& request) { request.add_languages("en"); });
}

PressOffice::Written PressOffice::Withdraw(const v1::Release& release, const std::string& request_id) {
  return Do<v1::WithdrawReleaseRequest>(&Stub::WithdrawRelease, release, request_id, [](auto& request) {
    request.mutable_withdrawal()->set_kind(v1::Withdrawal::KIND_GONE);
  });
}

PressOffice::Written PressOffice::Reinstate(const v1::Release& release, const std::string& request_id) {
  return Do<v1::ReinstateReleaseRequest>(&Stub::ReinstateRelease, release, request_id, kNothingMore);
}

PressOffice::Written PressOffice::MakePublic(const std::string& id, const std::string& headline) {
  Written release = Create(id, headline);
  if (release.ok()) release = Submit(*release);
  if (release.ok()) release = Approve(*release);
  if (release.ok()) release = Publish(*release);
  return release;
}

}  // namespace communique::testing

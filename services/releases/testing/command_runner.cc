// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/testing/command_runner.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/platform/changes/append_changes.h"
#include "services/releases/usecases/announce_editions.h"
#include "services/releases/usecases/boilerplates.h"
#include "services/releases/usecases/correct_release.h"
#include "services/releases/usecases/create_release.h"
#include "services/releases/usecases/delete_release.h"
#include "services/releases/usecases/edit_release.h"
#include "services/releases/usecases/publish_release.h"
#include "services/releases/usecases/read_releases.h"
#include "services/releases/usecases/review_release.h"
#include "services/releases/usecases/withdraw_release.h"

namespace communique::releases {
namespace {

using Act = Command::Act;
using Texts = google::protobuf::RepeatedPtrField<common::v1::LocalizedText>;

constexpr char kStale[] = "\"0\"";
constexpr char kBoilerplateId[] = "about";
constexpr char kNoSuchRevision[] = "999999";

// The text has no personal data: a digest covers that by a key of the release's own, so that the digest, and the
// edition's etag with it, would differ wherever the same is written twice.
v1::ReleaseContent TextNumber(int n) {
  v1::ReleaseContent content = ShortContent(absl::StrCat("Text ", n));
  content.clear_contact_lines();
  content.mutable_body(0)->mutable_paragraph()->set_text("Absatz 0");
  return content;
}

// In both languages.
void Say(const std::string& words, Texts& texts) {
  for (const char* locale : {"de", "en"}) {
    auto& text = *texts.Add();
    text.set_locale(locale);
    text.set_text(words);
  }
}

// The language of what readers have; before they have anything, of what they would get.
std::string LanguageFor(const v1::Release& release) {
  const bool begun = release.state() == v1::Release::STATE_PUBLISHED || release.state() == v1::Release::STATE_WITHDRAWN;
  return begun ? release.editions(0).locale() : release.content().language();
}

std::string Other(const std::string& language) { return language == "de" ? "en" : "de"; }

template <typename Request, typename UseCase>
CommandRunner::Call CallOf(const Environment& environment, UseCase use_case, std::string who, Request request) {
  return [&environment, use_case, who = std::move(who), request = std::move(request)](
             bool validate_only, const std::string& request_id) mutable {
    request.set_validate_only(validate_only);
    request.set_request_id(request_id);
    return use_case(environment, ReleasesStore::As(who), request);
  };
}

}  // namespace

absl::Time CommandRunner::Begin(ReleasesStore& store) {
  store.clock().Set(absl::FromUnixSeconds((absl::ToUnixSeconds(store.clock().Now()) / 60 + 1) * 60));
  return store.clock().Now();
}

std::string CommandRunner::BoilerplateName() const { return absl::StrCat(newsroom_, "/boilerplates/", kBoilerplateId); }

absl::StatusOr<v1::Release> CommandRunner::Read(int release) const {
  v1::GetReleaseRequest request;
  request.set_name(NameOf(release));
  return GetRelease(store_.environment(), ReleasesStore::As("reader"), request);
}

void CommandRunner::SetTime(int minute, common::v1::CivilTime& time) const {
  time.set_local(absl::FormatTime("%Y-%m-%dT%H:%M", MinuteOf(start_, minute), absl::UTCTimeZone()));
  time.set_time_zone("UTC");
}

CommandRunner::Call CommandRunner::Prepare(const Command& command) const {
  const Environment& environment = store_.environment();
  const std::string who = absl::StrCat("p", command.who);
  const v1::Release release = Read(command.release).value_or(v1::Release());
  const std::string name = NameOf(command.release);
  const std::string etag = command.stale ? kStale : release.etag();
  const std::string language = command.wrong_language ? Other(LanguageFor(release)) : LanguageFor(release);
  const auto verb = [&](auto request) {
    request.set_name(name);
    request.set_etag(etag);
    return request;
  };
  const auto update = [&](v1::Release change, const char* path) {
    v1::UpdateReleaseRequest request;
    *request.mutable_release() = verb(std::move(change));
    request.mutable_update_mask()->add_paths(path);
    return CallOf(environment, UpdateRelease, who, std::move(request));
  };

  v1::Release change;
  switch (command.act) {
    case Act::kCreate: {
      v1::CreateReleaseRequest request;
      request.set_parent(newsroom_);
      request.set_release_id(absl::StrCat("r", command.release));
      *request.mutable_release()->mutable_content() = TextNumber(command.n);
      return CallOf(environment, CreateRelease, who, std::move(request));
    }
    case Act::kWrite:
      change.mutable_content()->set_headline(absl::StrCat("Text ", command.n));
      return update(std::move(change), "content.headline");
    case Act::kSetLanguage:
      change.mutable_content()->set_language(LanguageOf(command.n));
      return update(std::move(change), "content.language");
    case Act::kWriteBlock: {
      v1::BatchUpdateBlocksRequest request;
      request.set_name(name);
      auto& block = *request.add_changes();
      if (!release.content().body().empty()) *block.mutable_replace() = release.content().body(0);
      block.mutable_replace()->mutable_paragraph()->set_text(absl::StrCat("Absatz ", command.n));
      block.set_etag(command.stale ? kStale : block.replace().etag());
      return CallOf(environment, BatchUpdateBlocks, who, std::move(request));
    }
    case Act::kSetTopics:
      if ((command.n & 1) != 0) change.add_topics("fire");
      if ((command.n & 2) != 0) change.add_topics("water");
      return update(std::move(change), "topics");
    case Act::kSetPublishTime:
      if (command.n != 0) SetTime(command.n, *change.mutable_publish_time());
      return update(std::move(change), "publish_time");
    case Act::kSetEmbargo:
      if (command.n < 0) change.mutable_embargo()->set_indefinite(true);
      if (command.n > 0) SetTime(command.n, *change.mutable_embargo()->mutable_end());
      return update(std::move(change), "embargo");
    case Act::kSubmit:
      return CallOf(environment, SubmitRelease, who, verb(v1::SubmitReleaseRequest()));
    case Act::kReturn: {
      auto request = verb(v1::ReturnReleaseRequest());
      request.set_comment("Bitte noch einmal.");
      return CallOf(environment, ReturnRelease, who, std::move(request));
    }
    case Act::kApprove: {
      auto request = verb(v1::ApproveReleaseRequest());
      if (command.n == 1) request.set_revision(release.latest_revision());
      if (command.n == 2) request.set_revision(name + "/revisions/1");
      return CallOf(environment, ApproveRelease, who, std::move(request));
    }
    case Act::kPublish: {
      auto request = verb(v1::PublishReleaseRequest());
      request.add_languages(language);
      if (command.n != 0) SetTime(command.n, *request.mutable_publish_time());
      return CallOf(environment, PublishRelease, who, std::move(request));
    }
    case Act::kCorrect: {
      auto request = verb(v1::CorrectReleaseRequest());
      request.add_languages(language);
      Say(absl::StrCat("Berichtigung ", command.n), *request.mutable_notices());
      return CallOf(environment, CorrectRelease, who, std::move(request));
    }
    case Act::kWithdraw: {
      auto request = verb(v1::WithdrawReleaseRequest());
      if (command.one_language) request.add_languages(language);
      auto& withdrawal = *request.mutable_withdrawal();
      withdrawal.set_kind(command.how == Command::How::kNotice     ? v1::Withdrawal::KIND_NOTICE
                          : command.how == Command::How::kRedirect ? v1::Withdrawal::KIND_REDIRECT
                                                                   : v1::Withdrawal::KIND_GONE);
      if (command.how == Command::How::kRedirect) withdrawal.set_replacement(NameOf(command.replacement));
      Say(absl::StrCat("Grund ", command.n), *withdrawal.mutable_explanations());
      return CallOf(environment, WithdrawRelease, who, std::move(request));
    }
    case Act::kReinstate: {
      auto request = verb(v1::ReinstateReleaseRequest());
      if (command.one_language) request.add_languages(language);
      return CallOf(environment, ReinstateRelease, who, std::move(request));
    }
    case Act::kDelete:
      return CallOf(environment, DeleteRelease, who, verb(v1::DeleteReleaseRequest()));
    case Act::kUndelete:
      return CallOf(environment, UndeleteRelease, who, verb(v1::UndeleteReleaseRequest()));
    case Act::kSetAbout:
      if (command.n != 0) {
        auto& about = *change.mutable_content()->add_abouts();
        about.set_part_id("about");
        about.set_boilerplate(BoilerplateName());
        about.set_boilerplate_revision(command.n == 1 ? "" : command.n == 2 ? "1" : kNoSuchRevision);
      }
      return update(std::move(change), "content.abouts");
    case Act::kWriteBoilerplate:
    case Act::kWait:
    case Act::kAnnounce:
      break;
  }
  ADD_FAILURE() << ToString(command) << " is no verb";
  return nullptr;
}

absl::Status CommandRunner::WriteBoilerplate(int words) const {
  v1::Boilerplate boilerplate;
  boilerplate.set_name(BoilerplateName());
  boilerplate.set_title("Über uns");
  for (const char* locale : {"de", "en"}) {
    const std::string said = BoilerplateWords(words, locale);
    if (said.empty()) continue;
    auto& text = *boilerplate.add_texts();
    text.set_locale(locale);
    text.add_blocks()->mutable_paragraph()->set_text(said);
  }
  v1::UpdateBoilerplateRequest update;
  *update.mutable_boilerplate() = boilerplate;
  update.mutable_update_mask()->add_paths("texts");
  const absl::Status updated = UpdateBoilerplate(store_.environment(), ReleasesStore::As("editor"), update).status();
  if (!absl::IsNotFound(updated)) return updated;
  v1::CreateBoilerplateRequest create;
  create.set_parent(newsroom_);
  create.set_boilerplate_id(kBoilerplateId);
  *create.mutable_boilerplate() = boilerplate;
  return CreateBoilerplate(store_.environment(), ReleasesStore::As("editor"), create).status();
}

void CommandRunner::Announce() const {
  const absl::Time now = store_.clock().Now();
  const absl::Status status = store_.db().Write(ReleasesStore::Soon(), [&](platform::Session& session) -> absl::Status {
    const auto due = EditionAnnouncer().Announce(session, now, 1000);
    if (!due.ok()) return due.status();
    return platform::AppendChanges(session, {"materialiser", "", now}, {due->changes, due->changes}).status();
  });
  EXPECT_TRUE(status.ok()) << status;
}

}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/press_desk.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/testing/people.h"

namespace communique::testing {
namespace {

using releases::Command;
using releases::LanguageOf;
using releases::MinuteOf;
using Act = Command::Act;
using Stub = v1::ReleaseService::Stub;
using Texts = google::protobuf::RepeatedPtrField<common::v1::LocalizedText>;

constexpr char kNewsroom[] = "newsrooms/relief";
constexpr char kStale[] = "\"0\"";

// In both languages.
void Say(const std::string& words, Texts& texts) {
  for (const char* locale : {"de", "en"}) {
    auto& text = *texts.Add();
    text.set_locale(locale);
    text.set_text(words);
  }
}

void SetTime(absl::Time time, common::v1::CivilTime& civil) {
  civil.set_local(absl::FormatTime("%Y-%m-%dT%H:%M:%S", time, absl::UTCTimeZone()));
  civil.set_time_zone("UTC");
}

// The language of what readers have; before they have anything, of what they would get.
std::string LanguageFor(const v1::Release& release, bool other) {
  const bool begun = release.state() == v1::Release::STATE_PUBLISHED || release.state() == v1::Release::STATE_WITHDRAWN;
  const std::string language = begun ? release.editions(0).locale() : release.content().language();
  if (!other) return language;
  return language == "de" ? "en" : "de";
}

}  // namespace

void PressDesk::SetUp(const std::string& who, grpc::ClientContext& context) {
  context.AddMetadata("authorization", absl::StrCat("Bearer ", People::Token(who)));
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
}

absl::Status PressDesk::Open() {
  v1::CreateNewsroomRequest request;
  request.set_newsroom_id("relief");
  auto& newsroom = *request.mutable_newsroom();
  newsroom.set_display_name("Example Relief");
  newsroom.set_source_language("de");
  newsroom.add_languages("de");
  newsroom.add_languages("en");
  newsroom.set_time_zone("Europe/Berlin");
  // Addresses in which slugs can collide.
  newsroom.set_web_address_template("https://press.example.org/{locale}/{slug}");
  absl::Status status = As("admin", &v1::NewsroomService::Stub::CreateNewsroom, request).status();

  v1::Section water;
  water.mutable_rule()->set_filter("topics:water");
  if (status.ok()) status = MakeSection("water", water);
  v1::Section picks;
  for (const int release : {3, 0, 4, 9, 1, 5, 2}) picks.mutable_picks()->add_releases(NameOf(release));
  if (status.ok()) status = MakeSection("picks", picks);
  if (status.ok()) status = MakeSection("text", v1::Section());
  return status;
}

absl::Status PressDesk::MakeSection(const std::string& id, v1::Section section) {
  v1::CreateSectionRequest request;
  request.set_parent(kNewsroom);
  request.set_section_id(id);
  *request.mutable_section() = std::move(section);
  auto& text = *request.mutable_section()->add_texts();
  text.set_locale("de");
  text.set_title("Abschnitt");
  return As("admin", &v1::SectionService::Stub::CreateSection, request).status();
}

v1::Release PressDesk::Read(int release) {
  v1::GetReleaseRequest request;
  request.set_name(NameOf(release));
  return As("reader", &Stub::GetRelease, request).value_or(v1::Release());
}

// The text has no personal data: a digest covers that by a key of the release's own, so that the digest would differ
// wherever the same is written twice.
absl::Status PressDesk::Create(int release, int text, const std::string& slug) {
  v1::CreateReleaseRequest request;
  request.set_parent(kNewsroom);
  request.set_release_id(absl::StrCat("r", release));
  auto& content = *request.mutable_release()->mutable_content();
  content.set_headline(absl::StrCat("Text ", text));
  content.mutable_lead()->mutable_paragraph()->set_text("Die Hilfe ist angekommen.");
  content.add_body()->mutable_paragraph()->set_text("Absatz 0");
  for (const char* locale : {"de", "en"}) {
    if (slug.empty()) break;
    auto& wish = *request.mutable_release()->add_slugs();
    wish.set_locale(locale);
    wish.set_slug(slug);
  }
  return As("boss", &Stub::CreateRelease, request).status();
}

absl::Status PressDesk::Update(const v1::Release& release, const std::string& etag, const char* path) {
  v1::UpdateReleaseRequest request;
  *request.mutable_release() = release;
  request.mutable_release()->set_etag(etag);
  request.mutable_update_mask()->add_paths(path);
  return As("boss", &Stub::UpdateRelease, request).status();
}

absl::Status PressDesk::WriteBlock(const Command& command, const v1::Release& release) {
  v1::BatchUpdateBlocksRequest request;
  request.set_name(NameOf(command.release));
  auto& block = *request.add_changes();
  if (!release.content().body().empty()) *block.mutable_replace() = release.content().body(0);
  block.mutable_replace()->mutable_paragraph()->set_text(absl::StrCat("Absatz ", command.n));
  block.set_etag(command.stale ? kStale : block.replace().etag());
  return As("boss", &Stub::BatchUpdateBlocks, request).status();
}

absl::Status PressDesk::Edit(const Command& command, const v1::Release& release, const std::string& etag) {
  v1::Release change;
  change.set_name(NameOf(command.release));
  switch (command.act) {
    case Act::kWrite:
      change.mutable_content()->set_headline(absl::StrCat("Text ", command.n));
      return Update(change, etag, "content.headline");
    case Act::kSetLanguage:
      change.mutable_content()->set_language(LanguageOf(command.n));
      return Update(change, etag, "content.language");
    case Act::kSetTopics:
      if ((command.n & 1) != 0) change.add_topics("fire");
      if ((command.n & 2) != 0) change.add_topics("water");
      return Update(change, etag, "topics");
    case Act::kSetPublishTime:
      if (command.n != 0) SetTime(MinuteOf(start_, command.n), *change.mutable_publish_time());
      return Update(change, etag, "publish_time");
    case Act::kSetEmbargo:
      if (command.n < 0) change.mutable_embargo()->set_indefinite(true);
      if (command.n > 0) SetTime(MinuteOf(start_, command.n), *change.mutable_embargo()->mutable_end());
      return Update(change, etag, "embargo");
    case Act::kWriteBlock:
      return WriteBlock(command, release);
    default:
      return absl::UnimplementedError(ToString(command));
  }
}

absl::Status PressDesk::Withdraw(const Command& command, v1::WithdrawReleaseRequest request) {
  auto& withdrawal = *request.mutable_withdrawal();
  switch (command.how) {
    case Command::How::kNotice:
      withdrawal.set_kind(v1::Withdrawal::KIND_NOTICE);
      break;
    case Command::How::kRedirect:
      withdrawal.set_kind(v1::Withdrawal::KIND_REDIRECT);
      withdrawal.set_replacement(NameOf(command.replacement));
      break;
    case Command::How::kGone:
      withdrawal.set_kind(v1::Withdrawal::KIND_GONE);
      break;
  }
  Say(absl::StrCat("Grund ", command.n), *withdrawal.mutable_explanations());
  return As("boss", &Stub::WithdrawRelease, request).status();
}

absl::Status PressDesk::Play(const Command& command, const std::string& slug) {
  if (command.act == Act::kCreate) return Create(command.release, command.n, slug);
  const v1::Release release = Read(command.release);
  const std::string etag = command.stale || release.etag().empty() ? kStale : release.etag();
  const std::string language = LanguageFor(release, command.wrong_language);
  const auto verb = [&](auto request) {
    request.set_name(NameOf(command.release));
    request.set_etag(etag);
    return request;
  };
  switch (command.act) {
    case Act::kSubmit:
      return As("boss", &Stub::SubmitRelease, verb(v1::SubmitReleaseRequest())).status();
    case Act::kReturn: {
      auto request = verb(v1::ReturnReleaseRequest());
      request.set_comment("Bitte noch einmal.");
      return As("boss", &Stub::ReturnRelease, request).status();
    }
    case Act::kApprove: {
      auto request = verb(v1::ApproveReleaseRequest());
      if (command.n == 1) request.set_revision(release.latest_revision());
      if (command.n == 2) request.set_revision(NameOf(command.release) + "/revisions/1");
      return As("approver", &Stub::ApproveRelease, request).status();
    }
    case Act::kPublish: {
      auto request = verb(v1::PublishReleaseRequest());
      request.add_languages(language);
      if (command.n != 0) SetTime(MinuteOf(start_, command.n), *request.mutable_publish_time());
      return As("boss", &Stub::PublishRelease, request).status();
    }
    case Act::kCorrect: {
      auto request = verb(v1::CorrectReleaseRequest());
      request.add_languages(language);
      Say(absl::StrCat("Berichtigung ", command.n), *request.mutable_notices());
      return As("boss", &Stub::CorrectRelease, request).status();
    }
    case Act::kWithdraw: {
      auto request = verb(v1::WithdrawReleaseRequest());
      if (command.one_language) request.add_languages(language);
      return Withdraw(command, std::move(request));
    }
    case Act::kReinstate: {
      auto request = verb(v1::ReinstateReleaseRequest());
      if (command.one_language) request.add_languages(language);
      return As("boss", &Stub::ReinstateRelease, request).status();
    }
    case Act::kDelete:
      return As("boss", &Stub::DeleteRelease, verb(v1::DeleteReleaseRequest())).status();
    case Act::kUndelete:
      return As("boss", &Stub::UndeleteRelease, verb(v1::UndeleteReleaseRequest())).status();
    default:
      return Edit(command, release, etag);
  }
}

absl::Status PressDesk::PrepareCorrection(int release) {
  absl::Status status = Play({.act = Act::kWrite, .release = release, .n = 99});
  if (status.ok()) status = Play({.act = Act::kSubmit, .release = release});
  if (status.ok()) status = Play({.act = Act::kApprove, .release = release});
  return status;
}

absl::Status PressDesk::Schedule(int release, absl::Time time) {
  absl::Status status = Create(release, 8, "");
  if (status.ok()) status = Play({.act = Act::kSubmit, .release = release});
  if (status.ok()) status = Play({.act = Act::kApprove, .release = release});
  if (!status.ok()) return status;
  v1::PublishReleaseRequest request;
  request.set_name(NameOf(release));
  request.set_etag(Read(release).etag());
  request.add_languages("de");
  SetTime(time, *request.mutable_publish_time());
  return As("boss", &Stub::PublishRelease, request).status();
}

}  // namespace communique::testing

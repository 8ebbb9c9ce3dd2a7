// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include "services/platform/changes/read_feed.h"
#include "services/platform/errors/error.h"
#include "services/releases/storage/feed.h"
#include "services/releases/testing/release_driver.h"
#include "services/releases/usecases/read_editions.h"

// The path of a release, on both engines: write, clear, publish, read, put right.
namespace communique::releases {
namespace {

using platform::Reason;
using v1::Edition;
using v1::Release;

class ReleasePathTest : public testing::TestWithParam<const char*> {
 protected:
  ReleasePathTest() { store_.MakeNewsroom("relief"); }

  // What a reader gets of an edition; its visibility alone when there is nothing.
  Edition Read(const std::string& name) {
    const auto reply = ReadEdition(store_.environment(), ReleasesStore::Soon(), *EditionName::Parse(name));
    Edition edition;
    if (reply.ok()) {
      EXPECT_TRUE(edition.ParseFromString(reply->bytes));
      EXPECT_EQ(edition.etag(), reply->etag);
    } else {
      EXPECT_TRUE(absl::IsNotFound(reply.status())) << reply.status();
    }
    return edition;
  }
  std::vector<std::string> Listed() {
    v1::ListEditionsRequest request;
    request.set_parent("newsrooms/relief/releases/-");
    const auto reply =
        ReadEditionList(store_.environment(), ReleasesStore::Soon(), request, *EditionParent::Parse(request.parent()));
    v1::ListEditionsResponse response;
    EXPECT_TRUE(reply.ok() && response.ParseFromString(reply->bytes)) << reply.status();
    std::vector<std::string> headlines;
    for (const auto& card : response.editions()) headlines.push_back(card.headline());
    return headlines;
  }
  std::vector<std::string> PublicFeed() {
    std::vector<std::string> verbs;
    const auto status = store_.db().Read(ReleasesStore::Soon(), [&](platform::Session& session) {
      verbs.clear();
      const auto entries = platform::ReadFeedEntries(session, platform::Feed::kPublic, 0, 1'000'000, 1000);
      if (entries.ok()) {
        for (const auto& entry : *entries) verbs.push_back(entry->change.verb);
      }
      return entries.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return verbs;
  }

  ReleasesStore store_{GetParam()};
  ReleaseDriver release_{store_, "newsrooms/relief", "flood"};
};

TEST_P(ReleasePathTest, FromDraftToTombstone) {
  ASSERT_TRUE(release_.Create("Hilfe für 300 Familien").ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_DRAFT);
  EXPECT_EQ(release_.release().content().language(), "de");
  EXPECT_FALSE(release_.release().content().body(0).block_id().empty());
  EXPECT_FALSE(release_.release().content().body(0).etag().empty());
  ASSERT_TRUE(release_.Submit().ok());
  EXPECT_EQ(release_.release().latest_revision(), "newsrooms/relief/releases/flood/revisions/1");
  ASSERT_TRUE(release_.Approve().ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_APPROVED);
  EXPECT_EQ(Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_UNSPECIFIED);

  ASSERT_TRUE(release_.Publish().ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_PUBLISHED);
  const Edition live = Read(release_.EditionOf("de"));
  EXPECT_EQ(live.visibility(), Edition::VISIBILITY_LIVE);
  EXPECT_EQ(live.content().headline(), "Hilfe für 300 Familien");
  EXPECT_EQ(live.slug(), "hilfe-fuer-300-familien");
  EXPECT_EQ(live.web_address(), "https://press.example.org/de/flood/hilfe-fuer-300-familien");
  EXPECT_EQ(live.digest(), release_.release().approval().digest());
  EXPECT_EQ(Listed(), std::vector<std::string>{"Hilfe für 300 Familien"});

  store_.clock().Advance(absl::Minutes(5));
  ASSERT_TRUE(release_.SetHeadline("Hilfe für 400 Familien").ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_PUBLISHED);
  EXPECT_EQ(release_.release().pending_state(), Release::STATE_DRAFT);
  EXPECT_EQ(Read(release_.EditionOf("de")).etag(), live.etag());
  ASSERT_TRUE(release_.SubmitAndApprove().ok());
  ASSERT_TRUE(release_.Correct("Es sind 400 Familien, nicht 300.").ok());
  const Edition corrected = Read(release_.EditionOf("de"));
  EXPECT_EQ(corrected.content().headline(), "Hilfe für 400 Familien");
  EXPECT_EQ(corrected.slug(), live.slug());
  ASSERT_EQ(corrected.notices_size(), 1);
  EXPECT_EQ(corrected.notices(0).text(), "Es sind 400 Familien, nicht 300.");
  EXPECT_EQ(corrected.publish_time().seconds(), live.publish_time().seconds());
  EXPECT_GT(corrected.update_time().seconds(), live.update_time().seconds());

  ASSERT_TRUE(release_.Withdraw(v1::Withdrawal::KIND_GONE).ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_WITHDRAWN);
  const Edition gone = Read(release_.EditionOf("de"));
  EXPECT_EQ(gone.visibility(), Edition::VISIBILITY_TOMBSTONE);
  EXPECT_FALSE(gone.has_content());
  EXPECT_TRUE(Listed().empty());
  ASSERT_TRUE(release_.Reinstate().ok());
  EXPECT_EQ(Read(release_.EditionOf("de")).content().headline(), "Hilfe für 400 Familien");
  EXPECT_EQ(PublicFeed(), (std::vector<std::string>{"PUBLISHED", "CORRECTED", "WITHDRAWN", "REINSTATED"}));
}

TEST_P(ReleasePathTest, BecomesPublicByTheClockAndNotBefore) {
  store_.clock().Set(absl::FromUnixSeconds(1'792'130'000));  // 2026-10-16 07:53:20 in Berlin
  ASSERT_TRUE(release_.CreateApproved("Morgen").ok());
  ASSERT_TRUE(release_.Publish("2026-10-16T10:00").ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_SCHEDULED);
  const absl::Time due = absl::FromUnixSeconds(1'792'137'600);
  EXPECT_TRUE(PublicFeed().empty());
  store_.clock().Set(due - absl::Microseconds(1));
  EXPECT_EQ(Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_UNSPECIFIED);
  EXPECT_TRUE(Listed().empty());
  store_.clock().Set(due);
  EXPECT_EQ(Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_LIVE);
  EXPECT_EQ(Listed().size(), 1U);
  ASSERT_TRUE(release_.Refresh().ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_PUBLISHED);
}

TEST_P(ReleasePathTest, AnEmbargoHoldsWhateverIsDecided) {
  store_.clock().Set(absl::FromUnixSeconds(1'792'130'000));
  ASSERT_TRUE(release_.Create("Gesperrt").ok());
  Release embargo;
  embargo.mutable_embargo()->set_indefinite(true);
  ASSERT_TRUE(release_.Update(embargo, {"embargo"}).ok());
  ASSERT_TRUE(release_.SubmitAndApprove().ok());
  ASSERT_TRUE(release_.Publish().ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_SCHEDULED);
  store_.clock().Advance(absl::Hours(24 * 365));
  EXPECT_EQ(Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_UNSPECIFIED);
  store_.clock().Set(absl::FromUnixSeconds(1'792'130'001));

  Release ended;
  ended.mutable_embargo()->mutable_end()->set_local("2026-10-16T10:00");
  ASSERT_TRUE(release_.Update(ended, {"embargo"}).ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_SCHEDULED);
  store_.clock().Set(absl::FromUnixSeconds(1'792'137'600));
  EXPECT_EQ(Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_LIVE);
  // Once public it is too late for an embargo.
  EXPECT_EQ(platform::ReasonOf(release_.Update(embargo, {"embargo"})), Reason::ERROR_REASON_EMBARGO_AFTER_PUBLICATION);
}

TEST_P(ReleasePathTest, ASaveThatChangesNothingVoidsNothing) {
  ASSERT_TRUE(release_.CreateApproved("Gleich").ok());
  const std::string etag = release_.release().etag();
  ASSERT_TRUE(release_.SetHeadline("Gleich").ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_APPROVED);
  EXPECT_EQ(release_.release().etag(), etag);
  ASSERT_TRUE(release_.SetHeadline("Anders").ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_DRAFT);
  EXPECT_FALSE(release_.release().has_approval());
}

TEST_P(ReleasePathTest, SubmittingTheSameTextMakesNoNewRevision) {
  ASSERT_TRUE(release_.CreateApproved("Gleich").ok());
  ASSERT_TRUE(release_.Return().ok());
  ASSERT_TRUE(release_.Submit().ok());
  EXPECT_TRUE(release_.release().latest_revision().ends_with("/revisions/1"));
  ASSERT_TRUE(release_.Return().ok());
  ASSERT_TRUE(release_.SetHeadline("Anders").ok());
  ASSERT_TRUE(release_.Submit().ok());
  EXPECT_TRUE(release_.release().latest_revision().ends_with("/revisions/2"));
}

TEST_P(ReleasePathTest, ASecondPersonApproves) {
  ASSERT_TRUE(release_.Create("Vier Augen").ok());
  ASSERT_TRUE(release_.Submit().ok());
  EXPECT_EQ(platform::ReasonOf(release_.Approve("author")), Reason::ERROR_REASON_APPROVER_IS_LAST_EDITOR);
  EXPECT_TRUE(release_.Approve("approver").ok());
}

TEST_P(ReleasePathTest, OfTwoWritersOneIsToldTheEtag) {
  ASSERT_TRUE(release_.Create("Zwei").ok());
  const std::string seen = release_.release().etag();
  ASSERT_TRUE(release_.SetHeadline("Erste").ok());
  v1::SubmitReleaseRequest request;
  request.set_name(release_.name());
  request.set_etag(seen);
  const auto second = SubmitRelease(store_.environment(), ReleasesStore::As("author"), request);
  EXPECT_EQ(second.status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(platform::ErrorMetadataValue(second.status(), "etag"), release_.release().etag());
}

TEST_P(ReleasePathTest, ARepeatedRequestChangesNothingTwice) {
  constexpr char kId[] = "7b0a4a4e-6d0b-4c4e-9d0a-3d9f6b0c1d2e";
  ASSERT_TRUE(release_.CreateApproved("Einmal").ok());
  const v1::Release before = release_.release();
  v1::PublishReleaseRequest request;
  request.set_name(before.name());
  request.set_etag(before.etag());
  request.add_languages("de");
  request.set_request_id(kId);
  const auto first = PublishRelease(store_.environment(), ReleasesStore::As("publisher"), request);
  ASSERT_TRUE(first.ok()) << first.status();
  store_.clock().Advance(absl::Minutes(1));
  const auto again = PublishRelease(store_.environment(), ReleasesStore::As("publisher"), request);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->value.etag(), first->value.etag());
  EXPECT_EQ(PublicFeed().size(), 1U);
  request.add_languages("en");
  EXPECT_EQ(platform::ReasonOf(PublishRelease(store_.environment(), ReleasesStore::As("publisher"), request).status()),
            Reason::ERROR_REASON_REQUEST_ID_REUSED);
}

TEST_P(ReleasePathTest, ValidatingOnlyTellsTheResultAndChangesNothing) {
  ASSERT_TRUE(release_.CreateApproved("Probe").ok());
  v1::PublishReleaseRequest request;
  request.set_name(release_.name());
  request.set_etag(release_.release().etag());
  request.add_languages("de");
  request.set_validate_only(true);
  const auto tried = PublishRelease(store_.environment(), ReleasesStore::As("publisher"), request);
  ASSERT_TRUE(tried.ok()) << tried.status();
  EXPECT_EQ(tried->value.state(), Release::STATE_PUBLISHED);
  EXPECT_EQ(Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_UNSPECIFIED);
  ASSERT_TRUE(release_.Refresh().ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_APPROVED);
  EXPECT_TRUE(PublicFeed().empty());
}

TEST_P(ReleasePathTest, ReturningCancelsASchedule) {
  store_.clock().Set(absl::FromUnixSeconds(1'792'130'000));
  ASSERT_TRUE(release_.CreateApproved("Doch nicht").ok());
  ASSERT_TRUE(release_.Publish("2026-10-16T10:00").ok());
  // In the last two seconds other processes may show it already.
  store_.clock().Set(absl::FromUnixSeconds(1'792'137'599));
  EXPECT_EQ(release_.Return().code(), absl::StatusCode::kUnavailable);
  store_.clock().Set(absl::FromUnixSeconds(1'792'137'000));
  ASSERT_TRUE(release_.Return().ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_DRAFT);
  store_.clock().Advance(absl::Hours(2));
  EXPECT_EQ(Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_UNSPECIFIED);
  EXPECT_TRUE(release_.Delete().ok());
}

TEST_P(ReleasePathTest, WhatWasPublicIsNotDeleted) {
  ASSERT_TRUE(release_.CreateApproved("Bleibt").ok());
  ASSERT_TRUE(release_.Publish().ok());
  EXPECT_EQ(platform::ReasonOf(release_.Delete()), Reason::ERROR_REASON_EVER_PUBLIC);
}

TEST_P(ReleasePathTest, DeletedIsTakenBackUntilPurged) {
  ASSERT_TRUE(release_.Create("Weg").ok());
  ASSERT_TRUE(release_.Delete().ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_DELETED);
  EXPECT_FALSE(release_.SetHeadline("Nein").ok());
  ASSERT_TRUE(release_.Undelete().ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_DRAFT);
  EXPECT_TRUE(release_.SetHeadline("Ja").ok());
}

TEST_P(ReleasePathTest, WithdrawnUnderANoticeOrForAnother) {
  ReleaseDriver other(store_, "newsrooms/relief", "other");
  ASSERT_TRUE(other.CreateApproved("Ersatz").ok());
  ASSERT_TRUE(release_.CreateApproved("Alt").ok());
  ASSERT_TRUE(release_.Publish().ok());
  EXPECT_EQ(platform::ReasonOf(release_.Withdraw(v1::Withdrawal::KIND_REDIRECT, other.name())),
            Reason::ERROR_REASON_REFERENCE_MISSING);
  ASSERT_TRUE(other.Publish().ok());
  ASSERT_TRUE(release_.Withdraw(v1::Withdrawal::KIND_NOTICE).ok());
  const Edition notice = Read(release_.EditionOf("de"));
  EXPECT_EQ(notice.visibility(), Edition::VISIBILITY_NOTICE);
  EXPECT_EQ(notice.content().headline(), "Alt");
  EXPECT_EQ(notice.notices(0).text(), "Die Zahlen stimmen nicht.");
  EXPECT_EQ(Listed(), std::vector<std::string>{"Ersatz"});
  ASSERT_TRUE(release_.Withdraw(v1::Withdrawal::KIND_REDIRECT, other.name()).ok());
  EXPECT_EQ(Read(release_.EditionOf("de")).replacement(), other.name());
  EXPECT_FALSE(Read(release_.EditionOf("de")).has_content());
}

TEST_P(ReleasePathTest, AWrongTextIsCorrectedBeforeItIsReinstated) {
  ASSERT_TRUE(release_.CreateApproved("Falsch").ok());
  ASSERT_TRUE(release_.Publish().ok());
  ASSERT_TRUE(release_.Withdraw(v1::Withdrawal::KIND_GONE).ok());
  ASSERT_TRUE(release_.SetHeadline("Richtig").ok());
  ASSERT_TRUE(release_.SubmitAndApprove().ok());
  store_.clock().Advance(absl::Seconds(1));
  ASSERT_TRUE(release_.Correct().ok());
  EXPECT_EQ(Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_TOMBSTONE);
  ASSERT_TRUE(release_.Reinstate().ok());
  EXPECT_EQ(Read(release_.EditionOf("de")).content().headline(), "Richtig");
}

TEST_P(ReleasePathTest, LanguagesWithoutATextAreNamed) {
  ASSERT_TRUE(release_.CreateApproved("Nur deutsch").ok());
  const absl::Status status = release_.Publish("", {"de", "en"});
  EXPECT_EQ(platform::ReasonOf(status), Reason::ERROR_REASON_LANGUAGE_MISSING);
  EXPECT_EQ(platform::ErrorMetadataValue(status, "languages"), "en");
  EXPECT_EQ(Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_UNSPECIFIED);
}

TEST_P(ReleasePathTest, ListsReleasesByStateOnTheClock) {
  store_.clock().Set(absl::FromUnixSeconds(1'792'130'000));
  ASSERT_TRUE(release_.CreateApproved("Eins").ok());
  ASSERT_TRUE(release_.Publish("2026-10-16T10:00").ok());
  const auto names = [&](const std::string& filter) {
    v1::ListReleasesRequest request;
    request.set_parent("newsrooms/relief");
    request.set_filter(filter);
    const auto response = ListReleases(store_.environment(), ReleasesStore::As("author"), request);
    EXPECT_TRUE(response.ok()) << response.status();
    return response.ok() ? response->releases_size() : -1;
  };
  EXPECT_EQ(names("state = SCHEDULED"), 1);
  EXPECT_EQ(names("state = PUBLISHED"), 0);
  EXPECT_EQ(names("state != PUBLISHED"), 1);
  store_.clock().Set(absl::FromUnixSeconds(1'792'137'600));
  EXPECT_EQ(names("state = SCHEDULED"), 0);
  EXPECT_EQ(names("state = PUBLISHED"), 1);
  EXPECT_EQ(names("headline = \"Eins\" AND language = de"), 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, ReleasePathTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::releases

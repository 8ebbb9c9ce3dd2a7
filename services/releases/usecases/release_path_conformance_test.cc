// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include "services/platform/errors/error.h"
#include "services/releases/testing/public_reader.h"
#include "services/releases/testing/release_driver.h"

// The path of a release, on both engines: write, clear, publish, read, put right.
namespace communique::releases {
namespace {

using platform::Reason;
using v1::Edition;
using v1::Release;

class ReleasePathTest : public testing::TestWithParam<const char*> {
 protected:
  ReleasePathTest() { store_.MakeNewsroom("relief"); }

  ReleasesStore store_{GetParam()};
  PublicReader reader_{store_.environment()};
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
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_UNSPECIFIED);

  ASSERT_TRUE(release_.Publish().ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_PUBLISHED);
  const Edition live = reader_.Read(release_.EditionOf("de"));
  EXPECT_EQ(live.visibility(), Edition::VISIBILITY_LIVE);
  EXPECT_EQ(live.content().headline(), "Hilfe für 300 Familien");
  EXPECT_EQ(live.slug(), "hilfe-fuer-300-familien");
  EXPECT_EQ(live.web_address(), "https://press.example.org/de/flood/hilfe-fuer-300-familien");
  EXPECT_EQ(live.digest(), release_.release().approval().digest());
  EXPECT_EQ(reader_.Headlines("newsrooms/relief/releases/-"), std::vector<std::string>{"Hilfe für 300 Familien"});

  store_.clock().Advance(absl::Minutes(5));
  ASSERT_TRUE(release_.SetHeadline("Hilfe für 400 Familien").ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_PUBLISHED);
  EXPECT_EQ(release_.release().pending_state(), Release::STATE_DRAFT);
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).etag(), live.etag());
  ASSERT_TRUE(release_.SubmitAndApprove().ok());
  ASSERT_TRUE(release_.Correct("Es sind 400 Familien, nicht 300.").ok());
  const Edition corrected = reader_.Read(release_.EditionOf("de"));
  EXPECT_EQ(corrected.content().headline(), "Hilfe für 400 Familien");
  EXPECT_EQ(corrected.slug(), live.slug());
  ASSERT_EQ(corrected.notices_size(), 1);
  EXPECT_EQ(corrected.notices(0).text(), "Es sind 400 Familien, nicht 300.");
  EXPECT_EQ(corrected.publish_time().seconds(), live.publish_time().seconds());
  EXPECT_GT(corrected.update_time().seconds(), live.update_time().seconds());

  ASSERT_TRUE(release_.Withdraw(v1::Withdrawal::KIND_GONE).ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_WITHDRAWN);
  const Edition gone = reader_.Read(release_.EditionOf("de"));
  EXPECT_EQ(gone.visibility(), Edition::VISIBILITY_TOMBSTONE);
  EXPECT_FALSE(gone.has_content());
  EXPECT_TRUE(reader_.Headlines("newsrooms/relief/releases/-").empty());
  ASSERT_TRUE(release_.Reinstate().ok());
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).content().headline(), "Hilfe für 400 Familien");
  EXPECT_EQ(reader_.Verbs(), (std::vector<std::string>{"PUBLISHED", "CORRECTED", "WITHDRAWN", "REINSTATED"}));
}

TEST_P(ReleasePathTest, AllThatIsWrongWithANewReleaseIsToldTogether) {
  v1::CreateReleaseRequest request;
  request.set_parent("newsrooms/relief");
  request.set_release_id("No good id");
  request.mutable_release()->add_topics("No key");
  *request.mutable_release()->mutable_content() = ShortContent("Hilfe");
  const auto made = CreateRelease(store_.environment(), ReleasesStore::As("author"), request);
  EXPECT_EQ(ViolatedFields(made.status()), (std::vector<std::string>{"release_id", "release.topics[0]"}));
}

TEST_P(ReleasePathTest, BecomesPublicByTheClockAndNotBefore) {
  store_.clock().Set(absl::FromUnixSeconds(1'792'130'000));  // 2026-10-16 07:53:20 in Berlin
  ASSERT_TRUE(release_.CreateApproved("Morgen").ok());
  ASSERT_TRUE(release_.Publish("2026-10-16T10:00").ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_SCHEDULED);
  const absl::Time due = absl::FromUnixSeconds(1'792'137'600);
  EXPECT_TRUE(reader_.Verbs().empty());
  store_.clock().Set(due - absl::Microseconds(1));
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_UNSPECIFIED);
  EXPECT_TRUE(reader_.Headlines("newsrooms/relief/releases/-").empty());
  store_.clock().Set(due);
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_LIVE);
  EXPECT_EQ(reader_.Headlines("newsrooms/relief/releases/-").size(), 1U);
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
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_UNSPECIFIED);
  store_.clock().Set(absl::FromUnixSeconds(1'792'130'001));

  Release ended;
  ended.mutable_embargo()->mutable_end()->set_local("2026-10-16T10:00");
  ASSERT_TRUE(release_.Update(ended, {"embargo"}).ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_SCHEDULED);
  store_.clock().Set(absl::FromUnixSeconds(1'792'137'600));
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_LIVE);
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
  EXPECT_EQ(reader_.Verbs().size(), 1U);
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
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_UNSPECIFIED);
  ASSERT_TRUE(release_.Refresh().ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_APPROVED);
  EXPECT_TRUE(reader_.Verbs().empty());
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
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_UNSPECIFIED);
  EXPECT_TRUE(release_.Delete().ok());
}

TEST_P(ReleasePathTest, TheSameScheduleAgainChangesNothing) {
  store_.clock().Set(absl::FromUnixSeconds(1'792'130'000));
  ASSERT_TRUE(release_.CreateApproved("Bald").ok());
  ASSERT_TRUE(release_.Publish("2026-10-16T10:00").ok());
  const std::string etag = release_.release().etag();
  EXPECT_EQ(platform::ReasonOf(release_.Publish("2026-10-16T10:00")), Reason::ERROR_REASON_NOTHING_CHANGED);
  EXPECT_EQ(platform::ReasonOf(release_.Publish()), Reason::ERROR_REASON_NOTHING_CHANGED);
  ASSERT_TRUE(release_.Refresh().ok());
  EXPECT_EQ(release_.release().etag(), etag);
  EXPECT_TRUE(release_.Publish("2026-10-16T11:00").ok());
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

TEST_P(ReleasePathTest, WhatIsPublicIsNotPublishedAgain) {
  ASSERT_TRUE(release_.CreateApproved("Einmal").ok());
  ASSERT_TRUE(release_.Publish().ok());
  const absl::Time since = absl::FromUnixSeconds(release_.release().public_since().seconds());
  EXPECT_EQ(platform::ReasonOf(release_.Publish()), Reason::ERROR_REASON_NOTHING_CHANGED);
  EXPECT_EQ(platform::ReasonOf(release_.Publish("2030-01-01T00:00")), Reason::ERROR_REASON_NOTHING_CHANGED);
  ASSERT_TRUE(release_.Refresh().ok());
  EXPECT_FALSE(release_.release().has_publish_time());
  EXPECT_EQ(absl::FromUnixSeconds(release_.release().public_since().seconds()), since);
}

// Topics and number go out with the text and need nobody's approval: once publication is decided, they are part of it.
TEST_P(ReleasePathTest, WhoMayNotPublishDoesNotChangeWhatIsDecided) {
  const auto update = [&](const Release& change, const std::string& path) {
    Caller author = ReleasesStore::As("author");
    author.permissions = {};
    v1::UpdateReleaseRequest request;
    *request.mutable_release() = change;
    request.mutable_release()->set_name(release_.name());
    request.mutable_update_mask()->add_paths(path);
    return UpdateRelease(store_.environment(), author, request).status();
  };
  Release topics, number, embargo, headline;
  topics.add_topics("water");
  number.set_reference_number("7");
  embargo.mutable_embargo()->set_indefinite(true);
  headline.mutable_content()->set_headline("Anders");
  ASSERT_TRUE(release_.Create("Entschieden").ok());
  EXPECT_TRUE(update(topics, "topics").ok());
  EXPECT_TRUE(update(embargo, "embargo").ok());
  ASSERT_TRUE(release_.Refresh().ok());
  ASSERT_TRUE(release_.SubmitAndApprove().ok());
  ASSERT_TRUE(release_.Publish().ok());
  topics.add_topics("fire");
  embargo.clear_embargo();
  for (const auto& [change, path] :
       {std::pair(&topics, "topics"), std::pair(&number, "reference_number"), std::pair(&embargo, "embargo")}) {
    const absl::Status status = update(*change, path);
    EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied) << path;
    EXPECT_EQ(platform::ErrorMetadataValue(status, "permission"), "PERMISSION_PUBLISH") << path;
  }
  // The text can be worked at: that needs approval.
  EXPECT_TRUE(update(headline, "content.headline").ok());
}

TEST_P(ReleasePathTest, LanguagesWithoutATextAreNamed) {
  ASSERT_TRUE(release_.CreateApproved("Nur deutsch").ok());
  const absl::Status status = release_.Publish("", {"de", "en"});
  EXPECT_EQ(platform::ReasonOf(status), Reason::ERROR_REASON_LANGUAGE_MISSING);
  EXPECT_EQ(platform::ErrorMetadataValue(status, "languages"), "en");
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_UNSPECIFIED);
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

INSTANTIATE_TEST_SUITE_P(Engines, ReleasePathTest, testing::ValuesIn(platform::TestDatabase::kEnginesAndPgBouncer),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::releases

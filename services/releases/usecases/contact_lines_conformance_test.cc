// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/releases/testing/contact_lines.h"

// What releases print of contacts: from the draft to the edition. What happens on news of a contact is proven in
// contact_news_conformance_test.cc.
namespace communique::releases {
namespace {

using platform::Reason;
using platform::ReasonOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ContactLinesTest : public ContactLinesStore, public testing::TestWithParam<const char*> {
 protected:
  ContactLinesTest() : ContactLinesStore(GetParam()) {}

  static absl::TimeZone Berlin() {
    absl::TimeZone zone;
    EXPECT_TRUE(absl::LoadTimeZone("Europe/Berlin", &zone));
    return zone;
  }
};

TEST_P(ContactLinesTest, ALineWithoutWordsIsWrittenWhenItIsSubmitted) {
  ASSERT_TRUE(CreateWith({Referring("milena")}).ok());
  EXPECT_THAT(Lines(driver_.release().content()), ElementsAre("")) << "a draft follows the contact";
  contacts_.Set("milena", {.display_name = "Milena Brkić", .email = "milena@example.org"});
  ASSERT_TRUE(driver_.Submit().ok());
  EXPECT_THAT(Lines(driver_.release().content()), ElementsAre("Milena Brkić, milena@example.org"));
  ASSERT_TRUE(driver_.Approve().ok());
  ASSERT_TRUE(driver_.Publish().ok());
  EXPECT_THAT(EditionLines(), ElementsAre("Milena Brkić, milena@example.org"));
  EXPECT_EQ(Edition().content().contact_lines(0).contact(), FakeContacts::NameOf("milena"));
}

TEST_P(ContactLinesTest, SavingWhatWasReadInReviewChangesNothing) {
  ASSERT_TRUE(CreateWith({Referring("milena")}).ok());
  ASSERT_TRUE(driver_.Submit().ok());
  const v1::Release read = driver_.release();
  ASSERT_TRUE(driver_.Update(read, {"content"}).ok());
  EXPECT_EQ(driver_.release().state(), v1::Release::STATE_IN_REVIEW);
  EXPECT_EQ(driver_.release().etag(), read.etag());
}

TEST_P(ContactLinesTest, ALineWithWordsKeepsThem) {
  ASSERT_TRUE(CreateWith({Referring("milena", "Frau Brkić: ", "milena@example.org")}).ok());
  ASSERT_TRUE(driver_.SubmitAndApprove().ok());
  ASSERT_TRUE(driver_.Publish().ok());
  EXPECT_THAT(EditionLines(), ElementsAre("Frau Brkić: milena@example.org"));
}

TEST_P(ContactLinesTest, WhoMayNotBePrintedIsNotSubmittedNorPublished) {
  ASSERT_TRUE(CreateWith({Referring("milena"), Referring("nobody")}).ok());
  const absl::Status refused = driver_.Submit();
  EXPECT_EQ(ReasonOf(refused), Reason::ERROR_REASON_NOT_PRINTABLE) << refused;
  EXPECT_THAT(refused.message(), HasSubstr("there is no contact newsrooms/relief/contacts/nobody"));
  EXPECT_THAT(refused.message(), HasSubstr(driver_.release().content().contact_lines(1).part_id()));
  ASSERT_TRUE(driver_.Refresh().ok());
  EXPECT_EQ(driver_.release().state(), v1::Release::STATE_DRAFT);

  contacts_.Set("nobody", {.display_name = "Somebody", .email = "some@example.org"});
  ASSERT_TRUE(driver_.SubmitAndApprove().ok());
  contacts_.Set("nobody", {.display_name = "Somebody", .email = "some@example.org", .active = false});
  const std::string etag = driver_.release().etag();
  EXPECT_EQ(ReasonOf(driver_.Publish()), Reason::ERROR_REASON_NOT_PRINTABLE);
  ASSERT_TRUE(driver_.Refresh().ok());
  EXPECT_EQ(driver_.release().etag(), etag);
}

TEST_P(ContactLinesTest, AnAddressThatIsNotForEverybodyIsNotPublished) {
  contacts_.Set("milena", {.display_name = "Milena Brkić", .email = "milena@example.org", .email_is_public = false});
  ASSERT_TRUE(CreateWith({Referring("milena", "Frau Brkić: ", "milena@example.org")}).ok());
  ASSERT_TRUE(driver_.SubmitAndApprove().ok());
  const absl::Status refused = driver_.Publish();
  EXPECT_EQ(ReasonOf(refused), Reason::ERROR_REASON_NOT_PRINTABLE);
  EXPECT_THAT(refused.message(), HasSubstr("segments 1 "));
  EXPECT_THAT(refused.message(), testing::Not(HasSubstr("milena@example.org"))) << "errors are logged";
}

TEST_P(ContactLinesTest, WhoEndsIsFollowedByWhoStandsInByTheClockAlone) {
  const absl::Time end = store_.clock().Now() + absl::Hours(3);
  contacts_.Set("milena", {.display_name = "Milena Brkić",
                           .email = "milena@example.org",
                           .substitute = "desk",
                           .until_seconds = absl::ToUnixSeconds(end)});
  ASSERT_TRUE(PublishedWith({Referring("milena")}).ok());
  const v1::Edition before = Edition();
  EXPECT_THAT(Lines(before.content()), ElementsAre("Milena Brkić, milena@example.org"));
  store_.clock().Set(absl::FromUnixSeconds(absl::ToUnixSeconds(end)));
  const v1::Edition after = Edition();
  EXPECT_THAT(Lines(after.content()), ElementsAre("Pressestelle, press@example.org"));
  EXPECT_EQ(after.digest(), before.digest());
  EXPECT_NE(after.etag(), before.etag());
}

TEST_P(ContactLinesTest, WhoIsGoneWhenItBeginsIsNotPublishedForThen) {
  const absl::Time end = store_.clock().Now() + absl::Hours(3);
  contacts_.Set(
      "milena",
      {.display_name = "Milena Brkić", .email = "milena@example.org", .until_seconds = absl::ToUnixSeconds(end)});
  ASSERT_TRUE(CreateWith({Referring("milena")}).ok());
  ASSERT_TRUE(driver_.SubmitAndApprove().ok());
  EXPECT_EQ(ReasonOf(driver_.Publish("2099-01-01T00:00:00")), Reason::ERROR_REASON_NOT_PRINTABLE);
  const std::string soon = absl::FormatTime("%Y-%m-%dT%H:%M:%S", store_.clock().Now() + absl::Hours(2), Berlin());
  ASSERT_TRUE(driver_.Publish(soon).ok());
  v1::Release later;
  later.mutable_publish_time()->set_local("2099-01-01T00:00:00");
  EXPECT_EQ(ReasonOf(driver_.Update(later, {"publish_time"})), Reason::ERROR_REASON_NOT_PRINTABLE);
}

TEST_P(ContactLinesTest, ACorrectionAsksAgain) {
  ASSERT_TRUE(PublishedWith({Referring("milena")}).ok());
  contacts_.Set("milena", {.display_name = "Milena Brkić", .email = "new@example.org"});
  ASSERT_TRUE(driver_.SetHeadline("Anders").ok());
  ASSERT_TRUE(driver_.SubmitAndApprove().ok());
  EXPECT_THAT(EditionLines(), ElementsAre("Milena Brkić, milena@example.org"));
  ASSERT_TRUE(driver_.Correct().ok());
  EXPECT_THAT(EditionLines(), ElementsAre("Milena Brkić, new@example.org"));
}

TEST_P(ContactLinesTest, OnlyWhoPrintsContactsNeedsTheirService) {
  ASSERT_TRUE(CreateWith({Referring("milena")}).ok());
  contacts_.GoAway();
  EXPECT_EQ(ReasonOf(driver_.Submit()), Reason::ERROR_REASON_PEER_UNAVAILABLE);
  ReleaseDriver alone(store_, newsroom_);
  ASSERT_TRUE(alone.CreateApproved("Ohne").ok());
  EXPECT_TRUE(alone.Publish().ok());

  contacts_.GoAway(false);
  ASSERT_TRUE(driver_.SubmitAndApprove().ok());
  ASSERT_TRUE(driver_.Publish().ok());
  contacts_.GoAway();
  EXPECT_TRUE(driver_.Withdraw(v1::Withdrawal::KIND_GONE).ok());
  EXPECT_TRUE(driver_.Reinstate().ok());
  EXPECT_THAT(EditionLines(), ElementsAre("Milena Brkić, milena@example.org"));
}

TEST_P(ContactLinesTest, WithoutAContactsServiceNothingRefersToContacts) {
  ReleasesStore store(GetParam());
  store.MakeNewsroom("relief");
  ReleaseDriver driver(store, newsroom_);
  ASSERT_TRUE(driver.Create("Titel").ok());
  v1::Release change;
  *change.mutable_content()->add_contact_lines() = Referring("milena");
  ASSERT_TRUE(driver.Update(change, {"content.contact_lines"}).ok());
  const absl::Status refused = driver.Submit();
  EXPECT_EQ(ReasonOf(refused), Reason::ERROR_REASON_REFERENCE_MISSING);
  EXPECT_THAT(refused.message(), HasSubstr("peers.contacts.address"));
}

TEST_P(ContactLinesTest, UsagesSayWhereAContactIsPrintedOnceThatIsPublic) {
  ASSERT_TRUE(CreateWith({Referring("milena", "Frau Brkić: ", "milena@example.org")}).ok());
  ASSERT_TRUE(driver_.SubmitAndApprove().ok());
  ASSERT_TRUE(driver_.Publish("2099-01-01T00:00:00").ok());
  EXPECT_THAT(Usages("milena").usages(), IsEmpty()) << "nobody knows of it yet";
  store_.clock().Set(absl::FromCivil(absl::CivilSecond(2099, 1, 2), absl::UTCTimeZone()));
  const auto usages = Usages("milena");
  ASSERT_EQ(usages.usages_size(), 1);
  const auto& usage = usages.usages(0);
  EXPECT_EQ(usage.edition(), driver_.EditionOf("de"));
  EXPECT_EQ(usage.contact(), FakeContacts::NameOf("milena"));
  EXPECT_EQ(usage.shown_contact(), usage.contact());
  EXPECT_TRUE(usage.as_signed());
  EXPECT_EQ(usage.revision(), driver_.release().live_revision());
  EXPECT_THAT(usage.fields(), ElementsAre(v1::ContactUsage::FIELD_EMAIL));
  EXPECT_THAT(Usages("desk").usages(), IsEmpty());
  ASSERT_TRUE(driver_.Withdraw(v1::Withdrawal::KIND_GONE).ok());
  EXPECT_THAT(Usages("milena").usages(), IsEmpty());
}

TEST_P(ContactLinesTest, UsagesComeInPagesAndOfOneNewsroom) {
  for (const char* id : {"r-one", "r-two", "r-three"}) {
    ReleaseDriver driver(store_, newsroom_, id);
    ASSERT_TRUE(PublishedWith({Referring("milena"), Referring("milena")}, driver).ok());
  }
  v1::ListContactUsagesRequest request;
  request.set_parent("newsrooms/-");
  request.set_contact(FakeContacts::NameOf("milena"));
  request.set_page_size(4);
  const auto first = ListContactUsages(store_.environment(), ReleasesStore::As("reader"), request);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->usages_size(), 4);
  request.set_page_token(first->next_page_token());
  const auto second = ListContactUsages(store_.environment(), ReleasesStore::As("reader"), request);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->usages_size(), 2);
  EXPECT_TRUE(second->next_page_token().empty());
  request.set_parent("newsrooms/other");
  EXPECT_FALSE(ListContactUsages(store_.environment(), ReleasesStore::As("reader"), request).ok()) << "other token";
  request.clear_page_token();
  const auto other = ListContactUsages(store_.environment(), ReleasesStore::As("reader"), request);
  ASSERT_TRUE(other.ok());
  EXPECT_TRUE(other->usages().empty());
  request.set_contact("nobody");
  request.set_parent("nowhere");
  EXPECT_THAT(ViolatedFields(ListContactUsages(store_.environment(), ReleasesStore::As("reader"), request).status()),
              ElementsAre("parent", "contact"));
}

INSTANTIATE_TEST_SUITE_P(Engines, ContactLinesTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::releases

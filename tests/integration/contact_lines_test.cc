// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// Contact lines of releases beside a contacts service, both as processes that end and come back.

#include <gtest/gtest.h>

#include <string>

#include "services/platform/testing/test_database.h"
#include "tests/testing/suite.h"

namespace communique::testing {
namespace {

using platform::Reason;
using platform::ReasonOf;

class ContactLinesProcessTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto desk = suite_.MakeContact("desk", "Media desk", "media@example.org");
    ASSERT_TRUE(desk.ok()) << desk.status();
    const auto milena = suite_.MakeContact("milena", "Milena Brkić", "milena@example.org", desk->name());
    ASSERT_TRUE(milena.ok()) << milena.status();
    milena_ = *milena;
  }

  const std::string milenas_ = "Milena Brkić, milena@example.org\n";
  const std::string desks_ = "Media desk, media@example.org\n";
  Suite suite_{"sqlite"};
  Suite::Contact milena_;
};

TEST_F(ContactLinesProcessTest, WhatHappenedWhileReleasesWasAwayIsMadeUpFor) {
  ASSERT_TRUE(suite_.PublishReferring("news", milena_.name()).ok());
  ASSERT_LT(suite_.WaitForLines(EditionName("news"), milenas_), absl::InfiniteDuration());
  suite_.releases().Kill();
  ASSERT_TRUE(suite_.Deactivate(milena_).ok());
  suite_.RestartReleases();
  EXPECT_LT(suite_.WaitForLines(EditionName("news"), desks_), absl::InfiniteDuration());
}

// It is the person's word that counts: nobody has to change the contact for it.
TEST_F(ContactLinesProcessTest, WhoWithdrawsFromBeingPrintedLeavesWhatIsPublic) {
  using Record = contacts::v1::ProcessingRecord;
  ASSERT_TRUE(suite_.PublishReferring("news", milena_.name()).ok());
  ASSERT_LT(suite_.WaitForLines(EditionName("news"), milenas_), absl::InfiniteDuration());
  ASSERT_TRUE(suite_.RecordAboutPrinting(milena_, Record::EVENT_WITHDRAWN).ok());
  EXPECT_LT(suite_.WaitForLines(EditionName("news"), desks_), absl::InfiniteDuration());
  ASSERT_TRUE(suite_.RecordAboutPrinting(milena_, Record::EVENT_GRANTED).ok());
  EXPECT_LT(suite_.WaitForLines(EditionName("news"), milenas_), absl::InfiniteDuration());
}

TEST_F(ContactLinesProcessTest, WithoutContactsOnlyTextsThatReferToThemWait) {
  ASSERT_TRUE(suite_.PublishReferring("before", milena_.name()).ok());
  suite_.contacts().Kill();
  EXPECT_EQ(ReasonOf(suite_.PublishReferring("refers", milena_.name()).status()),
            Reason::ERROR_REASON_PEER_UNAVAILABLE);
  EXPECT_TRUE(suite_.office().MakePublic("alone", "Alone").ok());
  EXPECT_LT(suite_.WaitForLines(EditionName("before"), milenas_), absl::InfiniteDuration()) << "as it was last heard";
  EXPECT_EQ(suite_.releases().HttpStatus("/readyz"), "200 OK");

  suite_.contacts().Start();
  v1::GetReleaseRequest get;
  get.set_name(ReleaseName("refers"));
  absl::StatusOr<v1::Release> submitted;
  const absl::Time end = absl::Now() + absl::Seconds(30);
  do {
    const auto draft = suite_.client().Call(&v1::ReleaseService::Stub::GetRelease, get);
    ASSERT_TRUE(draft.ok()) << draft.status();
    submitted = suite_.office().Submit(*draft);
  } while (absl::IsUnavailable(submitted.status()) && absl::Now() < end);
  EXPECT_TRUE(submitted.ok()) << submitted.status();
}

TEST_F(ContactLinesProcessTest, UsagesAreTheReleasesServicesToTell) {
  const auto published = suite_.PublishReferring("news", milena_.name());
  ASSERT_TRUE(published.ok()) << published.status();
  contacts::v1::ListUsagesRequest list;
  list.set_name(milena_.name());
  const auto usages = suite_.contacts_client().Call(&Suite::ContactStub::ListUsages, list);
  ASSERT_TRUE(usages.ok()) << usages.status();
  ASSERT_EQ(usages->usages_size(), 1);
  EXPECT_EQ(usages->usages(0).edition(), EditionName("news"));
  list.set_name(Suite::ContactName("nobody"));
  EXPECT_TRUE(absl::IsNotFound(suite_.contacts_client().Call(&Suite::ContactStub::ListUsages, list).status()));
  suite_.releases().Kill();
  list.set_name(milena_.name());
  EXPECT_EQ(ReasonOf(suite_.contacts_client().Call(&Suite::ContactStub::ListUsages, list).status()),
            Reason::ERROR_REASON_PEER_UNAVAILABLE);
}

// Deleting one that is printed: readers see who stands in, or no line, until the deletion is taken back.
class DeletedContactTest : public ::testing::TestWithParam<const char*> {
 protected:
  absl::StatusOr<Suite::Contact> Delete(const Suite::Contact& contact) {
    contacts::v1::DeleteContactRequest request;
    request.set_name(contact.name());
    request.set_etag(contact.etag());
    return suite_.contacts_client().Call(&Suite::ContactStub::DeleteContact, request);
  }
  absl::StatusOr<Suite::Contact> Undelete(const Suite::Contact& contact) {
    contacts::v1::UndeleteContactRequest request;
    request.set_name(contact.name());
    request.set_etag(contact.etag());
    return suite_.contacts_client().Call(&Suite::ContactStub::UndeleteContact, request);
  }

  // Her line in an author's words, and one that was written for her, each in a release of its own.
  void PublishBoth(const Suite::Contact& milena) {
    const auto signed_words = suite_.PublishReferring("words", milena.name(), "Ask her: ", "milena@example.org");
    ASSERT_TRUE(signed_words.ok()) << signed_words.status();
    const auto written = suite_.PublishReferring("written", milena.name());
    ASSERT_TRUE(written.ok()) << written.status();
    ExpectLines("Ask her: milena@example.org\n", "Milena Brkić, milena@example.org\n");
  }
  void ExpectLines(const std::string& words, const std::string& written) {
    EXPECT_LT(suite_.WaitForLines(EditionName("words"), words), absl::InfiniteDuration());
    EXPECT_LT(suite_.WaitForLines(EditionName("written"), written), absl::InfiniteDuration());
  }
  // Nothing was wrong, and what was signed is what was signed.
  void ExpectNoCorrection(const std::string& id) {
    const auto answer = suite_.client().Read(EditionName(id));
    ASSERT_TRUE(answer.edition.ok()) << answer.edition.status();
    EXPECT_TRUE(answer.edition->notices().empty());
    v1::GetReleaseRevisionRequest get;
    get.set_name(ReleaseName(id) + "/revisions/live");
    const auto revision = suite_.client().Call(&v1::ReleaseService::Stub::GetReleaseRevision, get);
    ASSERT_TRUE(revision.ok()) << revision.status();
    const auto& line = revision->content().contact_lines(0);
    EXPECT_EQ(line.segments(line.segments_size() - 1).value(), "milena@example.org");
    EXPECT_EQ(revision->digest(), answer.edition->digest());
  }
  void DeleteAndTakeBack(const std::string& substitute, const std::string& shown_instead) {
    const auto milena = suite_.MakeContact("milena", "Milena Brkić", "milena@example.org", substitute);
    ASSERT_TRUE(milena.ok()) << milena.status();
    ASSERT_NO_FATAL_FAILURE(PublishBoth(*milena));
    const auto deleted = Delete(*milena);
    ASSERT_TRUE(deleted.ok()) << deleted.status();
    ExpectLines(shown_instead, shown_instead);
    for (const char* id : {"words", "written"}) ExpectNoCorrection(id);
    const auto back = Undelete(*deleted);
    ASSERT_TRUE(back.ok()) << back.status();
    EXPECT_EQ(back->state(), Suite::Contact::STATE_ACTIVE);
    ExpectLines("Ask her: milena@example.org\n", "Milena Brkić, milena@example.org\n");
    for (const char* id : {"words", "written"}) ExpectNoCorrection(id);
  }

  Suite suite_{GetParam()};
};

TEST_P(DeletedContactTest, ItsSubstituteIsShownUntilItIsTakenBack) {
  const auto desk = suite_.MakeContact("desk", "Media desk", "media@example.org");
  ASSERT_TRUE(desk.ok()) << desk.status();
  DeleteAndTakeBack(desk->name(), "Media desk, media@example.org\n");
}

TEST_P(DeletedContactTest, WithoutASubstituteTheLineIsLeftOutUntilItIsTakenBack) { DeleteAndTakeBack("", ""); }

INSTANTIATE_TEST_SUITE_P(Engines, DeletedContactTest, ::testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::testing

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// Contact lines of releases beside a contacts service, both as processes that end and come back.

#include <gtest/gtest.h>

#include <string>

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

}  // namespace
}  // namespace communique::testing

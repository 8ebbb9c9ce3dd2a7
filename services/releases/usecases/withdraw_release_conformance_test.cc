// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include "services/platform/errors/error.h"
#include "services/releases/testing/public_reader.h"
#include "services/releases/testing/release_driver.h"
#include "services/releases/usecases/withdraw_release.h"

// Taking down what is public, and putting it back.
namespace communique::releases {
namespace {

using platform::Reason;
using v1::Edition;
using v1::Release;

class WithdrawReleaseTest : public testing::TestWithParam<const char*> {
 protected:
  WithdrawReleaseTest() { store_.MakeNewsroom("relief"); }

  ReleasesStore store_{GetParam()};
  PublicReader reader_{store_.environment()};
  ReleaseDriver release_{store_, "newsrooms/relief", "flood"};
};

TEST_P(WithdrawReleaseTest, WithdrawnUnderANoticeOrForAnother) {
  ReleaseDriver other(store_, "newsrooms/relief", "other");
  ASSERT_TRUE(other.CreateApproved("Ersatz").ok());
  ASSERT_TRUE(release_.CreateApproved("Alt").ok());
  ASSERT_TRUE(release_.Publish().ok());
  EXPECT_EQ(platform::ReasonOf(release_.Withdraw(v1::Withdrawal::KIND_REDIRECT, other.name())),
            Reason::ERROR_REASON_REFERENCE_MISSING);
  ASSERT_TRUE(other.Publish().ok());
  ASSERT_TRUE(release_.Withdraw(v1::Withdrawal::KIND_NOTICE).ok());
  const Edition notice = reader_.Read(release_.EditionOf("de"));
  EXPECT_EQ(notice.visibility(), Edition::VISIBILITY_NOTICE);
  EXPECT_EQ(notice.content().headline(), "Alt");
  EXPECT_EQ(notice.notices(0).text(), "Die Zahlen stimmen nicht.");
  EXPECT_EQ(reader_.Headlines("newsrooms/relief/releases/-"), std::vector<std::string>{"Ersatz"});
  ASSERT_TRUE(release_.Withdraw(v1::Withdrawal::KIND_REDIRECT, other.name()).ok());
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).replacement(), other.name());
  EXPECT_FALSE(reader_.Read(release_.EditionOf("de")).has_content());
}

// Which languages are there is decided by the text that readers have, not by the one that is being written.
TEST_P(WithdrawReleaseTest, ANoticeIsExplainedInTheLanguageThatIsPublic) {
  ASSERT_TRUE(release_.CreateApproved("Deutsch").ok());
  ASSERT_TRUE(release_.Publish().ok());
  Release english;
  english.mutable_content()->set_language("en");
  ASSERT_TRUE(release_.Update(english, {"content.language"}).ok());
  EXPECT_TRUE(release_.Withdraw(v1::Withdrawal::KIND_NOTICE).ok());
}

TEST_P(WithdrawReleaseTest, ALanguageThatWasTakenDownStaysSoWhenTheReleaseIsPutBack) {
  ASSERT_TRUE(release_.CreateApproved("Deutsch").ok());
  ASSERT_TRUE(release_.Publish().ok());
  ASSERT_TRUE(release_.Withdraw(v1::Withdrawal::KIND_GONE, "", {"de"}).ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_PUBLISHED);
  ASSERT_TRUE(release_.Withdraw(v1::Withdrawal::KIND_NOTICE).ok());
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_NOTICE);
  ASSERT_TRUE(release_.Reinstate().ok());
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_TOMBSTONE);
  ASSERT_TRUE(release_.Reinstate({"de"}).ok());
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_LIVE);
  EXPECT_EQ(platform::ReasonOf(release_.Reinstate({"de"})), Reason::ERROR_REASON_INVALID_TRANSITION);
}

TEST_P(WithdrawReleaseTest, AWrongTextIsCorrectedBeforeItIsReinstated) {
  ASSERT_TRUE(release_.CreateApproved("Falsch").ok());
  ASSERT_TRUE(release_.Publish().ok());
  ASSERT_TRUE(release_.Withdraw(v1::Withdrawal::KIND_GONE).ok());
  ASSERT_TRUE(release_.SetHeadline("Richtig").ok());
  ASSERT_TRUE(release_.SubmitAndApprove().ok());
  store_.clock().Advance(absl::Seconds(1));
  ASSERT_TRUE(release_.Correct().ok());
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_TOMBSTONE);
  ASSERT_TRUE(release_.Reinstate().ok());
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).content().headline(), "Richtig");
}

TEST_P(WithdrawReleaseTest, TheSameAgainChangesNothing) {
  ASSERT_TRUE(release_.CreateApproved("Einmal").ok());
  ASSERT_TRUE(release_.Publish().ok());
  for (const std::vector<std::string>& languages : {std::vector<std::string>{"de"}, std::vector<std::string>()}) {
    ASSERT_TRUE(release_.Withdraw(v1::Withdrawal::KIND_GONE, "", languages).ok());
    const std::string etag = release_.release().etag();
    store_.clock().Advance(absl::Minutes(1));
    EXPECT_EQ(platform::ReasonOf(release_.Withdraw(v1::Withdrawal::KIND_GONE, "", languages)),
              Reason::ERROR_REASON_NOTHING_CHANGED);
    ASSERT_TRUE(release_.Refresh().ok());
    EXPECT_EQ(release_.release().etag(), etag);
  }
  EXPECT_TRUE(release_.Withdraw(v1::Withdrawal::KIND_NOTICE).ok());
}

// A tombstone tells nothing of what happens to the text behind it.
TEST_P(WithdrawReleaseTest, ACorrectionBehindATombstoneIsNotTold) {
  ASSERT_TRUE(release_.CreateApproved("Falsch").ok());
  ASSERT_TRUE(release_.Publish().ok());
  store_.clock().Advance(absl::Seconds(1));
  ASSERT_TRUE(release_.Withdraw(v1::Withdrawal::KIND_GONE, "", {"de"}).ok());
  const Edition gone = reader_.Read(release_.EditionOf("de"));
  store_.clock().Advance(absl::Seconds(1));
  ASSERT_TRUE(release_.SetHeadline("Richtig").ok());
  ASSERT_TRUE(release_.SubmitAndApprove().ok());
  ASSERT_TRUE(release_.Correct("Es stand etwas Falsches da.").ok());
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).SerializeAsString(), gone.SerializeAsString());
  EXPECT_EQ(reader_.Verbs(), (std::vector<std::string>{"PUBLISHED", "WITHDRAWN"}));
  ASSERT_TRUE(release_.Reinstate({"de"}).ok());
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).content().headline(), "Richtig");
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).notices_size(), 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, WithdrawReleaseTest, testing::ValuesIn(platform::TestDatabase::kEnginesAndPgBouncer),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// What happens to a release while somebody is erased from it, and afterwards: it goes on, and nothing comes back.

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "services/releases/testing/personal_data.h"

namespace communique::releases {
namespace {

using google::protobuf::util::MessageDifferencer;
using platform::Reason;
using platform::ReasonOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ErasedReleasesTest : public PersonalDataStore, public testing::TestWithParam<const char*> {
 protected:
  ErasedReleasesTest() : PersonalDataStore(GetParam()) {}
};

TEST_P(ErasedReleasesTest, ADraftGoesOnWithoutHer) {
  ASSERT_TRUE(CreateWith({HerLine(), JonasLine()}).ok());
  const v1::Release seen = driver_.release();
  StopPrinting();
  ASSERT_TRUE(Erase().ok());

  // Who has the old text before him does not bring it back.
  v1::UpdateReleaseRequest save;
  *save.mutable_release() = seen;
  save.mutable_update_mask()->add_paths("content");
  const auto refused = UpdateRelease(store_.environment(), ReleasesStore::As("author"), save);
  EXPECT_EQ(ReasonOf(refused.status()), Reason::ERROR_REASON_ETAG_MISMATCH) << refused.status();
  EXPECT_THAT(Found(), IsEmpty());

  // The rest is edited as ever, also by those who send back all that they have read.
  ASSERT_TRUE(driver_.SetHeadline("Eine andere Zahl").ok());
  v1::Release change = driver_.release();
  for (auto& line : *change.mutable_content()->mutable_contact_lines()) {
    for (auto& segment : *line.mutable_segments()) segment.clear_erased();
  }
  ASSERT_TRUE(driver_.Update(change, {"content"}).ok());
  EXPECT_TRUE(driver_.release().content().contact_lines(0).segments(1).erased());
  const absl::Status submitted = driver_.Submit();
  EXPECT_EQ(ReasonOf(submitted), Reason::ERROR_REASON_NOT_PRINTABLE);
  EXPECT_THAT(std::string(submitted.message()),
              HasSubstr(driver_.release().content().contact_lines(0).part_id() + ": something was erased"));

  change = driver_.release();
  change.mutable_content()->mutable_contact_lines()->DeleteSubrange(0, 1);
  ASSERT_TRUE(driver_.Update(change, {"content.contact_lines"}).ok());
  ASSERT_TRUE(driver_.SubmitAndApprove().ok());
  EXPECT_TRUE(driver_.Publish().ok());
}

TEST_P(ErasedReleasesTest, AnApprovalStaysThatOfTheSameText) {
  ASSERT_TRUE(CreateWith({HerLine(), JonasLine()}).ok());
  ASSERT_TRUE(driver_.SubmitAndApprove().ok());
  const v1::Approval approval = driver_.release().approval();
  StopPrinting();
  ASSERT_TRUE(Erase().ok());
  ASSERT_TRUE(driver_.Refresh().ok());
  EXPECT_EQ(driver_.release().state(), v1::Release::STATE_APPROVED);
  EXPECT_TRUE(MessageDifferencer::Equals(driver_.release().approval(), approval));
  EXPECT_TRUE(driver_.release().content().contact_lines(0).segments(1).erased()) << "whoever looks at it sees it";
  ASSERT_TRUE(driver_.Publish().ok());
  EXPECT_THAT(EditionLines(), ElementsAre("Pressestelle, press@example.org", "Jonas Weber, jonas@example.org"));
  EXPECT_EQ(Edition().digest(), approval.digest());
}

TEST_P(ErasedReleasesTest, WhatOthersHaveVouchedForIsKnownUnderTheNewKey) {
  ASSERT_TRUE(PublishedWith({HerLine(), Referring("desk", "Presse: ", "press@example.org")}).ok());
  StopPrinting();
  ASSERT_TRUE(Erase().ok());
  EXPECT_THAT(EditionLines(), ElementsAre("Presse: press@example.org"));
  // Before anybody has been asked again.
  contacts_.Set("desk", {.display_name = "Pressestelle", .email = "new@example.org"});
  ASSERT_TRUE(Hear({"desk"}).ok());
  Refresh();
  EXPECT_THAT(EditionLines(), ElementsAre("Pressestelle, new@example.org", "Pressestelle, new@example.org"));
}

TEST_P(ErasedReleasesTest, TheSameTextSubmittedAgainIsTheSameRevision) {
  ASSERT_TRUE(PublishedWith({HerLine(""), JonasLine()}).ok());
  v1::Release change;
  *change.mutable_content()->add_contact_lines() = JonasLine();
  ASSERT_TRUE(driver_.Update(change, {"content.contact_lines"}).ok());
  ASSERT_TRUE(driver_.Submit().ok());
  const std::string revision = driver_.release().latest_revision();
  StopPrinting();
  ASSERT_TRUE(Erase().ok());
  ASSERT_TRUE(driver_.Refresh().ok());
  ASSERT_TRUE(driver_.Return().ok());
  ASSERT_TRUE(driver_.Submit().ok());
  EXPECT_EQ(driver_.release().latest_revision(), revision) << "though the key is another one";
}

TEST_P(ErasedReleasesTest, AnAnswerFromBeforeBringsNothingIntoARevision) {
  ASSERT_TRUE(CreateWith({Referring("milena")}).ok());
  const int calls = contacts_.calls();
  contacts_.after_answering = [&, done = false]() mutable {
    if (std::exchange(done, true)) return;
    StopPrinting();
    ASSERT_TRUE(Erase().ok());
  };
  ASSERT_TRUE(driver_.Submit().ok());
  contacts_.after_answering = [] {};
  EXPECT_GT(contacts_.calls() - calls, 1) << "it was asked again";
  EXPECT_THAT(Lines(driver_.release().content()), ElementsAre("Pressestelle, press@example.org"));
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_P(ErasedReleasesTest, NorIntoAnEdition) {
  ASSERT_TRUE(CreateWith({Referring("milena")}).ok());
  ASSERT_TRUE(driver_.SubmitAndApprove().ok());
  contacts_.after_answering = [&, done = false]() mutable {
    if (std::exchange(done, true)) return;
    StopPrinting();
    ASSERT_TRUE(Erase().ok());
  };
  v1::PublishReleaseRequest publish;  // whatever the text is by then
  publish.set_name(driver_.name());
  publish.add_languages("de");
  const auto published = PublishRelease(store_.environment(), ReleasesStore::As("publisher"), publish);
  ASSERT_TRUE(published.ok()) << published.status();
  contacts_.after_answering = [] {};
  EXPECT_THAT(EditionLines(), ElementsAre("Pressestelle, press@example.org"));
  EXPECT_THAT(Found(), IsEmpty());
}

// Texts that refer to her are written, published and corrected while she is erased, in no order.
TEST_P(ErasedReleasesTest, WhateverHappensMeanwhile) {
  constexpr int kWriters = 3;
  std::atomic<int> written{0};
  std::vector<std::thread> threads;
  for (int w = 0; w < kWriters; ++w) {
    threads.emplace_back([&, w] {
      for (int i = 0; i < 6; ++i) {
        ReleaseDriver driver(store_, newsroom_, absl::StrCat("w", w, "-", i));
        EXPECT_TRUE(CreateWith({Referring("milena"), JonasLine()}, driver).ok());
        for (int tries = 0; driver.release().state() != v1::Release::STATE_PUBLISHED && tries < 50; ++tries) {
          EXPECT_TRUE(driver.Refresh().ok());
          const auto state = driver.release().state();
          const absl::Status status = state == v1::Release::STATE_DRAFT       ? driver.Submit()
                                      : state == v1::Release::STATE_IN_REVIEW ? driver.Approve()
                                                                              : driver.Publish();
          EXPECT_TRUE(status.ok() || absl::IsAborted(status)) << status;
        }
        EXPECT_TRUE(driver.SetHeadline("Berichtigt").ok());
        ++written;
      }
    });
  }
  while (written < kWriters) std::this_thread::yield();
  StopPrinting();
  for (auto erased = Erase(); !erased.ok(); erased = Erase()) {
    ASSERT_TRUE(absl::IsAborted(erased.status()) || absl::IsUnavailable(erased.status())) << erased.status();
  }
  for (auto& thread : threads) thread.join();
  EXPECT_THAT(Found(), IsEmpty());
  Refresh();
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_P(ErasedReleasesTest, ARepetitionOfACallThatBroughtHerIsRefused) {
  v1::CreateReleaseRequest create;
  create.set_parent(newsroom_);
  create.set_release_id("again");
  create.set_request_id("22222222-2222-4222-8222-222222222222");
  *create.mutable_release()->mutable_content() = ShortContent("Zelte");
  *create.mutable_release()->mutable_content()->add_contact_lines() = HerLine();
  const Caller author = ReleasesStore::As("author");
  ASSERT_TRUE(CreateRelease(store_.environment(), author, create).ok());
  const std::string fingerprint = platform::FingerprintOf(create);
  ASSERT_THAT(Found({fingerprint}), ElementsAre("idempotency_records.fingerprint"));
  StopPrinting();
  ASSERT_TRUE(Erase().ok());
  EXPECT_THAT(Found({fingerprint}), IsEmpty()) << "a digest without a key";
  EXPECT_EQ(ReasonOf(CreateRelease(store_.environment(), author, create).status()),
            Reason::ERROR_REASON_REQUEST_ID_REUSED);
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_P(ErasedReleasesTest, WhatBecomesPublicInAMomentWaits) {
  ASSERT_TRUE(CreateWith({HerLine()}).ok());
  ASSERT_TRUE(driver_.SubmitAndApprove().ok());
  ASSERT_TRUE(driver_.Publish("2099-01-01T00:00:00").ok());
  StopPrinting();
  store_.clock().Set(absl::FromCivil(absl::CivilSecond(2098, 12, 31, 22, 59, 59), absl::UTCTimeZone()));
  const auto erased = Erase();
  EXPECT_EQ(erased.status().code(), absl::StatusCode::kUnavailable) << erased.status();
  store_.clock().Set(absl::FromCivil(absl::CivilSecond(2098, 12, 31, 23, 0, 1), absl::UTCTimeZone()));
  EXPECT_TRUE(Erase().ok());
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_P(ErasedReleasesTest, WhatIsDoneBeforeAReleaseThatWaitsIsTold) {
  ASSERT_TRUE(CreateWith({HerLine()}, Driver("a")).ok());
  ASSERT_TRUE(CreateWith({HerLine()}, Driver("b")).ok());
  ASSERT_TRUE(Driver("b").SubmitAndApprove().ok());
  ASSERT_TRUE(Driver("b").Publish("2099-01-01T00:00:00").ok());
  ASSERT_TRUE(CreateWith({HerLine()}, Driver("c")).ok());
  StopPrinting();
  store_.clock().Set(absl::FromCivil(absl::CivilSecond(2098, 12, 31, 22, 59, 59), absl::UTCTimeZone()));
  v1::ErasePersonalDataRequest request = Request();
  const Caller caller = ReleasesStore::As("services/contacts");
  const auto first = ErasePersonalData(store_.environment(), caller, request);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->releases(), 1);
  request.set_page_token(first->next_page_token());
  EXPECT_TRUE(absl::IsUnavailable(ErasePersonalData(store_.environment(), caller, request).status()));
  store_.clock().Set(absl::FromCivil(absl::CivilSecond(2098, 12, 31, 23, 0, 1), absl::UTCTimeZone()));
  const auto rest = Erase(store_.environment(), request);
  ASSERT_TRUE(rest.ok()) << rest.status();
  EXPECT_EQ(rest->releases(), 2);
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_P(ErasedReleasesTest, ACacheThatDoesNotAnswerIsAskedAgain) {
  ASSERT_TRUE(PublishedWith({HerLine()}).ok());
  ASSERT_TRUE(CreateWith({HerLine()}, Driver("never-public")).ok());
  Environment environment = store_.environment();
  std::vector<std::string> forgotten;
  absl::Status answer = platform::Unavailable(Reason::ERROR_REASON_PEER_UNAVAILABLE, "no answer", absl::Seconds(1));
  environment.forget_replies = [&](const std::vector<std::string>& editions) {
    forgotten = editions;
    return answer;
  };
  StopPrinting();
  EXPECT_EQ(Erase(environment).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(Found(), IsEmpty());
  answer = absl::OkStatus();
  forgotten.clear();
  EXPECT_TRUE(Erase(environment).ok());
  EXPECT_THAT(forgotten, ElementsAre(driver_.EditionOf("de"))) << "though there was nothing left to erase";
}

INSTANTIATE_TEST_SUITE_P(Engines, ErasedReleasesTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <random>
#include <string>
#include <thread>

#include "services/platform/changes/read_feed.h"
#include "services/releases/testing/contact_lines.h"
#include "services/releases/usecases/refresh_contact_lines.h"

// News of contacts reaches everything that is published, whenever it comes.
namespace communique::releases {
namespace {

using platform::Reason;
using platform::ReasonOf;
using testing::ElementsAre;
using testing::IsEmpty;

class ContactNewsTest : public ContactLinesStore, public testing::TestWithParam<const char*> {
 protected:
  ContactNewsTest() : ContactLinesStore(GetParam()) {}

  void Deactivate(const std::string& id, const std::string& substitute) {
    contacts_.Set(
        id, {.display_name = "Milena Brkić", .email = "milena@example.org", .active = false, .substitute = substitute});
  }
  int Refresh() {
    const auto looked_at = RefreshContactLines(store_.environment(), ReleasesStore::Soon());
    EXPECT_TRUE(looked_at.ok()) << looked_at.status();
    return looked_at.value_or(-1);
  }
  // What the feed says, as "VERB resource".
  std::vector<std::string> Feed(platform::Feed feed) {
    std::vector<std::string> told;
    const auto status = store_.db().Read(ReleasesStore::Soon(), [&](platform::Session& session) {
      const auto entries = platform::ReadFeedEntries(session, feed, 0, 1'000'000'000, 100'000);
      if (!entries.ok()) return entries.status();
      told.clear();
      for (const auto& entry : *entries) told.push_back(absl::StrCat(entry->change.verb, " ", entry->change.name));
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return told;
  }
};

TEST_P(ContactNewsTest, AStandInIsShownWithoutANoticeAndTheRevisionStays) {
  ASSERT_TRUE(PublishedWith({Referring("milena", "Frau Brkić: ", "milena@example.org")}).ok());
  const v1::Edition before = Edition();
  const auto told = Feed(platform::Feed::kPublic).size();
  Deactivate("milena", "desk");
  ASSERT_TRUE(Hear({"milena"}).ok());
  EXPECT_EQ(Refresh(), 1);
  EXPECT_EQ(Refresh(), 0) << "looked at once";

  const v1::Edition after = Edition();
  EXPECT_THAT(Lines(after.content()), ElementsAre("Pressestelle, press@example.org"));
  EXPECT_EQ(after.content().contact_lines(0).contact(), FakeContacts::NameOf("desk"));
  EXPECT_THAT(after.notices(), IsEmpty());
  EXPECT_EQ(after.digest(), before.digest());
  EXPECT_NE(after.etag(), before.etag());
  const std::string etag = driver_.release().etag();
  ASSERT_TRUE(driver_.Refresh().ok());
  EXPECT_EQ(driver_.release().etag(), etag) << "who edits it is not disturbed";
  EXPECT_THAT(Lines(driver_.release().content()), ElementsAre("Frau Brkić: milena@example.org"));
  const auto feed = Feed(platform::Feed::kPublic);
  ASSERT_EQ(feed.size(), told + 1);
  EXPECT_EQ(feed.back(), "UPDATED " + driver_.EditionOf("de"));

  const auto usages = Usages("desk");
  ASSERT_EQ(usages.usages_size(), 1);
  EXPECT_TRUE(usages.usages(0).substitute());
  EXPECT_EQ(usages.usages(0).contact(), FakeContacts::NameOf("milena"));
  EXPECT_EQ(Usages("milena").usages_size(), 1) << "it is still what the line refers to";
}

TEST_P(ContactNewsTest, WhoComesBackHasTheLineAsItWasSigned) {
  ASSERT_TRUE(PublishedWith({Referring("milena", "Frau Brkić: ", "milena@example.org")}).ok());
  Deactivate("milena", "");
  ASSERT_TRUE(Hear({"milena"}).ok());
  Refresh();
  EXPECT_THAT(EditionLines(), IsEmpty()) << "nobody stands in";
  contacts_.Set("milena", {.display_name = "Milena Brkić", .email = "milena@example.org"});
  ASSERT_TRUE(Hear({"milena"}).ok());
  Refresh();
  EXPECT_THAT(EditionLines(), ElementsAre("Frau Brkić: milena@example.org"));
}

TEST_P(ContactNewsTest, AnAddressThatHasGoneDoesNotComeBackWithACorrection) {
  ASSERT_TRUE(PublishedWith({Referring("milena", "Frau Brkić: ", "milena@example.org")}).ok());
  contacts_.Set("milena", {.display_name = "Milena Brkić", .email = "new@example.org"});
  ASSERT_TRUE(Hear({"milena"}).ok());
  Refresh();
  EXPECT_THAT(EditionLines(), ElementsAre("Milena Brkić, new@example.org"));
  ASSERT_TRUE(driver_.SetHeadline("Eine andere Zahl").ok());
  ASSERT_TRUE(driver_.SubmitAndApprove().ok());
  ASSERT_TRUE(driver_.Correct().ok());
  EXPECT_THAT(EditionLines(), ElementsAre("Milena Brkić, new@example.org"));
}

TEST_P(ContactNewsTest, AnEndThatIsHeardOfIsToldToThoseWhoKeepAnswers) {
  ASSERT_TRUE(PublishedWith({Referring("milena")}).ok());
  const auto internal = Feed(platform::Feed::kInternal).size();
  const absl::Time end = store_.clock().Now() + absl::Hours(2);
  contacts_.Set("milena", {.display_name = "Milena Brkić",
                           .email = "milena@example.org",
                           .substitute = "desk",
                           .until_seconds = absl::ToUnixSeconds(end)});
  ASSERT_TRUE(Hear({"milena"}).ok());
  Refresh();
  const auto feed = Feed(platform::Feed::kInternal);
  ASSERT_EQ(feed.size(), internal + 1);
  EXPECT_EQ(feed.back(), "UPDATED " + driver_.name());
  store_.clock().Set(absl::FromUnixSeconds(absl::ToUnixSeconds(end)));
  EXPECT_THAT(EditionLines(), ElementsAre("Pressestelle, press@example.org"));
}

TEST_P(ContactNewsTest, OneReleaseThatCannotBeLookedAtKeepsNoOtherFromIt) {
  ASSERT_TRUE(PublishedWith({Referring("milena")}).ok());
  const absl::Status broken = store_.db().Write(ReleasesStore::Soon(), [](platform::Session& session) {
    return session
        .Execute(
            "INSERT INTO contact_lines (newsroom_uid, edition, part_id, release_uid, release_name, stale, payload) "
            "SELECT newsroom_uid, 'x', part_id, 'gone', 'newsrooms/gone/releases/a', 1, payload FROM contact_lines")
        .status();
  });
  ASSERT_TRUE(broken.ok()) << broken;
  Deactivate("milena", "desk");
  ASSERT_TRUE(Hear({"milena"}).ok());
  EXPECT_FALSE(RefreshContactLines(store_.environment(), ReleasesStore::Soon()).ok()) << "it is told";
  EXPECT_THAT(EditionLines(), ElementsAre("Pressestelle, press@example.org"));
}

TEST_P(ContactNewsTest, NewsOfWhoStandsInCountsAsWell) {
  ASSERT_TRUE(PublishedWith({Referring("milena")}).ok());
  Deactivate("milena", "desk");
  ASSERT_TRUE(Hear({"milena"}).ok());
  Refresh();
  contacts_.Set("desk", {.display_name = "Pressestelle", .email = "new@example.org"});
  ASSERT_TRUE(Hear({"desk"}).ok());
  EXPECT_EQ(Refresh(), 1);
  EXPECT_THAT(EditionLines(), ElementsAre("Pressestelle, new@example.org"));
}

TEST_P(ContactNewsTest, NewsThatChangesNothingForReadersIsToldToNobody) {
  ASSERT_TRUE(PublishedWith({Referring("milena")}).ok());
  const auto told = Feed(platform::Feed::kInternal).size();
  ASSERT_TRUE(Hear({"milena", "unheard-of"}).ok());
  EXPECT_EQ(Refresh(), 1);
  EXPECT_EQ(Feed(platform::Feed::kInternal).size(), told);
  EXPECT_EQ(Refresh(), 0);
}

TEST_P(ContactNewsTest, NewsBetweenTheAnswerAndThePublicationIsAskedAboutAgain) {
  ASSERT_TRUE(CreateWith({Referring("milena")}).ok());
  ASSERT_TRUE(driver_.SubmitAndApprove().ok());
  const int calls = contacts_.calls();
  contacts_.after_answering = [&, done = false]() mutable {
    if (std::exchange(done, true)) return;
    Deactivate("milena", "desk");
    ASSERT_TRUE(Hear({"milena"}).ok());
  };
  ASSERT_TRUE(driver_.Publish().ok());
  contacts_.after_answering = [] {};
  EXPECT_THAT(EditionLines(), ElementsAre("Pressestelle, press@example.org"));
  // The one that was too early, the one that tells of the desk, and the one after the desk is listened for.
  EXPECT_LE(contacts_.calls() - calls, 3);
}

TEST_P(ContactNewsTest, NewsWithoutEndIsAnErrorThatSaysToTryAgain) {
  ASSERT_TRUE(CreateWith({Referring("milena")}).ok());
  ASSERT_TRUE(driver_.SubmitAndApprove().ok());
  contacts_.after_answering = [&] { ASSERT_TRUE(Hear({"milena"}).ok()); };
  const absl::Status refused = driver_.Publish();
  EXPECT_EQ(refused.code(), absl::StatusCode::kAborted) << refused;
  EXPECT_EQ(ReasonOf(refused), Reason::ERROR_REASON_CONTENTION);
  contacts_.after_answering = [] {};
  EXPECT_TRUE(driver_.Publish().ok());
}

TEST_P(ContactNewsTest, WhileContactsIsAwayNewsWaits) {
  ASSERT_TRUE(PublishedWith({Referring("milena")}).ok());
  Deactivate("milena", "desk");
  ASSERT_TRUE(Hear({"milena"}).ok());
  contacts_.GoAway();
  EXPECT_EQ(ReasonOf(RefreshContactLines(store_.environment(), ReleasesStore::Soon()).status()),
            Reason::ERROR_REASON_PEER_UNAVAILABLE);
  // A verb that asks nobody neither looks at the news nor loses it.
  ASSERT_TRUE(driver_.Withdraw(v1::Withdrawal::KIND_NOTICE).ok());
  ASSERT_TRUE(driver_.Reinstate().ok());
  EXPECT_THAT(EditionLines(), ElementsAre("Milena Brkić, milena@example.org"));
  contacts_.GoAway(false);
  EXPECT_EQ(Refresh(), 1);
  EXPECT_THAT(EditionLines(), ElementsAre("Pressestelle, press@example.org"));
}

TEST_P(ContactNewsTest, WhatIsScheduledIsKeptRightToo) {
  ASSERT_TRUE(CreateWith({Referring("milena")}).ok());
  ASSERT_TRUE(driver_.SubmitAndApprove().ok());
  ASSERT_TRUE(driver_.Publish("2099-01-01T00:00:00").ok());
  Deactivate("milena", "desk");
  ASSERT_TRUE(Hear({"milena"}).ok());
  const auto internal = Feed(platform::Feed::kInternal).size();
  const auto told = Feed(platform::Feed::kPublic).size();
  EXPECT_EQ(Refresh(), 1);
  EXPECT_EQ(Feed(platform::Feed::kInternal).size(), internal + 1) << "who keeps answers must hear until when they hold";
  EXPECT_EQ(Feed(platform::Feed::kPublic).size(), told) << "nobody reads it yet";
  store_.clock().Set(absl::FromCivil(absl::CivilSecond(2099, 1, 2), absl::UTCTimeZone()));
  EXPECT_THAT(EditionLines(), ElementsAre("Pressestelle, press@example.org"));
}

TEST_P(ContactNewsTest, ALostFeedMarksEverything) {
  ASSERT_TRUE(PublishedWith({Referring("milena")}).ok());
  Deactivate("milena", "desk");
  ASSERT_TRUE(store_.db().Write(ReleasesStore::Soon(), MarkNewsOfAll).ok());
  EXPECT_EQ(Refresh(), 1);
  EXPECT_THAT(EditionLines(), ElementsAre("Pressestelle, press@example.org"));
}

TEST_P(ContactNewsTest, OneQuestionServesAllReleasesThatPrintTheSame) {
  constexpr int kReleases = 30;
  std::vector<std::unique_ptr<ReleaseDriver>> drivers;
  for (int i = 0; i < kReleases; ++i) {
    drivers.push_back(std::make_unique<ReleaseDriver>(store_, newsroom_, absl::StrCat("release-", i)));
    ASSERT_TRUE(PublishedWith({Referring("milena", "Frau Brkić: ", "milena@example.org")}, *drivers.back()).ok());
  }
  Deactivate("milena", "desk");
  ASSERT_TRUE(Hear({"milena"}).ok());
  const int calls = contacts_.calls();
  EXPECT_EQ(Refresh(), kReleases);
  EXPECT_LE(contacts_.calls() - calls, 2);
  for (const auto& driver : drivers) {
    EXPECT_THAT(Lines(Edition(*driver).content()), ElementsAre("Pressestelle, press@example.org"));
  }
}

// Releases are published and corrected while their contacts change and are heard of, in no order. Once everything that
// was heard is looked at, every edition shows what is true then.
TEST_P(ContactNewsTest, NoNewsIsLostWhateverComesFirst) {
  constexpr int kWriters = 3;
  constexpr int kReleasesEach = 6;
  std::atomic<int> writing{kWriters};
  std::vector<std::vector<std::unique_ptr<ReleaseDriver>>> drivers(kWriters);
  std::vector<std::thread> threads;
  for (int w = 0; w < kWriters; ++w) {
    threads.emplace_back([&, w] {
      for (int i = 0; i < kReleasesEach; ++i) {
        auto driver = std::make_unique<ReleaseDriver>(store_, newsroom_, absl::StrCat("w", w, "-", i));
        const absl::Status made = CreateWith({Referring(i % 2 == 0 ? "milena" : "desk")}, *driver);
        EXPECT_TRUE(made.ok()) << made;
        // Under so much news a verb may be told to try again.
        while (driver->release().state() != v1::Release::STATE_PUBLISHED) {
          const bool draft = driver->release().state() == v1::Release::STATE_DRAFT;
          const bool review = driver->release().state() == v1::Release::STATE_IN_REVIEW;
          const absl::Status status = draft ? driver->Submit() : review ? driver->Approve() : driver->Publish();
          EXPECT_TRUE(status.ok() || absl::IsAborted(status)) << status;
          if (!status.ok() && !absl::IsAborted(status)) break;
        }
        drivers[static_cast<std::size_t>(w)].push_back(std::move(driver));
      }
      --writing;
    });
  }
  threads.emplace_back([&] {
    std::mt19937 random(7);  // NOLINT: the same numbers every time
    for (int change = 0; writing > 0; ++change) {
      const std::string email = absl::StrCat("m", change, "@example.org");
      if (random() % 2 == 0) {
        contacts_.Set("milena",
                      {.display_name = "Milena", .email = email, .active = random() % 2 == 0, .substitute = "desk"});
        EXPECT_TRUE(Hear({"milena"}).ok());
      } else {
        contacts_.Set("desk", {.display_name = "Pressestelle", .email = email});
        EXPECT_TRUE(Hear({"desk"}).ok());
      }
      if (random() % 3 == 0) Refresh();
      std::this_thread::yield();
    }
  });
  for (auto& thread : threads) thread.join();
  for (int round = 0; Refresh() > 0; ++round) ASSERT_LT(round, 10);

  for (const auto& own : drivers) {
    for (const auto& driver : own) {
      contacts::v1::PrintContactsRequest request;
      request.set_locale("de");
      request.add_contacts()->set_contact(driver->release().content().contact_lines(0).contact());
      const auto answer = contacts_.Print({}, request);
      ASSERT_TRUE(answer.ok());
      const auto& printable = answer->printings(0).periods(0).printable();
      const std::string expected = absl::StrCat(printable.display_name(), ", ", printable.emails(0));
      // The words of a contact that is there are those that were signed, until one of them is not true any more.
      EXPECT_THAT(Lines(Edition(*driver).content()), ElementsAre(expected)) << driver->name();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, ContactNewsTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::releases

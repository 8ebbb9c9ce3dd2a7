// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <latch>
#include <memory>
#include <thread>

#include "services/platform/errors/error.h"
#include "services/releases/storage/release_store.h"
#include "services/releases/testing/public_reader.h"
#include "services/releases/testing/release_driver.h"
#include "services/releases/usecases/sections.h"

// Several people, and several processes whose clocks differ, at the same release.
namespace communique::releases {
namespace {

using platform::Reason;
using v1::Edition;
using v1::Release;

// A clock that goes on by a step whenever somebody looks at it: a transaction that takes its time.
class SteppingClock final : public platform::Clock {
 public:
  SteppingClock(absl::Time first, absl::Duration step) : next_(first), step_(step) {}

  absl::Time Now() const override {
    const absl::Time now = next_;
    next_ += step_;
    return now;
  }

 private:
  mutable absl::Time next_;
  const absl::Duration step_;
};

// The first round opens connections, one after the other.
constexpr int kRounds = 5;

class ConcurrentVerbsTest : public testing::TestWithParam<const char*> {
 protected:
  ConcurrentVerbsTest() { store_.MakeNewsroom("relief"); }

  // What `count` threads get that begin at the same time.
  static std::vector<absl::Status> AtOnce(std::size_t count, const std::function<absl::Status(std::size_t)>& work) {
    std::vector<absl::Status> statuses(count);
    std::latch start(static_cast<std::ptrdiff_t>(count));
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < count; ++i) {
      threads.emplace_back([&, i] {
        start.arrive_and_wait();
        statuses[i] = work(i);
      });
    }
    for (auto& thread : threads) thread.join();
    return statuses;
  }
  static std::size_t CountOk(const std::vector<absl::Status>& statuses) {
    return static_cast<std::size_t>(
        std::count_if(statuses.begin(), statuses.end(), [](const auto& status) { return status.ok(); }));
  }

  Environment WithClock(const platform::Clock& clock) { return {{store_.db(), clock}, {}}; }

  // Addresses that tell releases apart by their slugs alone.
  void WithSlugAddresses() {
    v1::UpdateNewsroomRequest request;
    request.mutable_newsroom()->set_name("newsrooms/relief");
    request.mutable_newsroom()->set_web_address_template("https://press.example.org/{locale}/{slug}");
    request.mutable_update_mask()->add_paths("web_address_template");
    ASSERT_TRUE(UpdateNewsroom(store_.environment(), ReleasesStore::As("admin"), request).ok());
  }
  static Release WithSlug(const std::string& slug) {
    Release release;
    release.add_slugs()->set_locale("de");
    release.mutable_slugs(0)->set_slug(slug);
    return release;
  }

  ReleasesStore store_{GetParam()};
  PublicReader reader_{store_.environment()};
  ReleaseDriver release_{store_, "newsrooms/relief", "flood"};
};

TEST_P(ConcurrentVerbsTest, OfManyVerbsWithOneEtagExactlyOneWins) {
  for (int round = 0; round < kRounds; ++round) {
    ReleaseDriver release(store_, "newsrooms/relief", absl::StrCat("race-", round));
    ASSERT_TRUE(release.Create("Wettlauf").ok());
    const std::string seen = release.release().etag();
    const auto statuses = AtOnce(8, [&](std::size_t i) {
      const Caller caller = ReleasesStore::As(absl::StrCat("author-", i));
      const auto with_name = [&](auto request) {
        request.set_name(release.name());
        request.set_etag(seen);
        return request;
      };
      if (i % 4 == 0) {
        return SubmitRelease(store_.environment(), caller, with_name(v1::SubmitReleaseRequest())).status();
      }
      if (i % 4 == 1) {
        return DeleteRelease(store_.environment(), caller, with_name(v1::DeleteReleaseRequest())).status();
      }
      v1::UpdateReleaseRequest update;
      *update.mutable_release() = with_name(Release());
      update.mutable_release()->mutable_content()->set_headline(absl::StrCat("Wettlauf ", i));
      update.mutable_update_mask()->add_paths("content.headline");
      return UpdateRelease(store_.environment(), caller, update).status();
    });
    EXPECT_EQ(CountOk(statuses), 1U);
    ASSERT_TRUE(release.Refresh().ok());
    for (const absl::Status& status : statuses) {
      if (status.ok()) continue;
      EXPECT_EQ(platform::ReasonOf(status), Reason::ERROR_REASON_ETAG_MISMATCH) << status;
      EXPECT_EQ(platform::ErrorMetadataValue(status, "etag"), release.release().etag());
    }
    EXPECT_NE(release.release().etag(), seen);
  }
}

TEST_P(ConcurrentVerbsTest, OfManyPublicationsExactlyOneWins) {
  ASSERT_TRUE(release_.CreateApproved("Einmal").ok());
  v1::PublishReleaseRequest request;
  request.set_name(release_.name());
  request.set_etag(release_.release().etag());
  request.add_languages("de");
  const auto statuses = AtOnce(8, [&](std::size_t) {
    return PublishRelease(store_.environment(), ReleasesStore::As("publisher"), request).status();
  });
  EXPECT_EQ(CountOk(statuses), 1U);
  for (const absl::Status& status : statuses) {
    EXPECT_TRUE(status.ok() || platform::ReasonOf(status) == Reason::ERROR_REASON_ETAG_MISMATCH) << status;
  }
  EXPECT_EQ(reader_.Verbs(), std::vector<std::string>{"PUBLISHED"});
}

TEST_P(ConcurrentVerbsTest, DifferentBlocksNeverCollide) {
  constexpr std::size_t kBlocks = 16;
  v1::CreateReleaseRequest create;
  create.set_parent("newsrooms/relief");
  create.set_release_id("blocks");
  *create.mutable_release()->mutable_content() = ShortContent("Absätze");
  create.mutable_release()->mutable_content()->clear_body();
  for (std::size_t i = 0; i < kBlocks; ++i) {
    create.mutable_release()->mutable_content()->add_body()->mutable_paragraph()->set_text("Noch leer.");
  }
  const auto created = CreateRelease(store_.environment(), ReleasesStore::As("author"), create);
  ASSERT_TRUE(created.ok()) << created.status();
  const v1::ReleaseContent& content = created->value.content();
  const auto statuses = AtOnce(kBlocks, [&](std::size_t i) {
    v1::BatchUpdateBlocksRequest request;
    request.set_name(created->value.name());
    auto& change = *request.add_changes();
    *change.mutable_replace() = content.body(static_cast<int>(i));
    change.mutable_replace()->mutable_paragraph()->set_text(absl::StrCat("Absatz ", i));
    change.set_etag(content.body(static_cast<int>(i)).etag());
    return BatchUpdateBlocks(store_.environment(), ReleasesStore::As(absl::StrCat("author-", i)), request).status();
  });
  for (const absl::Status& status : statuses) EXPECT_TRUE(status.ok()) << status;

  v1::GetReleaseRequest get;
  get.set_name(created->value.name());
  const auto after = GetRelease(store_.environment(), ReleasesStore::As("author"), get);
  ASSERT_TRUE(after.ok()) << after.status();
  for (std::size_t i = 0; i < kBlocks; ++i) {
    EXPECT_EQ(after->content().body(static_cast<int>(i)).paragraph().text(), absl::StrCat("Absatz ", i));
  }
  EXPECT_EQ(reader_.Verbs(platform::Feed::kInternal).size(), 2 + kBlocks);
}

TEST_P(ConcurrentVerbsTest, ChangesOfDifferentFieldsWithoutAnEtagAreAllKept) {
  for (int round = 0; round < kRounds; ++round) {
    const std::string name = store_.MakeNewsroom(absl::StrCat("n", round)).name();
    const auto statuses = AtOnce(4, [&](std::size_t i) {
      v1::UpdateNewsroomRequest request;
      auto& newsroom = *request.mutable_newsroom();
      newsroom.set_name(name);
      newsroom.set_display_name("Neu");
      newsroom.set_end_mark("***");
      newsroom.set_time_zone("Europe/Zurich");
      newsroom.add_required_languages("de");
      constexpr const char* kFields[] = {"display_name", "end_mark", "time_zone", "required_languages"};
      request.mutable_update_mask()->add_paths(kFields[i]);
      return UpdateNewsroom(store_.environment(), ReleasesStore::As("admin"), request).status();
    });
    for (const absl::Status& status : statuses) EXPECT_TRUE(status.ok()) << status;
    v1::GetNewsroomRequest get;
    get.set_name(name);
    const auto after = GetNewsroom(store_.environment(), ReleasesStore::As("admin"), get);
    ASSERT_TRUE(after.ok()) << after.status();
    EXPECT_EQ(after->display_name(), "Neu");
    EXPECT_EQ(after->end_mark(), "***");
    EXPECT_EQ(after->time_zone(), "Europe/Zurich");
    EXPECT_EQ(after->required_languages_size(), 1);
  }
}

TEST_P(ConcurrentVerbsTest, NewsroomsNeverComeToStandAboveEachOther) {
  constexpr std::size_t kNewsrooms = 3;
  for (int round = 0; round < kRounds; ++round) {
    const auto name = [&](std::size_t i) { return absl::StrCat("n", round, "-", i % kNewsrooms); };
    for (std::size_t i = 0; i < kNewsrooms; ++i) store_.MakeNewsroom(name(i));
    const auto statuses = AtOnce(kNewsrooms, [&](std::size_t i) {
      v1::UpdateNewsroomRequest request;
      request.mutable_newsroom()->set_name("newsrooms/" + name(i));
      request.mutable_newsroom()->set_parent_newsroom("newsrooms/" + name(i + 1));
      request.mutable_update_mask()->add_paths("parent_newsroom");
      return UpdateNewsroom(store_.environment(), ReleasesStore::As("admin"), request).status();
    });
    EXPECT_EQ(CountOk(statuses), kNewsrooms - 1);
    for (const absl::Status& status : statuses) {
      EXPECT_TRUE(status.ok() || platform::ReasonOf(status) == Reason::ERROR_REASON_PARENT_CYCLE) << status;
    }
  }
}

TEST_P(ConcurrentVerbsTest, SectionsNeverComeToStandAboveEachOther) {
  constexpr std::size_t kSections = 3;
  const auto update = [&](const std::string& id, const std::string& parent) {
    v1::UpdateSectionRequest request;
    request.mutable_section()->set_name("newsrooms/relief/sections/" + id);
    if (!parent.empty()) request.mutable_section()->set_parent_section("newsrooms/relief/sections/" + parent);
    request.mutable_update_mask()->add_paths("parent_section");
    return UpdateSection(store_.environment(), ReleasesStore::As("admin"), request).status();
  };
  for (int round = 0; round < kRounds; ++round) {
    const auto id = [&](std::size_t i) { return absl::StrCat("s", round, "-", i % kSections); };
    for (std::size_t i = 0; i < kSections; ++i) {
      v1::CreateSectionRequest request;
      request.set_parent("newsrooms/relief");
      request.set_section_id(id(i));
      auto& text = *request.mutable_section()->add_texts();
      text.set_locale("de");
      text.set_title("Abschnitt");
      ASSERT_TRUE(CreateSection(store_.environment(), ReleasesStore::As("admin"), request).ok());
    }
    const auto statuses = AtOnce(kSections, [&](std::size_t i) { return update(id(i), id(i + 1)); });
    EXPECT_EQ(CountOk(statuses), kSections - 1);
    for (const absl::Status& status : statuses) {
      EXPECT_TRUE(status.ok() || platform::ReasonOf(status) == Reason::ERROR_REASON_PARENT_CYCLE) << status;
    }
  }
}

TEST_P(ConcurrentVerbsTest, TheSameSlugIsTakenOnce) {
  WithSlugAddresses();
  for (int round = 0; round < kRounds; ++round) {
    std::vector<std::unique_ptr<ReleaseDriver>> releases;
    for (int i = 0; i < 4; ++i) {
      releases.push_back(
          std::make_unique<ReleaseDriver>(store_, "newsrooms/relief", absl::StrCat("slug-", round, "-", i)));
      ASSERT_TRUE(releases.back()->Create("Flut").ok());
      ASSERT_TRUE(releases.back()->Update(WithSlug(absl::StrCat("flut-", round)), {"slugs"}).ok());
      ASSERT_TRUE(releases.back()->SubmitAndApprove().ok());
    }
    const auto statuses = AtOnce(releases.size(), [&](std::size_t i) { return releases[i]->Publish(); });
    EXPECT_EQ(CountOk(statuses), 1U);
    for (const absl::Status& status : statuses) {
      EXPECT_TRUE(status.ok() || platform::ReasonOf(status) == Reason::ERROR_REASON_SLUG_TAKEN) << status;
    }
  }
}

TEST_P(ConcurrentVerbsTest, WhatIsTakenBackIsNotPurged) {
  for (int round = 0; round < 10; ++round) {
    ReleaseDriver release(store_, "newsrooms/relief", absl::StrCat("gone-", round));
    ASSERT_TRUE(release.CreateApproved("Weg").ok());
    ASSERT_TRUE(release.Delete().ok());
    store_.clock().Advance(absl::Hours(24 * 31));
    const auto statuses = AtOnce(2, [&](std::size_t i) {
      if (i == 0) return release.Undelete();
      return store_.db().Write(ReleasesStore::Soon(), [&](platform::Session& session) {
        return PurgeReleases(session, store_.clock().Now(), 10).status();
      });
    });
    EXPECT_TRUE(statuses[1].ok()) << statuses[1];
    if (statuses[0].ok()) {
      ASSERT_TRUE(release.Refresh().ok());
      EXPECT_EQ(release.release().content().headline(), "Weg");
      v1::GetReleaseRevisionRequest get;
      get.set_name(release.name() + "/revisions/latest");
      EXPECT_TRUE(GetReleaseRevision(store_.environment(), ReleasesStore::As("author"), get).ok());
    } else {
      EXPECT_TRUE(absl::IsNotFound(statuses[0])) << statuses[0];
      EXPECT_TRUE(absl::IsNotFound(release.Refresh()));
    }
  }
}

constexpr absl::Time kDue = absl::FromUnixSeconds(1'792'137'600);  // 2026-10-16 10:00 in Berlin

// What waits until the time has come is too late, wherever it waited.
TEST_P(ConcurrentVerbsTest, AVerbThatTookTooLongUndoesNothingThatWasShown) {
  store_.clock().Set(kDue - absl::Hours(1));
  ASSERT_TRUE(release_.CreateApproved("Pünktlich").ok());
  ASSERT_TRUE(release_.Publish("2026-10-16T10:00").ok());
  v1::ReturnReleaseRequest request;
  request.set_name(release_.name());
  request.set_etag(release_.release().etag());
  request.set_comment("halt");
  const auto try_from = [&](absl::Time first) {
    const SteppingClock clock(first, absl::Seconds(3));
    return ReturnRelease(WithClock(clock), ReleasesStore::As("reviewer"), request).status();
  };
  // Seen late, decided too late.
  EXPECT_EQ(try_from(kDue - absl::Seconds(7)).code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(platform::ReasonOf(try_from(kDue - absl::Seconds(2))), Reason::ERROR_REASON_INVALID_TRANSITION);
  store_.clock().Set(kDue);
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_LIVE);
}

// An edit beside a schedule decides nothing and is possible at any time.
TEST_P(ConcurrentVerbsTest, TheTextIsEditedInTheLastSecond) {
  store_.clock().Set(kDue - absl::Hours(1));
  ASSERT_TRUE(release_.CreateApproved("Pünktlich").ok());
  ASSERT_TRUE(release_.Publish("2026-10-16T10:00").ok());
  store_.clock().Set(kDue - absl::Milliseconds(500));
  EXPECT_TRUE(release_.SetHeadline("Nächste Fassung").ok());
  Release topics;
  topics.add_topics("flood");
  EXPECT_EQ(release_.Update(topics, {"topics"}).code(), absl::StatusCode::kUnavailable);
  store_.clock().Set(kDue);
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).content().headline(), "Pünktlich");
}

// Two processes, the first a second ahead of the second.
TEST_P(ConcurrentVerbsTest, StatesFollowEachOtherOnDifferentClocks) {
  ASSERT_TRUE(release_.CreateApproved("Uhren").ok());
  const absl::Time now = store_.clock().Now();
  const platform::FakeClock ahead(now + absl::Seconds(1));
  const Environment first = WithClock(ahead);
  v1::PublishReleaseRequest publish;
  publish.set_name(release_.name());
  publish.set_etag(release_.release().etag());
  publish.add_languages("de");
  ASSERT_TRUE(PublishRelease(first, ReleasesStore::As("publisher"), publish).ok());

  ASSERT_TRUE(release_.Refresh().ok());
  ASSERT_TRUE(release_.Withdraw(v1::Withdrawal::KIND_GONE).ok());
  EXPECT_EQ(reader_.Verbs(), (std::vector<std::string>{"PUBLISHED", "WITHDRAWN"}));
  // By its own clock the second process has shown nothing yet, and what it shows when it does is a tombstone.
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_UNSPECIFIED);
  store_.clock().Set(now + absl::Seconds(1) + absl::Microseconds(1));
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_TOMBSTONE);
}

// What one process has published has its slug also for those whose clock has not got there yet.
TEST_P(ConcurrentVerbsTest, ASlugIsTakenFromTheDecisionOn) {
  WithSlugAddresses();
  ReleaseDriver second(store_, "newsrooms/relief", "second");
  for (ReleaseDriver* release : {&release_, &second}) {
    ASSERT_TRUE(release->Create("Flut").ok());
    ASSERT_TRUE(release->Update(WithSlug("flut"), {"slugs"}).ok());
    ASSERT_TRUE(release->SubmitAndApprove().ok());
  }
  const platform::FakeClock ahead(store_.clock().Now() + absl::Seconds(1));
  v1::PublishReleaseRequest publish;
  publish.set_name(release_.name());
  publish.set_etag(release_.release().etag());
  publish.add_languages("de");
  ASSERT_TRUE(PublishRelease(WithClock(ahead), ReleasesStore::As("publisher"), publish).ok());
  EXPECT_EQ(platform::ReasonOf(second.Publish()), Reason::ERROR_REASON_SLUG_TAKEN);
}

// At the very microsecond at which a schedule comes true.
TEST_P(ConcurrentVerbsTest, AVerbAtTheInstantOfPublicationComesAfterIt) {
  store_.clock().Set(kDue - absl::Hours(1));
  ASSERT_TRUE(release_.CreateApproved("Zugleich").ok());
  ASSERT_TRUE(release_.Publish("2026-10-16T10:00").ok());
  store_.clock().Set(kDue);
  ASSERT_TRUE(release_.Withdraw(v1::Withdrawal::KIND_GONE).ok());
  EXPECT_EQ(reader_.Verbs(), (std::vector<std::string>{"PUBLISHED", "WITHDRAWN"}));
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).visibility(), Edition::VISIBILITY_TOMBSTONE);
}

INSTANTIATE_TEST_SUITE_P(Engines, ConcurrentVerbsTest, testing::ValuesIn(platform::TestDatabase::kEnginesAndPgBouncer),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::releases

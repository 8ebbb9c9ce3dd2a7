// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// What following promises, on every engine: the effect of each event is there once, whatever breaks.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "services/platform/errors/error.h"
#include "services/platform/following/feed_follower.h"
#include "services/platform/following/testing/account_projection.h"
#include "services/platform/following/testing/fake_peer.h"
#include "services/platform/testing/fake_clock.h"
#include "services/platform/testing/fake_monotonic_clock.h"
#include "services/platform/testing/golden.h"
#include "services/platform/testing/schema_dump.h"
#include "services/platform/testing/test_database.h"

namespace communique::platform {
namespace {

using ::testing::ElementsAre;
using Accounts = std::map<std::string, int>;
using State = FeedFollowerStats::State;

const FollowedFeed kFeed = {"bank", "accounts"};

absl::Status Gone() {
  return Unavailable(Reason::ERROR_REASON_SHUTTING_DOWN, "the server is shutting down", absl::Milliseconds(10));
}

class FeedFollowerConformanceTest : public ::testing::TestWithParam<const char*> {
 protected:
  FeedFollowerConformanceTest() { AccountProjection::CreateTables(db()); }

  Database& db() { return test_.db(); }
  Accounts Projected() { return AccountProjection::Accounts(db()); }
  std::unique_ptr<FeedFollower> NewFollower(FeedProjection& projection, FeedFollowerOptions options = {}) {
    return std::make_unique<FeedFollower>(kFeed, peer_.Open(), projection, options,
                                          FeedFollower::Environment{db(), clock_, monotonic_, {}, [] { return 0.5; }});
  }
  std::unique_ptr<FeedFollower> NewFollower() { return NewFollower(projection_); }
  // Takes turns as long as there is something to do; how long to wait then.
  static absl::Duration Settle(FeedFollower& follower) {
    absl::Duration wait;
    for (int turns = 0; turns < 1000 && wait == absl::ZeroDuration(); ++turns) wait = follower.Turn();
    return wait;
  }
  // The same across pauses.
  void SettleInTime(FeedFollower& follower, int pauses) {
    Settle(follower);
    for (int i = 0; i < pauses; ++i) {
      monotonic_.Advance(absl::Seconds(15));
      Settle(follower);
    }
  }
  FollowedPosition Position() {
    FollowedPosition position;
    const absl::Status status = db().Read(absl::Now() + absl::Seconds(30), [&](Session& session) -> absl::Status {
      const auto read = ReadFollowedPosition(session, kFeed);
      if (read.ok() && *read) position = **read;
      return read.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return position;
  }

  TestDatabase test_{GetParam()};
  FakeClock clock_;
  FakeMonotonicClock monotonic_;
  FakePeer peer_;
  AccountProjection projection_{peer_};
};

INSTANTIATE_TEST_SUITE_P(Engines, FeedFollowerConformanceTest, ::testing::ValuesIn(TestDatabase::kEnginesAndPgBouncer),
                         TestDatabase::Name);

TEST_P(FeedFollowerConformanceTest, HasTheSameSchemaOnEveryEngine) {
  TestDatabase empty(GetParam());
  ASSERT_TRUE(Migrate(empty.db(), {&FollowedFeedMigrations()}, absl::Now(), absl::Now() + absl::Seconds(30)).ok());
  ExpectGolden("services/platform/following/testdata/followed_feeds.schema", DumpSchema(empty.db()));
}

TEST_P(FeedFollowerConformanceTest, ListsFirstAndThenFollows) {
  peer_.Add("anna", 5);
  peer_.Add("ben", 7);
  const auto follower = NewFollower();
  Settle(*follower);
  EXPECT_EQ(Projected(), (Accounts{{"anna", 5}, {"ben", 7}}));
  EXPECT_EQ(follower->stats().listings, 1U);
  EXPECT_EQ(follower->stats().state, State::kFollowing);
  EXPECT_THAT(peer_.opened(), ElementsAre(peer_.HeadToken()));

  peer_.Add("ben", -2);
  peer_.Add("carla", 1);
  Settle(*follower);
  EXPECT_EQ(Projected(), (Accounts{{"anna", 5}, {"ben", 5}, {"carla", 1}}));
  EXPECT_EQ(Position().token, peer_.HeadToken());
  EXPECT_EQ(follower->stats().applied, 2U);
  EXPECT_EQ(follower->stats().listings, 1U);
}

TEST_P(FeedFollowerConformanceTest, GoesOnFromItsPositionAfterARestart) {
  { Settle(*NewFollower()); }
  for (int i = 0; i < 200; ++i) peer_.Add("anna", i);
  const auto follower = NewFollower();
  Settle(*follower);
  EXPECT_EQ(Projected(), peer_.accounts());
  EXPECT_EQ(follower->stats().applied, 200U);
  EXPECT_EQ(follower->stats().listings, 0U);
  EXPECT_THAT(projection_.batches, ElementsAre(64, 64, 64, 8));
}

TEST_P(FeedFollowerConformanceTest, WhatFailsIsUndoneAndTriedAgain) {
  const auto follower = NewFollower();
  Settle(*follower);
  int failures = 3;
  projection_.on_apply = [&](Session&) {
    return failures-- > 0 ? InvalidField("account", "not today") : absl::OkStatus();
  };
  peer_.Add("anna", 5);
  Settle(*follower);
  EXPECT_EQ(Projected(), Accounts());
  EXPECT_EQ(follower->stats().state, State::kWaiting);
  peer_.Add("anna", 1);
  SettleInTime(*follower, 4);
  EXPECT_EQ(Projected(), (Accounts{{"anna", 6}}));
  EXPECT_EQ(follower->stats().state, State::kFollowing);
  EXPECT_EQ(follower->stats().failures, 3U);
}

// A process that ends between the effect and the position, at any point of any transaction; streams that break; a peer
// that is restarted.
TEST_P(FeedFollowerConformanceTest, AppliesEverythingOnceWhateverBreaks) {
  const unsigned seed = 20261124;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const auto one_in = [&](unsigned n) { return random() % n == 0; };
  bool may_fail = true;
  projection_.on_apply = [&](Session&) { return may_fail && one_in(4) ? Gone() : absl::OkStatus(); };
  auto follower = NewFollower();
  const int steps = std::string_view(GetParam()) == "sqlite" ? 400 : 800;
  for (int i = 0; i < steps; ++i) {
    peer_.Add(absl::StrCat("account-", random() % 5), static_cast<int>(random() % 100));
    if (one_in(3)) Settle(*follower);
    if (one_in(5)) peer_.Bookmark();
    if (one_in(10)) peer_.Break(one_in(2) ? Gone() : absl::OkStatus());
    if (one_in(12)) follower = NewFollower();
    if (one_in(20)) peer_.Refuse(Gone());
    if (one_in(5)) peer_.Refuse(absl::OkStatus());
    if (one_in(100)) peer_.Trim();
    if (one_in(4)) monotonic_.Advance(absl::Seconds(20));
  }
  may_fail = false;
  peer_.Refuse(absl::OkStatus());
  SettleInTime(*follower, 3);
  EXPECT_EQ(Projected(), peer_.accounts());
  EXPECT_EQ(Position().token, peer_.HeadToken());
}

TEST_P(FeedFollowerConformanceTest, OneAppliesAndTheOtherSkips) {
  AccountProjection other_projection(peer_);
  const auto one = NewFollower();
  const auto other = NewFollower(other_projection);
  Settle(*one);
  Settle(*other);
  EXPECT_EQ(other->stats().listings, 0U);
  for (int i = 0; i < 3; ++i) peer_.Add("anna", 1);
  Settle(*one);
  peer_.Add("anna", 10);
  Settle(*other);  // three that were applied and a new one, in one batch
  Settle(*one);
  EXPECT_EQ(Projected(), (Accounts{{"anna", 13}}));
  EXPECT_EQ(one->stats().applied, 3U);
  EXPECT_EQ(one->stats().skipped, 1U);
  EXPECT_EQ(other->stats().applied, 1U);
  EXPECT_EQ(other->stats().skipped, 3U);
  EXPECT_EQ(one->stats().reconnects + other->stats().reconnects, 0U);
}

TEST_P(FeedFollowerConformanceTest, ReplicasThatFollowAtOnceApplyEverythingOnce) {
  constexpr int kReplicas = 3;
  constexpr int kEvents = 600;
  // On PostgreSQL each with a pool of its own, as processes are.
  std::vector<std::unique_ptr<Database>> databases;
  std::vector<std::unique_ptr<AccountProjection>> projections;
  std::vector<std::unique_ptr<FeedFollower>> followers;
  FeedFollowerOptions options;
  options.retry_pause = absl::Milliseconds(1);
  options.max_retry_pause = absl::Milliseconds(20);
  options.batch = 8;
  const SystemMonotonicClock monotonic;
  const SystemClock clock;
  for (int i = 0; i < kReplicas; ++i) {
    Database* database = &db();
    if (db().engine() == Engine::kPostgres) {
      auto opened = Database::Open(test_.options());
      ASSERT_TRUE(opened.ok()) << opened.status();
      database = databases.emplace_back(*std::move(opened)).get();
    }
    projections.push_back(std::make_unique<AccountProjection>(peer_));
    followers.push_back(std::make_unique<FeedFollower>(kFeed, peer_.Open(), *projections.back(), options,
                                                       FeedFollower::Environment{*database, clock, monotonic}));
  }
  peer_.Add("before", 1);
  for (const auto& follower : followers) follower->Start();
  std::mt19937 random(7);
  for (int i = 0; i < kEvents; ++i) {
    peer_.Add(absl::StrCat("account-", i % 7), i);
    if (i % 50 == 25) peer_.Break(random() % 2 == 0 ? Gone() : absl::OkStatus());
    if (i == kEvents / 2) peer_.Restore({{"restored", 100}}, true);
    if (i == kEvents / 2) peer_.Break(Gone());
    if (i % 4 == 0) absl::SleepFor(absl::Milliseconds(1));
  }
  const absl::Time give_up = absl::Now() + absl::Seconds(30);
  while (Position().token != peer_.HeadToken() && absl::Now() < give_up) absl::SleepFor(absl::Milliseconds(2));
  for (const auto& follower : followers) follower->Stop();
  EXPECT_EQ(Position().token, peer_.HeadToken());
  EXPECT_EQ(Projected(), peer_.accounts());
}

TEST_P(FeedFollowerConformanceTest, ListsAnewWhenThePeerCannotGoOn) {
  peer_.Add("anna", 1);
  const auto follower = NewFollower();
  Settle(*follower);

  // Away for longer than the feed is kept.
  peer_.Refuse(Gone());
  peer_.Break(Gone());
  Settle(*follower);
  peer_.Add("anna", 1);
  peer_.Add("ben", 1);
  peer_.Trim();
  peer_.Refuse(absl::OkStatus());
  SettleInTime(*follower, 2);
  EXPECT_EQ(Projected(), (Accounts{{"anna", 2}, {"ben", 1}}));
  EXPECT_EQ(follower->stats().listings, 2U);

  // Restored into another store.
  peer_.Restore({{"carla", 3}}, true);
  peer_.Break(Gone());
  SettleInTime(*follower, 2);
  EXPECT_EQ(Projected(), (Accounts{{"carla", 3}}));

  // Restored, and nobody said so: the feed is not as far as it was.
  for (int i = 0; i < 5; ++i) peer_.Add("carla", 1);
  Settle(*follower);
  peer_.Restore({{"dora", 4}}, false);
  peer_.Break(Gone());
  SettleInTime(*follower, 2);
  EXPECT_EQ(Projected(), (Accounts{{"dora", 4}}));
  EXPECT_EQ(follower->stats().listings, 4U);
  peer_.Add("dora", 1);
  Settle(*follower);
  EXPECT_EQ(Projected(), (Accounts{{"dora", 5}}));
}

// Even if by then the peer would take the old token again, as its feed has grown beyond it.
TEST_P(FeedFollowerConformanceTest, AListingThatBreaksOffIsBegunAnew) {
  peer_.Add("anna", 1);
  peer_.Add("anna", 1);
  const auto follower = NewFollower();
  Settle(*follower);
  bool fails = true;
  projection_.on_list = [&](FeedListing&) {
    EXPECT_EQ(Position().token, "") << "a process that ends here would go on from it";
    return fails ? Gone() : absl::OkStatus();
  };
  peer_.Restore({{"ben", 1}, {"carla", 1}}, false);
  peer_.Break(Gone());
  SettleInTime(*follower, 1);
  EXPECT_EQ(follower->stats().state, State::kWaiting);
  EXPECT_EQ(Position().token, "");
  for (int i = 0; i < 4; ++i) peer_.Add("ben", 1);
  fails = false;
  SettleInTime(*follower, 1);
  EXPECT_EQ(Projected(), peer_.accounts());
}

TEST_P(FeedFollowerConformanceTest, OneListsWhileTheOthersWait) {
  peer_.Add("anna", 1);
  peer_.Add("ben", 2);
  AccountProjection other_projection(peer_);
  const auto other = NewFollower(other_projection);
  bool looked = false;
  projection_.after_page = [&] {
    if (std::exchange(looked, true)) return;
    Settle(*other);
    EXPECT_EQ(other->stats().state, State::kListing);
    EXPECT_EQ(peer_.open_streams(), 0U);
  };
  const auto follower = NewFollower();
  Settle(*follower);
  EXPECT_TRUE(looked);
  SettleInTime(*other, 1);
  EXPECT_EQ(other->stats().listings, 0U);
  EXPECT_EQ(other->stats().state, State::kFollowing);
  EXPECT_EQ(Projected(), peer_.accounts());
}

// A replica hangs in the middle of listing, and wakes when another one has long done it: what it holds is old.
TEST_P(FeedFollowerConformanceTest, WhoIsTooSlowToListIsOvertaken) {
  peer_.Add("anna", 1);
  peer_.Add("ben", 2);
  AccountProjection other_projection(peer_);
  const auto other = NewFollower(other_projection);
  bool hung = false;
  projection_.after_page = [&] {
    if (std::exchange(hung, true)) return;
    clock_.Advance(absl::Seconds(61));
    Settle(*other);
    EXPECT_EQ(other->stats().listings, 1U);
    peer_.Add("ben", 100);
    Settle(*other);
  };
  const auto follower = NewFollower();
  Settle(*follower);
  EXPECT_TRUE(hung);
  EXPECT_EQ(follower->stats().listings, 0U);
  EXPECT_EQ(Projected(), (Accounts{{"anna", 1}, {"ben", 102}}));
  SettleInTime(*follower, 1);
  EXPECT_EQ(follower->stats().state, State::kFollowing);
  peer_.Add("ben", 1);
  Settle(*follower);
  Settle(*other);
  EXPECT_EQ(Projected(), (Accounts{{"anna", 1}, {"ben", 103}}));
}

// The peer was restored to an earlier state, another replica has listed that, and an old stream still brings an event
// of what has never been.
TEST_P(FeedFollowerConformanceTest, AnOldStreamChangesNothingAfterAnotherReplicaHasListed) {
  const auto follower = NewFollower();
  for (int i = 0; i < 5; ++i) peer_.Add("anna", 1);
  Settle(*follower);
  for (int i = 0; i < 5; ++i) peer_.Add("anna", 1);
  Settle(*follower);
  peer_.Add("anna", 1);  // in the follower's inbox
  peer_.Restore({{"ben", 1}}, false);
  AccountProjection other_projection(peer_);
  const auto other = NewFollower(other_projection);
  Settle(*other);
  Settle(*follower);
  EXPECT_EQ(Projected(), (Accounts{{"ben", 1}}));
  peer_.Add("ben", 1);
  SettleInTime(*follower, 1);
  EXPECT_EQ(Projected(), (Accounts{{"ben", 2}}));
}

TEST_P(FeedFollowerConformanceTest, StoresBookmarksNowAndThen) {
  const auto follower = NewFollower();
  Settle(*follower);
  const std::string listed = Position().token;
  peer_.Bookmark(10);
  EXPECT_EQ(Settle(*follower), absl::Seconds(30));
  EXPECT_EQ(Position().token, listed);
  monotonic_.Advance(absl::Seconds(20));
  peer_.Bookmark(10);
  EXPECT_EQ(Settle(*follower), absl::Seconds(10));
  monotonic_.Advance(absl::Seconds(10));
  Settle(*follower);
  EXPECT_EQ(Position().token, peer_.HeadToken());
  NewFollower()->Turn();
  EXPECT_EQ(peer_.opened().back(), peer_.HeadToken());
}

TEST_P(FeedFollowerConformanceTest, FollowsFeedsApart) {
  FakePeer other_peer;
  other_peer.Add("zoe", 1);
  AccountProjection other_projection(other_peer);
  const auto follower = NewFollower();
  Settle(*follower);
  FeedFollower other({"bank", "loans"}, other_peer.Open(), other_projection, {},
                     FeedFollower::Environment{db(), clock_, monotonic_});
  Settle(other);
  EXPECT_EQ(Position().token, peer_.HeadToken());
  EXPECT_EQ(other_peer.opened().back(), other_peer.HeadToken());
}

}  // namespace
}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/platform/changes/feed_token.h"
#include "services/platform/changes/testing/test_events.h"
#include "services/platform/changes/testing/test_sink.h"
#include "services/platform/changes/testing/test_store.h"
#include "services/platform/changes/trim_feed.h"
#include "services/platform/changes/watch_hub.h"
#include "services/platform/concurrency/executor.h"
#include "services/platform/errors/error.h"
#include "services/platform/testing/fake_clock.h"
#include "services/platform/testing/fake_monotonic_clock.h"

namespace communique::platform {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class WatchHubTest : public ::testing::TestWithParam<const char*> {
 protected:
  WatchHubTest() { Restart(); }
  ~WatchHubTest() override { hub_.reset(); }

  // As a service that starts: a new tail and a new hub.
  void Restart(const WatchHubOptions& options = {}, std::size_t history = 4096) {
    hub_.reset();
    tail_.emplace(store_.db(), FeedTailOptions{.history = history}, system_clock_, clock_);
    hub_.emplace(*tail_, store_.db(), Feed::kPublic, events_, options, clock_,
                 [this](auto work) { return executor_.Submit(absl::AnyInvocable<void() &&>(std::move(work))); });
    tail_->AddObserver(*hub_);
    Tick();
  }

  void Tick() { ASSERT_TRUE(tail_->Tick().ok()); }
  // Publishes `count` releases r1, r2, … and lets the tail see them.
  void Publish(int count = 1) {
    ChangeSet changes;
    for (int i = 0; i < count; ++i) {
      changes.internal.push_back(ChangeOf(absl::StrCat("r", ++published_), "PUBLISHED"));
    }
    changes.made_public = changes.internal;
    store_.Append(changes);
    Tick();
  }

  std::shared_ptr<TestSink> Watch(const std::string& token = "", std::shared_ptr<TestSink> sink = nullptr,
                                  const std::string& audience = "public", WatchHub::Filter wanted = nullptr) {
    if (sink == nullptr) sink = std::make_shared<TestSink>();
    const absl::Status status = hub_->Watch({token, std::move(wanted), audience}, sink);
    EXPECT_TRUE(status.ok()) << status;
    return sink;
  }
  std::string Token(FeedPosition position) { return tail_->TokenFor(Feed::kPublic, position); }
  Reason WhyRefused(const std::string& token) {
    return ReasonOf(hub_->Watch({token, nullptr, "public"}, std::make_shared<TestSink>()));
  }

  // The positions of the events, once there are `count` of them, or after a while.
  static std::vector<FeedPosition> Positions(const TestSink& sink, std::size_t count) {
    Eventually([&] { return sink.events().size() >= count; });
    std::vector<FeedPosition> positions;
    for (const std::string& event : sink.events()) positions.push_back(TestEvents::PositionOf(event));
    return positions;
  }
  static bool Eventually(const std::function<bool()>& condition) {
    const absl::Time end = absl::Now() + absl::Seconds(10);
    while (!condition()) {
      if (absl::Now() > end) return false;
      absl::SleepFor(absl::Milliseconds(1));
    }
    return true;
  }
  // Once the workers have nothing to do.
  void Settle() {
    EXPECT_TRUE(Eventually([&] {
      return hub_->stats().waiting == 0 && executor_.stats()->running == 0 && executor_.stats()->queued == 0;
    }));
  }
  static Reason WhyEnded(const TestSink& sink) {
    EXPECT_TRUE(Eventually([&] { return sink.end().has_value(); }));
    return ReasonOf(sink.end().value_or(absl::OkStatus()));
  }
  static std::vector<FeedPosition> Range(FeedPosition first, FeedPosition last) {
    std::vector<FeedPosition> positions;
    for (FeedPosition p = first; p <= last; ++p) positions.push_back(p);
    return positions;
  }

  TestStore store_{GetParam()};
  SystemClock system_clock_;
  FakeMonotonicClock clock_;
  TestEvents events_;
  Executor executor_{{.name = "watch", .limit_key = "watch.max_queued", .threads = 2, .max_queued = 100},
                     system_clock_};
  std::optional<FeedTail> tail_;
  std::optional<WatchHub> hub_;
  int published_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Engines, WatchHubTest, ::testing::ValuesIn(TestDatabase::kEnginesAndPgBouncer),
                         TestDatabase::Name);

TEST_P(WatchHubTest, FromNowOnWithoutAToken) {
  Publish(3);
  const auto sink = Watch();
  Publish(2);
  EXPECT_THAT(Positions(*sink, 2), ElementsAre(4, 5));
  EXPECT_THAT(sink->events()[0], StartsWith("4 newsrooms/a/releases/r4 PUBLISHED "));
}

TEST_P(WatchHubTest, GoesOnBehindAnyTokenOfAnEvent) {
  Publish(5);
  const auto first = Watch(Token(0));
  ASSERT_THAT(Positions(*first, 5), ElementsAre(1, 2, 3, 4, 5));
  const std::string token = TestEvents::TokenOf(first->events()[2]);
  EXPECT_THAT(Positions(*Watch(token), 2), ElementsAre(4, 5));
  Restart();
  EXPECT_THAT(Positions(*Watch(token), 2), ElementsAre(4, 5));
  const auto last = Watch(TestEvents::TokenOf(first->events()[4]));
  Publish();
  EXPECT_THAT(Positions(*last, 1), ElementsAre(6));
}

TEST_P(WatchHubTest, CatchesUpFromTheDatabaseAndSwitchesToMemoryWithoutGapOrRepeat) {
  Restart({.recent_entries = 8, .batch = 5, .page = 16}, /*history=*/8);
  Publish(100);
  const auto sink = Watch(Token(0));
  for (int i = 0; i < 20; ++i) Publish(i % 3 + 1);
  EXPECT_EQ(Positions(*sink, 139), Range(1, 139));
  EXPECT_GE(hub_->stats().pages_read, 6U);
  const std::uint64_t pages = hub_->stats().pages_read;
  Publish(5);
  EXPECT_EQ(Positions(*sink, 144), Range(1, 144));
  EXPECT_EQ(hub_->stats().pages_read, pages);
}

TEST_P(WatchHubTest, AllWhoCatchUpShareThePagesAndWhatTheyAreResolvedTo) {
  Restart({.recent_entries = 8, .page = 50}, /*history=*/8);
  Publish(200);
  std::vector<std::shared_ptr<TestSink>> sinks;
  for (int i = 0; i < 50; ++i) sinks.push_back(Watch(Token(0)));
  for (const auto& sink : sinks) EXPECT_EQ(Positions(*sink, 200), Range(1, 200));
  // Whole pages are read once; one that is not full yet may be read again.
  EXPECT_LE(hub_->stats().pages_read, 10U);
  EXPECT_EQ(hub_->stats().resolved, 200U);
}

TEST_P(WatchHubTest, APageThatWasNotFullWhenItWasReadIsReadAgain) {
  Restart({.recent_entries = 1, .page = 16}, /*history=*/1);
  Publish(5);
  const auto slow = std::make_shared<TestSink>(2);
  Watch(Token(0), slow);
  ASSERT_THAT(Positions(*slow, 2), ElementsAre(1, 2));
  Settle();
  Publish(30);
  slow->GiveRoom(100);
  EXPECT_EQ(Positions(*slow, 35), Range(1, 35));
}

TEST_P(WatchHubTest, ResolvesEachEntryOncePerAudience) {
  events_.Hide("public", "newsrooms/a/releases/r2");
  std::vector<std::shared_ptr<TestSink>> publics, staff;
  for (int i = 0; i < 20; ++i) publics.push_back(Watch());
  for (int i = 0; i < 20; ++i) staff.push_back(Watch("", nullptr, "staff"));
  Publish(3);
  for (const auto& sink : publics) EXPECT_THAT(Positions(*sink, 2), ElementsAre(1, 3));
  for (const auto& sink : staff) EXPECT_THAT(Positions(*sink, 3), ElementsAre(1, 2, 3));
  EXPECT_EQ(hub_->stats().resolved, 6U);
}

TEST_P(WatchHubTest, WhatHasGoneIsATombstoneForWhoComesLater) {
  Publish();
  ASSERT_THAT(Positions(*Watch(Token(0)), 1), SizeIs(1));
  events_.Withdraw("newsrooms/a/releases/r1");
  // At the same time as the others: the same bytes. Later: what is true then.
  clock_.Advance(absl::Milliseconds(251));
  const auto later = Watch(Token(0));
  ASSERT_THAT(Positions(*later, 1), SizeIs(1));
  EXPECT_THAT(later->events()[0], StartsWith("1 newsrooms/a/releases/r1 GONE "));
}

TEST_P(WatchHubTest, SendsWhatIsWanted) {
  const auto sink =
      Watch("", nullptr, "public", [](const FeedEntry& entry) { return absl::EndsWith(entry.change.name, "0"); });
  Publish(25);
  EXPECT_THAT(Positions(*sink, 2), ElementsAre(10, 20));
  EXPECT_EQ(hub_->stats().resolved, 2U);
}

TEST_P(WatchHubTest, SaysWhereItIsWhenNothingHasBeenSaidForAWhile) {
  const auto sink = Watch("", nullptr, "public", [](const FeedEntry&) { return false; });
  Publish(3);
  Settle();
  clock_.Advance(absl::Seconds(9));
  Tick();
  Settle();
  EXPECT_THAT(sink->events(), IsEmpty());
  clock_.Advance(absl::Seconds(1));
  Tick();
  ASSERT_TRUE(Eventually([&] { return !sink->events().empty(); }));
  EXPECT_THAT(sink->events(), ElementsAre(absl::StrCat("bookmark ", Token(3))));
  // Also while the database is away.
  clock_.Advance(absl::Seconds(10));
  hub_->OnTickFailed(absl::UnavailableError("no database"));
  EXPECT_TRUE(Eventually([&] { return sink->events().size() == 2; }));
}

TEST_P(WatchHubTest, AFullSinkGoesOnWhereItStopped) {
  const auto slow = std::make_shared<TestSink>(2);
  Watch("", slow);
  const auto quick = Watch();
  Publish(5);
  EXPECT_EQ(Positions(*quick, 5), Range(1, 5));
  Settle();
  EXPECT_THAT(Positions(*slow, 2), ElementsAre(1, 2));
  EXPECT_EQ(hub_->stats().blocked, 1U);
  Publish(2);
  slow->GiveRoom(1);
  EXPECT_THAT(Positions(*slow, 3), ElementsAre(1, 2, 3));
  Settle();
  slow->GiveRoom(100);
  EXPECT_EQ(Positions(*slow, 7), Range(1, 7));
}

TEST_P(WatchHubTest, AReaderWhoTakesNothingIsEndedAndMayComeBack) {
  const auto slow = std::make_shared<TestSink>(1);
  Watch("", slow);
  Publish(3);
  ASSERT_THAT(Positions(*slow, 1), ElementsAre(1));
  Settle();
  clock_.Advance(absl::Seconds(29));
  Tick();
  EXPECT_FALSE(slow->end().has_value());
  clock_.Advance(absl::Seconds(1));
  Tick();
  EXPECT_EQ(WhyEnded(*slow), Reason::ERROR_REASON_WATCH_ENDED);
  EXPECT_EQ(slow->end()->code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(hub_->stats().watchers, 0U);
  EXPECT_EQ(hub_->stats().ended_slow, 1U);
  EXPECT_THAT(Positions(*Watch(TestEvents::TokenOf(slow->events()[0])), 2), ElementsAre(2, 3));
}

TEST_P(WatchHubTest, WhatCannotBeResolvedIsTriedAgainAndNotSkipped) {
  const auto sink = Watch();
  events_.SetFailing(true);
  Publish(2);
  Settle();
  Tick();
  Settle();
  EXPECT_GE(events_.calls(), 2);
  EXPECT_THAT(sink->events(), IsEmpty());
  events_.SetFailing(false);
  Tick();
  EXPECT_THAT(Positions(*sink, 2), ElementsAre(1, 2));
  // But not for ever.
  events_.SetFailing(true);
  Publish();
  Settle();
  clock_.Advance(absl::Seconds(30));
  Tick();
  EXPECT_EQ(WhyEnded(*sink), Reason::ERROR_REASON_WATCH_ENDED);
}

TEST_P(WatchHubTest, RefusesTokensItCannotGoOnFrom) {
  for (int week = 0; week < 4; ++week) {
    store_.Append({{ChangeOf("r")}, {ChangeOf("r")}}, absl::UnixEpoch() + absl::Hours(24 * 7 * week));
  }
  ASSERT_EQ(*TrimFeed(store_.db(), Feed::kPublic, absl::UnixEpoch() + absl::Hours(24 * 21), {}, Soon()), 2);
  Tick();
  EXPECT_EQ(WhyRefused("not a token"), Reason::ERROR_REASON_WATCH_TOKEN_FOREIGN);
  EXPECT_EQ(WhyRefused(tail_->TokenFor(Feed::kInternal, 4)), Reason::ERROR_REASON_WATCH_TOKEN_FOREIGN);
  EXPECT_EQ(WhyRefused(EncodeFeedToken({"017f22e2-79b0-7cc3-98c4-dc0c0c07398f", Feed::kPublic, 4})),
            Reason::ERROR_REASON_WATCH_TOKEN_FOREIGN);
  EXPECT_EQ(WhyRefused(Token(1)), Reason::ERROR_REASON_WATCH_TOO_OLD);
  EXPECT_THAT(Positions(*Watch(Token(2)), 2), ElementsAre(3, 4));
}

TEST_P(WatchHubTest, ATokenAheadOfTheTailWaitsForATickThatBeganLater) {
  store_.AppendPublic("r1");
  const auto early = Watch(Token(1));  // of a list that was read after the last tick
  const auto wrong = Watch(Token(2));
  FeedTick under_way;
  under_way.store_id = tail_->store_id();
  under_way.started = clock_.NowNanos() - 1;
  hub_->OnTick(under_way);
  Settle();
  EXPECT_FALSE(wrong->end().has_value());
  Tick();
  EXPECT_EQ(WhyEnded(*wrong), Reason::ERROR_REASON_WATCH_TOKEN_AHEAD);
  Publish();
  EXPECT_THAT(Positions(*early, 1), ElementsAre(2));
}

TEST_P(WatchHubTest, EndsAllWhenTheStoreIsAnotherOne) {
  Publish();
  const auto sink = Watch();
  ASSERT_TRUE(RenewStore(store_.db(), Soon()).ok());
  Tick();
  EXPECT_EQ(WhyEnded(*sink), Reason::ERROR_REASON_WATCH_TOKEN_FOREIGN);
  EXPECT_THAT(Positions(*Watch(Token(0)), 1), ElementsAre(1));
}

TEST_P(WatchHubTest, EndsWhoIsAheadOfAFeedThatWentBack) {
  Publish(5);
  const auto sink = Watch();
  ASSERT_TRUE(store_.db()
                  .Write(Soon(),
                         [](Session& session) -> absl::Status {
                           const auto deleted =
                               session.Execute("DELETE FROM feed_entries WHERE feed = 2 AND position > 3");
                           if (!deleted.ok()) return deleted.status();
                           return session.Execute("UPDATE feed_heads SET position = 3 WHERE feed = 2").status();
                         })
                  .ok());
  Tick();
  EXPECT_EQ(WhyEnded(*sink), Reason::ERROR_REASON_WATCH_TOKEN_AHEAD);
}

TEST_P(WatchHubTest, WhoFallsBehindWhatIsKeptIsTold) {
  Restart({.recent_entries = 2, .page = 4}, /*history=*/2);
  const auto slow = std::make_shared<TestSink>(1);
  Watch("", slow);
  for (int i = 0; i < 10; ++i) store_.Append({{ChangeOf("r")}, {ChangeOf("r")}}, absl::UnixEpoch());
  Tick();
  ASSERT_THAT(Positions(*slow, 1), ElementsAre(1));
  Settle();
  ASSERT_EQ(*TrimFeed(store_.db(), Feed::kPublic, absl::Now(), {}, Soon()), 10);
  slow->GiveRoom(100);
  // It had a page in memory; after that there is nothing to go on with.
  EXPECT_EQ(WhyEnded(*slow), Reason::ERROR_REASON_WATCH_TOO_OLD);
}

TEST_P(WatchHubTest, TakesNoMoreThanItsLimit) {
  Restart({.max_watchers = 2});
  const auto first = Watch();
  const auto second = Watch();
  const absl::Status refused = hub_->Watch({"", nullptr, "public"}, std::make_shared<TestSink>());
  EXPECT_EQ(ReasonOf(refused), Reason::ERROR_REASON_OVERLOADED);
  EXPECT_EQ(ErrorMetadataValue(refused, "limit"), "watch.max_watchers");
  first->End(absl::CancelledError());
  Watch();
}

TEST_P(WatchHubTest, ForgetsWhoHasGone) {
  const auto sink = Watch();
  const auto gone = std::make_shared<TestSink>();
  gone->End(absl::CancelledError());
  Watch("", gone);
  EXPECT_EQ(hub_->stats().watchers, 1U);
  sink->End(absl::CancelledError());
  EXPECT_EQ(hub_->stats().watchers, 0U);
  Publish();
  Settle();
  EXPECT_THAT(sink->events(), IsEmpty());
}

TEST_P(WatchHubTest, EndsAllWhenItIsClosedOrDestroyed) {
  const auto sink = Watch();
  hub_->Close(Unavailable(Reason::ERROR_REASON_SHUTTING_DOWN, "ending", absl::Seconds(1)));
  EXPECT_EQ(WhyEnded(*sink), Reason::ERROR_REASON_SHUTTING_DOWN);
  EXPECT_EQ(WhyRefused(""), Reason::ERROR_REASON_SHUTTING_DOWN);
  Restart();
  const auto other = Watch();
  hub_.reset();
  EXPECT_EQ(WhyEnded(*other), Reason::ERROR_REASON_SHUTTING_DOWN);
  // A callback that comes late finds nobody.
  other->GiveRoom(1);
}

TEST_P(WatchHubTest, KnowsNothingBeforeTheFirstTick) {
  FeedTail tail(store_.db(), {}, system_clock_, clock_);
  WatchHub hub(tail, store_.db(), Feed::kPublic, events_, {}, clock_, [](auto) { return absl::OkStatus(); });
  EXPECT_EQ(ReasonOf(hub.Watch({"", nullptr, ""}, std::make_shared<TestSink>())),
            Reason::ERROR_REASON_DATABASE_UNAVAILABLE);
}

}  // namespace
}  // namespace communique::platform

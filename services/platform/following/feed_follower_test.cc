// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// How a follower goes about it: when it tries again, what it says, how it stops.

#include "services/platform/following/feed_follower.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "services/platform/errors/error.h"
#include "services/platform/following/follower_metrics.h"
#include "services/platform/following/follower_settings.h"
#include "services/platform/following/testing/account_projection.h"
#include "services/platform/following/testing/fake_peer.h"
#include "services/platform/testing/captured_log.h"
#include "services/platform/testing/fake_clock.h"
#include "services/platform/testing/fake_monotonic_clock.h"
#include "services/platform/testing/test_database.h"

namespace communique::platform {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using State = FeedFollowerStats::State;

absl::Status Down(absl::Duration retry_after = absl::ZeroDuration()) {
  return Unavailable(Reason::ERROR_REASON_PEER_UNAVAILABLE, "bank does not answer", retry_after);
}

int Occurrences(const std::string& text, const std::string& what) {
  int found = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

class FeedFollowerTest : public ::testing::Test {
 protected:
  FeedFollowerTest() { AccountProjection::CreateTables(test_.db()); }

  std::unique_ptr<FeedFollower> NewFollower(const FeedFollowerOptions& options = {}) {
    return std::make_unique<FeedFollower>(
        FollowedFeed{"bank", "accounts"}, peer_.Open(), projection_, options,
        FeedFollower::Environment{test_.db(), clock_, monotonic_, log_.log(), [this] { return random_; }});
  }
  static absl::Duration Settle(FeedFollower& follower) {
    absl::Duration wait;
    for (int turns = 0; turns < 1000 && wait == absl::ZeroDuration(); ++turns) wait = follower.Turn();
    return wait;
  }

  TestDatabase test_{"sqlite"};
  FakeClock clock_;
  FakeMonotonicClock monotonic_;
  CapturedLog log_;
  FakePeer peer_;
  AccountProjection projection_{peer_};
  double random_ = 0.5;
};

TEST_F(FeedFollowerTest, TriesAgainAfterPausesThatGrowAndVary) {
  const auto follower = NewFollower();
  Settle(*follower);
  peer_.Refuse(Down());
  peer_.Break(Down());
  absl::Duration pause = absl::Milliseconds(100);
  for (int attempt = 1; attempt <= 10; ++attempt) {
    EXPECT_EQ(Settle(*follower), pause) << attempt;
    const std::size_t opened = peer_.opened().size();
    monotonic_.Advance(pause - absl::Nanoseconds(1));
    EXPECT_EQ(Settle(*follower), absl::Nanoseconds(1));
    EXPECT_EQ(peer_.opened().size(), opened);
    monotonic_.Advance(absl::Nanoseconds(1));
    pause = std::min(pause * 2, absl::Seconds(10));
  }
  random_ = 0;
  EXPECT_EQ(Settle(*follower), absl::Seconds(5));
  monotonic_.Advance(absl::Seconds(5));
  random_ = 0.999;
  EXPECT_GT(Settle(*follower), absl::Seconds(14));
  EXPECT_EQ(follower->stats().failures, 12U);

  // What it heard makes it begin from the shortest pause again.
  monotonic_.Advance(absl::Seconds(15));
  peer_.Refuse(absl::OkStatus());
  Settle(*follower);
  EXPECT_EQ(follower->stats().state, State::kFollowing);
  peer_.Add("anna", 1);
  Settle(*follower);
  random_ = 0.5;
  peer_.Break(Down());
  EXPECT_EQ(Settle(*follower), absl::Milliseconds(100));
}

TEST_F(FeedFollowerTest, WaitsAsLongAsItIsAskedTo) {
  const auto follower = NewFollower();
  Settle(*follower);
  peer_.Break(Down(absl::Seconds(3)));
  EXPECT_EQ(Settle(*follower), absl::Seconds(3));
}

TEST_F(FeedFollowerTest, StreamsThatEndInOrderAreNoTrouble) {
  const auto follower = NewFollower();
  Settle(*follower);
  for (int i = 0; i < 3; ++i) {
    peer_.Add("anna", 1);
    peer_.Break(Unavailable(Reason::ERROR_REASON_WATCH_ENDED, "the stream is old; watch again", absl::ZeroDuration()));
    EXPECT_EQ(Settle(*follower), absl::Milliseconds(100));
    monotonic_.Advance(absl::Milliseconds(100));
    Settle(*follower);
  }
  EXPECT_EQ(follower->stats().state, State::kFollowing);
  EXPECT_EQ(follower->stats().failures, 0U);
  EXPECT_EQ(follower->stats().reconnects, 3U);
  EXPECT_THAT(log_.Text(), Not(HasSubstr("\"severity\":\"WARNING\"")));
}

TEST_F(FeedFollowerTest, SaysOnceThatItCannotFollowAndOnceThatItDoesAgain) {
  const auto follower = NewFollower();
  Settle(*follower);
  peer_.Refuse(Down());
  peer_.Break(Down());
  for (int i = 0; i < 5; ++i) {
    Settle(*follower);
    monotonic_.Advance(absl::Seconds(20));
  }
  EXPECT_EQ(Occurrences(log_.Text(), "tries again until it can"), 1) << log_.Text();
  peer_.Refuse(absl::OkStatus());
  Settle(*follower);
  const std::string text = log_.Text();
  EXPECT_EQ(Occurrences(text, "follows the peer"), 2) << text;
  EXPECT_THAT(text, HasSubstr(R"("peer":"bank","feed":"accounts")"));
  EXPECT_THAT(text, HasSubstr("PEER_UNAVAILABLE"));
}

TEST_F(FeedFollowerTest, APeerThatSaysNothingIsAskedAnew) {
  const auto follower = NewFollower();
  EXPECT_EQ(Settle(*follower), absl::Seconds(30));
  monotonic_.Advance(absl::Seconds(20));
  peer_.Bookmark();
  Settle(*follower);
  monotonic_.Advance(absl::Seconds(29));
  Settle(*follower);
  EXPECT_EQ(peer_.opened().size(), 1U);
  EXPECT_EQ(peer_.open_streams(), 1U);
  monotonic_.Advance(absl::Seconds(1));
  Settle(*follower);
  EXPECT_EQ(peer_.open_streams(), 0U);
  EXPECT_EQ(follower->stats().state, State::kWaiting);
}

TEST_F(FeedFollowerTest, TakesNoTokenThatDoesNotComeNext) {
  peer_.Add("anna", 1);
  peer_.Add("anna", 1);
  const auto follower = NewFollower();
  Settle(*follower);
  const FeedToken head = *DecodeFeedToken(peer_.HeadToken());
  auto message = std::make_shared<google::protobuf::StringValue>();
  message->set_value("anna 1000");
  FeedToken foreign = head;
  foreign.store_id = MakeUuidV7(clock_.Now());
  foreign.position += 5;
  for (const std::string& token :
       {std::string("nonsense"), EncodeFeedToken(head), EncodeFeedToken({head.store_id, head.feed, 1}),
        EncodeFeedToken({head.store_id, Feed::kPublic, 9}), EncodeFeedToken(foreign)}) {
    peer_.Send({token, message});
    Settle(*follower);
    EXPECT_EQ(follower->stats().state, State::kWaiting) << token;
    monotonic_.Advance(absl::Seconds(15));
    Settle(*follower);
    EXPECT_EQ(follower->stats().state, State::kFollowing);
  }
  EXPECT_EQ(AccountProjection::Accounts(test_.db()), peer_.accounts());
  EXPECT_EQ(follower->stats().applied, 0U);
}

TEST_F(FeedFollowerTest, HoldsAPeerBackThatIsFasterThanIt) {
  FeedFollowerOptions options;
  options.batch = 4;
  const auto follower = NewFollower(options);
  Settle(*follower);
  for (int i = 0; i < 10; ++i) peer_.Add("anna", 1);
  EXPECT_EQ(peer_.read_ons(), 0);
  follower->Turn();
  EXPECT_EQ(peer_.read_ons(), 1);
  EXPECT_EQ(follower->stats().applied, 4U);
  Settle(*follower);
  EXPECT_EQ(projection_.batches, (std::vector<std::size_t>{4, 4, 2}));
}

TEST_F(FeedFollowerTest, ToldWhenAChangeIsCommitted) {
  const auto follower = NewFollower();
  Settle(*follower);
  EXPECT_EQ(projection_.commits, 1);
  peer_.Add("anna", 1);
  Settle(*follower);
  EXPECT_EQ(projection_.commits, 2);
  projection_.on_prepare = [](const std::stop_token&) { return Down(); };
  peer_.Add("anna", 1);
  Settle(*follower);
  EXPECT_EQ(projection_.commits, 2);
}

TEST_F(FeedFollowerTest, TellsHowOldItsKnowledgeMayBe) {
  const auto follower = NewFollower();
  EXPECT_EQ(follower->lag(), absl::InfiniteDuration());
  Settle(*follower);
  EXPECT_EQ(follower->lag(), absl::ZeroDuration());
  // An event of long ago: the follower is behind by as much.
  clock_.Set(absl::FromUnixSeconds(1'790'000'000) + absl::Seconds(100));
  peer_.Add("anna", 1);
  Settle(*follower);
  EXPECT_EQ(follower->lag(), absl::Seconds(99));
  peer_.Bookmark();
  Settle(*follower);
  EXPECT_EQ(follower->lag(), absl::ZeroDuration());
  clock_.Advance(absl::Seconds(7));
  EXPECT_EQ(follower->lag(), absl::Seconds(7));
}

TEST_F(FeedFollowerTest, ShowsWhatItDoesInTheMetrics) {
  const auto follower = NewFollower();
  Metrics metrics;
  ExportFollower(metrics, *follower);
  Settle(*follower);
  peer_.Add("anna", 1);
  Settle(*follower);
  peer_.Break(Down());
  Settle(*follower);
  monotonic_.Advance(absl::Seconds(1));
  Settle(*follower);
  const std::string text = metrics.Text();
  for (const char* line : {R"(communique_follower_events_total{feed="accounts",outcome="applied",peer="bank"} 1)",
                           R"(communique_follower_events_total{feed="accounts",outcome="skipped",peer="bank"} 0)",
                           R"(communique_follower_reconnects_total{feed="accounts",peer="bank"} 1)",
                           R"(communique_follower_listings_total{feed="accounts",peer="bank"} 1)",
                           R"(communique_follower_failures_total{feed="accounts",peer="bank"} 1)",
                           R"(communique_follower_state{feed="accounts",peer="bank",state="following"} 1)",
                           R"(communique_follower_state{feed="accounts",peer="bank",state="waiting"} 0)",
                           R"(communique_follower_lag_seconds{feed="accounts",peer="bank"} )"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

// With its own thread, in real time.
class FeedFollowerThreadTest : public FeedFollowerTest {
 protected:
  // How long Stop takes.
  static absl::Duration StopTime(FeedFollower& follower) {
    const absl::Time began = absl::Now();
    follower.Stop();
    return absl::Now() - began;
  }
  void WaitFor(const std::function<bool()>& condition) {
    const absl::Time give_up = absl::Now() + absl::Seconds(20);
    while (!condition() && absl::Now() < give_up) absl::SleepFor(absl::Milliseconds(1));
    EXPECT_TRUE(condition());
  }
};

TEST_F(FeedFollowerThreadTest, HearsOfAnEventAtOnceAndStopsAtOnce) {
  const auto follower = NewFollower();
  follower->Start();
  WaitFor([&] { return follower->stats().state == State::kFollowing; });
  peer_.Add("anna", 1);
  WaitFor([&] { return follower->stats().applied == 1; });
  EXPECT_LT(StopTime(*follower), absl::Milliseconds(500));
  EXPECT_EQ(peer_.open_streams(), 0U);
  follower->Stop();
}

TEST_F(FeedFollowerThreadTest, StopsAtOnceWhileItWaits) {
  peer_.Refuse(Down(absl::Seconds(10)));
  const auto follower = NewFollower();
  follower->Start();
  WaitFor([&] { return follower->stats().state == State::kWaiting; });
  EXPECT_LT(StopTime(*follower), absl::Milliseconds(500));
}

TEST_F(FeedFollowerThreadTest, AsksWhatItWaitsForToStop) {
  std::promise<void> preparing;
  projection_.on_prepare = [&](const std::stop_token& stop) {
    preparing.set_value();
    std::promise<void> stopped;
    const std::stop_callback on_stop(stop, [&] { stopped.set_value(); });
    stopped.get_future().wait();
    return Down();
  };
  const auto follower = NewFollower();
  follower->Start();
  WaitFor([&] { return follower->stats().state == State::kFollowing; });
  peer_.Add("anna", 1);
  preparing.get_future().wait();
  EXPECT_LT(StopTime(*follower), absl::Milliseconds(500));
  EXPECT_THAT(log_.Text(), Not(HasSubstr("tries again until it can")));
}

TEST(FollowerSettingsTest, NamesWhatIsWrong) {
  Settings settings("test", "tests");
  FeedFollowerOptions options;
  BindFollower(settings, options);
  EXPECT_TRUE(settings.Load({"--follow.batch=7", "--follow.silence_timeout=1m"}, {}).ok());
  EXPECT_EQ(options.batch, 7U);
  EXPECT_EQ(options.silence_timeout, absl::Minutes(1));
  const auto wrong = settings.Load({"--follow.retry_pause=5s", "--follow.max_retry_pause=1s"}, {});
  EXPECT_THAT(std::string(wrong.status().message()), HasSubstr("follow.max_retry_pause"));
}

}  // namespace
}  // namespace communique::platform

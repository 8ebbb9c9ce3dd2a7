// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// A thousand watchers of one process: each is told every event, in order, once; who goes on by a token after a restart
// misses none; and who lists first and watches then sees no gap.

#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/testing/test_database.h"
#include "tests/testing/client.h"
#include "tests/testing/press_office.h"
#include "tests/testing/service_data.h"
#include "tests/testing/service_process.h"

namespace communique::testing {
namespace {

constexpr std::size_t kWatchers = 1'000;
constexpr std::size_t kConnections = 10;
constexpr std::size_t kBefore = 20;  // releases published before the restart
constexpr std::size_t kAfter = 6;
constexpr absl::Duration kPatience = absl::Seconds(30);

// One stream of WatchEditions; remembers what it was told.
class Watcher final : public grpc::ClientReadReactor<v1::WatchEditionsResponse> {
 public:
  Watcher(const std::shared_ptr<grpc::Channel>& channel, const std::string& token)
      : stub_(v1::EditionService::NewStub(channel)) {
    request_.set_parent("newsrooms/-/releases/-");
    request_.set_watch_token(token);
    stub_->async()->WatchEditions(&context_, &request_, this);
    StartRead(&response_);
    StartCall();
  }
  ~Watcher() override {
    context_.TryCancel();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return ended_; });
  }

  void OnReadDone(bool ok) override {
    if (!ok) return;
    {
      const std::lock_guard lock(mutex_);
      token_ = response_.token();
      if (response_.has_change()) events_.push_back(response_.change().edition().name());
      changed_.notify_all();
    }
    StartRead(&response_);
  }
  void OnDone(const grpc::Status& status) override {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    end_ = platform::FromGrpcStatus(status);
    changed_.notify_all();
  }

  // The first `count` events, waiting for them; fewer when they do not come.
  std::vector<std::string> WaitFor(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, absl::ToChronoSeconds(kPatience), [&] { return events_.size() >= count || ended_; });
    return events_;
  }
  // What it ended with; OK when it has not.
  absl::Status WaitForEnd(absl::Duration patience = kPatience) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, absl::ToChronoMilliseconds(patience), [this] { return ended_; });
    return end_;
  }
  std::string token() {
    const std::lock_guard lock(mutex_);
    return token_;
  }

 private:
  const std::unique_ptr<v1::EditionService::Stub> stub_;
  grpc::ClientContext context_;
  v1::WatchEditionsRequest request_;
  v1::WatchEditionsResponse response_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string token_;
  std::vector<std::string> events_;
  bool ended_ = false;
  absl::Status end_;
};

class WatchersTest : public ::testing::TestWithParam<const char*> {
 protected:
  // Publishes `count` releases; the editions, in order.
  std::vector<std::string> Publish(const std::string& prefix, std::size_t count) {
    Client client(process_.internal());
    std::vector<std::string> editions;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string id = absl::StrCat(prefix, "-", i);
      const auto release = PressOffice(client).MakePublic(id, "News");
      EXPECT_TRUE(release.ok()) << release.status();
      editions.push_back(EditionName(id));
    }
    return editions;
  }
  std::vector<std::unique_ptr<Watcher>> Watch(const std::vector<std::string>& tokens) {
    std::vector<std::shared_ptr<grpc::Channel>> channels;
    for (std::size_t i = 0; i < kConnections; ++i) channels.push_back(ChannelTo(process_.public_reads()));
    std::vector<std::unique_ptr<Watcher>> watchers;
    for (const std::string& token : tokens) {
      watchers.push_back(std::make_unique<Watcher>(channels[watchers.size() % kConnections], token));
    }
    WaitForWatchers(watchers.size());
    // All at once, and none is told to come again later.
    for (const auto& watcher : watchers) EXPECT_TRUE(watcher->WaitForEnd(absl::ZeroDuration()).ok());
    EXPECT_EQ(process_.Metric(R"(communique_executor_rejected_tasks_total{executor="db-read"})"), 0);
    return watchers;
  }

  void WaitForWatchers(std::size_t count) {
    const absl::Time give_up = absl::Now() + kPatience;
    const auto open = [this] { return process_.Metric(R"(communique_watch_watchers{feed="public"})"); };
    while (open() < static_cast<double>(count)) {
      ASSERT_LT(absl::Now(), give_up) << open() << " watchers";
      absl::SleepFor(absl::Milliseconds(2));
    }
  }

  ReleasesData data_{GetParam()};
  ReleasesProcess process_{data_.FlagsAnd({"--drain.grace=500ms"}), data_.environment()};
};

INSTANTIATE_TEST_SUITE_P(Engines, WatchersTest, ::testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

TEST_P(WatchersTest, AThousandAreToldEverythingOnceInOrderAcrossARestart) {
  {
    Client client(process_.internal());
    ASSERT_TRUE(PressOffice(client).Open().ok());
  }
  auto watchers = Watch(std::vector<std::string>(kWatchers));
  const absl::Time began = absl::Now();
  const std::vector<std::string> first = Publish("before", kBefore);
  for (const auto& watcher : watchers) ASSERT_EQ(watcher->WaitFor(kBefore), first);
  std::printf("%zu watchers were told of %zu events in %.0f ms, publishing included\n", watchers.size(), first.size(),
              absl::ToDoubleMilliseconds(absl::Now() - began));
  EXPECT_EQ(process_.Metric("communique_watch_ended_slow_total{feed=\"public\"}"), 0);

  EXPECT_EQ(process_.Terminate(), 0);
  std::vector<std::string> tokens;
  for (const auto& watcher : watchers) {
    EXPECT_TRUE(absl::IsUnavailable(watcher->WaitForEnd()));
    EXPECT_EQ(watcher->WaitFor(0), first) << "told something twice";
    tokens.push_back(watcher->token());
  }
  watchers.clear();
  process_.Start();
  // While nobody watches, and while they come back.
  const std::vector<std::string> missed = Publish("between", kAfter / 2);
  watchers = Watch(tokens);
  const std::vector<std::string> later = Publish("after", kAfter / 2);
  std::vector<std::string> rest = missed;
  rest.insert(rest.end(), later.begin(), later.end());
  for (const auto& watcher : watchers) ASSERT_EQ(watcher->WaitFor(kAfter), rest);
}

TEST_P(WatchersTest, WhoListsAndThenWatchesSeesNoGap) {
  Client client(process_.internal());
  ASSERT_TRUE(PressOffice(client).Open().ok());
  std::vector<std::string> published;
  std::thread publisher([&] { published = Publish("news", 12); });
  std::vector<std::unique_ptr<Watcher>> watchers;
  std::vector<std::set<std::string>> listed;
  Client reader(process_.public_reads());
  for (int i = 0; i < 30; ++i) {
    v1::ListEditionsRequest request;
    request.set_parent("newsrooms/-/releases/-");
    const auto list = reader.Call(&v1::EditionService::Stub::ListEditions, request);
    ASSERT_TRUE(list.ok()) << list.status();
    auto& names = listed.emplace_back();
    for (const auto& card : list->editions()) names.insert(card.name());
    watchers.push_back(std::make_unique<Watcher>(reader.channel(), list->watch_token()));
    absl::SleepFor(absl::Milliseconds(10));
  }
  publisher.join();
  ASSERT_EQ(published.size(), 12);
  for (std::size_t i = 0; i < watchers.size(); ++i) {
    // What is told are the newest of all, and begins no later than behind what was listed.
    std::size_t first_unlisted = 0;
    while (first_unlisted < published.size() && listed[i].contains(published[first_unlisted])) ++first_unlisted;
    const std::vector<std::string> told = watchers[i]->WaitFor(published.size() - first_unlisted);
    ASSERT_LE(told.size(), published.size());
    EXPECT_GE(told.size(), published.size() - first_unlisted);
    EXPECT_TRUE(std::equal(told.rbegin(), told.rend(), published.rbegin())) << "a gap, or not in order";
  }
}

}  // namespace
}  // namespace communique::testing

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// Random histories of watchers who come, go, stall, are ended, and come back with the last token they have seen, while
// the feed grows, the tail is late, the service restarts and what they ask about cannot be resolved. Each must end up
// with exactly the entries he wanted, in order.

#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/platform/changes/testing/test_events.h"
#include "services/platform/changes/testing/test_sink.h"
#include "services/platform/changes/testing/test_store.h"
#include "services/platform/changes/watch_hub.h"
#include "services/platform/testing/fake_clock.h"
#include "services/platform/testing/fake_monotonic_clock.h"
#include "services/platform/testing/histories.h"

namespace communique::platform {
namespace {

constexpr std::size_t kClients = 6;

// A client of the API: keeps the token of the last thing it was sent and goes on from there.
struct Client {
  std::shared_ptr<TestSink> sink;
  std::size_t taken = 0;  // of the sink's events
  std::string token;
  std::vector<FeedPosition> got;
  int modulus = 1;  // wants every so manieth release

  void Take() {
    const std::vector<std::string> events = sink->events();
    for (; taken < events.size(); ++taken) {
      token = TestEvents::TokenOf(events[taken]);
      if (!absl::StartsWith(events[taken], "bookmark")) got.push_back(TestEvents::PositionOf(events[taken]));
    }
  }
};

class World {
 public:
  World(TestStore& store, unsigned seed) : store_(store), random_(seed), first_(store.Heads().made_public.position) {
    StartService();
    for (std::size_t i = 0; i < kClients; ++i) {
      clients_[i].modulus = static_cast<int>(1 + Below(3));
      clients_[i].token = tail_->TokenFor(Feed::kPublic, first_);
      Connect(clients_[i]);
    }
  }
  ~World() { StopService(); }

  void Step() {
    const unsigned dice = Below(100);
    Client& client = clients_[Below(kClients)];
    if (dice < 20) {
      Write();
    } else if (dice < 35) {
      (void)tail_->Tick();
    } else if (dice < 65) {
      RunOne();
    } else if (dice < 75) {
      client.sink->GiveRoom(Below(6));
    } else if (dice < 80) {
      client.sink->End(absl::CancelledError("the client has gone"));
    } else if (dice < 88) {
      if (client.sink->end()) Connect(client);
    } else if (dice < 92) {
      clock_.Advance(absl::Seconds(Below(12)));
    } else if (dice < 97) {
      events_.SetFailing(Below(3) == 0);
    } else if (dice < 99) {
      hub_->OnTickFailed(absl::UnavailableError("no database"));
    } else {
      StartService();
    }
  }

  // Lets all that is under way come to its end, and looks at what everybody got.
  void Finish() {
    events_.SetFailing(false);
    for (int round = 0; round < 20; ++round) {
      for (Client& client : clients_) {
        if (client.sink->end()) Connect(client);
        client.sink->GiveRoom(10'000);
      }
      ASSERT_TRUE(tail_->Tick().ok());
      while (RunOne()) {
      }
    }
    const FeedPosition head = store_.Heads().made_public.position;
    for (Client& client : clients_) {
      client.Take();
      std::vector<FeedPosition> wanted;
      for (FeedPosition p = first_ + 1; p <= head; ++p) {
        if (p % client.modulus == 0) wanted.push_back(p);
      }
      ASSERT_EQ(client.got, wanted);
    }
  }

  int reconnects = 0;

 private:
  unsigned Below(std::size_t n) { return static_cast<unsigned>(random_() % n); }

  void StopService() {
    // As an executor that is told to end: what waits is dropped.
    work_.clear();
    hub_.reset();
  }

  void StartService() {
    StopService();
    tail_.emplace(store_.db(), FeedTailOptions{.history = 1 + Below(30)}, wall_clock_, clock_);
    WatchHubOptions options;
    options.recent_entries = 1 + Below(30);
    options.batch = 1 + Below(8);
    options.page = 1 + Below(20);
    hub_.emplace(*tail_, store_.db(), Feed::kPublic, events_, options, clock_,
                 [this](absl::AnyInvocable<void() &&> work) {
                   if (Below(10) == 0) return absl::ResourceExhaustedError("full");
                   work_.push_back(std::move(work));
                   return absl::OkStatus();
                 });
    tail_->AddObserver(*hub_);
    ASSERT_TRUE(tail_->Tick().ok());
  }

  void Connect(Client& client) {
    if (client.sink != nullptr) client.Take();
    client.sink = std::make_shared<TestSink>(Below(4));
    client.taken = 0;
    const int modulus = client.modulus;
    const absl::Status status =
        hub_->Watch({client.token, [modulus](const FeedEntry& entry) { return entry.position % modulus == 0; },
                     absl::StrCat("audience ", modulus % 2)},
                    client.sink);
    ASSERT_TRUE(status.ok()) << status;
    ++reconnects;
  }

  void Write() {
    ChangeSet changes;
    for (unsigned n = 1 + Below(5); n > 0; --n) changes.made_public.push_back(ChangeOf(absl::StrCat(Below(10))));
    changes.internal = changes.made_public;
    store_.Append(changes);
  }

  bool RunOne() {
    if (work_.empty()) return false;
    absl::AnyInvocable<void()&&> work = std::move(work_.front());
    work_.pop_front();
    std::move(work)();
    return true;
  }

  TestStore& store_;
  std::mt19937 random_;
  const FeedPosition first_;
  FakeClock wall_clock_;
  FakeMonotonicClock clock_;
  TestEvents events_;
  std::deque<absl::AnyInvocable<void() &&>> work_;
  std::optional<FeedTail> tail_;
  std::optional<WatchHub> hub_;
  Client clients_[kClients];
};

class WatchHubPropertyTest : public ::testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(Engines, WatchHubPropertyTest, ::testing::ValuesIn(TestDatabase::kEngines),
                         TestDatabase::Name);

TEST_P(WatchHubPropertyTest, EveryWatcherGetsExactlyWhatHeWantsInOrder) {
  TestStore store(GetParam());
  int reconnects = 0;
  const unsigned histories = static_cast<unsigned>(OfHistories(store.db().engine() == Engine::kSqlite ? 20 : 8));
  for (unsigned seed = 1; seed <= histories && !HasFatalFailure(); ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    World world(store, seed);
    for (int step = 0; step < 400 && !HasFatalFailure(); ++step) world.Step();
    world.Finish();
    reconnects += world.reconnects;
  }
  EXPECT_GT(reconnects, 15 * static_cast<int>(histories));
}

}  // namespace
}  // namespace communique::platform

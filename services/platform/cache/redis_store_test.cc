// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/cache/redis_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/testing/redis_server.h"

namespace communique::platform {
namespace {

using State = Breaker::State;
using ::testing::HasSubstr;

RedisOptions OptionsFor(const RedisServer& server) {
  RedisOptions options;
  options.address = server.address();
  // The machine of a test may be slow; what is tested is the order of magnitude.
  options.connect_timeout = absl::Milliseconds(150);
  options.command_timeout = absl::Milliseconds(150);
  return options;
}

bool Eventually(const std::function<bool()>& condition, absl::Duration within = absl::Seconds(10)) {
  const absl::Time end = absl::Now() + within;
  while (!condition()) {
    if (absl::Now() > end) return false;
    absl::SleepFor(absl::Milliseconds(2));
  }
  return true;
}

// What a fetch brings; "(refused)" when the store does not ask.
std::string FetchNow(RedisStore& store, const std::string& key) {
  auto promise = std::make_shared<std::promise<std::optional<std::string>>>();
  auto future = promise->get_future();
  const bool asked =
      store.Fetch(key, [promise](std::optional<std::string> value) { promise->set_value(std::move(value)); });
  return asked ? future.get().value_or("(nothing)") : "(refused)";
}

void StoreAndWait(RedisStore& store, const std::string& key, std::string value) {
  const std::uint64_t before = store.stats().stored;
  store.Store(key, std::move(value), absl::Minutes(1));
  ASSERT_TRUE(Eventually([&] { return store.stats().stored > before; }));
}

bool Closed(const RedisStore& store) { return store.stats().breaker == State::kClosed; }

// Remembers what the log would be told.
class Changes {
 public:
  std::function<void(State, const std::string&)> Listener() {
    return [this](State state, const std::string& cause) {
      const MutexLock lock(mutex_);
      changes_.emplace_back(state, cause);
    };
  }
  std::vector<std::pair<State, std::string>> Get() {
    const MutexLock lock(mutex_);
    return changes_;
  }

 private:
  Mutex mutex_;
  std::vector<std::pair<State, std::string>> changes_ ABSL_GUARDED_BY(mutex_);
};

TEST(RedisStoreTest, KeepsAnyBytes) {
  RedisServer server;
  RedisStore store(OptionsFor(server));
  std::string large(1 << 20, '\0');
  for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>(i * 31);
  StoreAndWait(store, "a key\r\n", large);
  EXPECT_EQ(FetchNow(store, "a key\r\n"), large);
  EXPECT_EQ(FetchNow(store, "another"), "(nothing)");
  EXPECT_EQ(store.stats().fetched, 1U);
  EXPECT_EQ(store.stats().not_found, 1U);
}

TEST(RedisStoreTest, WritesUnderItsPrefixIntoItsDatabaseWithAnEnd) {
  RedisServer server;
  RedisOptions options = OptionsFor(server);
  options.prefix = "press";
  options.database = 3;
  RedisStore store(options);
  StoreAndWait(store, "k", "v");
  EXPECT_EQ(server.Run({"EXISTS", "press:k"}), "0");
  EXPECT_EQ(server.Run({"EVAL", "redis.call('SELECT', 3) return redis.call('GET', 'press:k')", "0"}), "v");
  const std::string left = server.Run({"EVAL", "redis.call('SELECT', 3) return redis.call('PTTL', 'press:k')", "0"});
  EXPECT_GT(std::stoi(left), 50'000);
  EXPECT_LE(std::stoi(left), 60'000);
}

TEST(RedisStoreTest, TakesOutWhatItIsToldTo) {
  RedisServer server;
  RedisStore store(OptionsFor(server));
  StoreAndWait(store, "k", "secret");
  const auto remove = [&](const std::string& key) {
    auto promise = std::make_shared<std::promise<bool>>();
    auto future = promise->get_future();
    return store.Remove(key, [promise](bool removed) { promise->set_value(removed); }) && future.get();
  };
  EXPECT_TRUE(remove("k"));
  EXPECT_EQ(server.Run({"DBSIZE"}), "0");
  EXPECT_TRUE(remove("k")) << "it holds nothing under that key";
  server.Stop();
  EXPECT_TRUE(Eventually([&] { return !remove("k"); })) << "nobody has confirmed it";
}

TEST(RedisStoreTest, LogsInWithPasswordAndUser) {
  RedisServer server({.password = "hunter2", .settings = {}});
  server.Run({"ACL", "SETUSER", "press", "on", ">hunter3", "~*", "+@all"});
  RedisOptions options = OptionsFor(server);
  options.password = "hunter2";
  RedisStore by_password(options);
  StoreAndWait(by_password, "k", "v");
  options.username = "press";
  options.password = "hunter3";
  RedisStore by_user(options);
  EXPECT_EQ(FetchNow(by_user, "k"), "v");
}

TEST(RedisStoreTest, AWrongPasswordOpensTheBreakerAndSaysWhy) {
  RedisServer server({.password = "hunter2", .settings = {}});
  RedisOptions options = OptionsFor(server);
  options.password = "wrong";
  Changes changes;
  RedisStore store(options, changes.Listener());
  ASSERT_TRUE(Eventually([&] { return !changes.Get().empty(); }));
  EXPECT_EQ(changes.Get()[0].first, State::kOpen);
  EXPECT_THAT(changes.Get()[0].second, HasSubstr("WRONGPASS"));
  EXPECT_EQ(FetchNow(store, "k"), "(refused)");
}

TEST(RedisStoreTest, AnAddressThatIsNoneOpensTheBreakerAndSaysWhy) {
  Changes changes;
  RedisOptions options;
  options.address = "localhost";
  RedisStore store(options, changes.Listener());
  ASSERT_TRUE(Eventually([&] { return !changes.Get().empty(); }));
  EXPECT_THAT(changes.Get()[0].second, HasSubstr("\"localhost\" is not host:port"));
}

TEST(RedisStoreTest, SpeaksOverAUnixSocket) {
  const TemporaryFolder folder;
  RedisServer server({.password = "", .settings = {"--unixsocket", folder.File("redis.sock")}});
  RedisOptions options = OptionsFor(server);
  options.address = absl::StrCat("unix:", folder.File("redis.sock"));
  RedisStore store(options);
  StoreAndWait(store, "k", "v");
  EXPECT_EQ(FetchNow(store, "k"), "v");
}

TEST(RedisStoreTest, StartsWithoutRedisAndFindsItWhenItComes) {
  RedisServer server;
  server.Stop();
  RedisStore store(OptionsFor(server));
  EXPECT_TRUE(Eventually([&] { return !Closed(store); }, absl::Seconds(1)));
  server.Start();
  EXPECT_TRUE(Eventually([&] { return Closed(store); }));
  StoreAndWait(store, "k", "v");
  EXPECT_EQ(FetchNow(store, "k"), "v");
}

TEST(RedisStoreTest, NoticesWithinASecondThatRedisIsGoneThoughNobodyAsks) {
  RedisServer server;
  Changes changes;
  RedisStore store(OptionsFor(server), changes.Listener());
  StoreAndWait(store, "k", "v");
  server.Stop();
  EXPECT_TRUE(Eventually([&] { return !Closed(store); }, absl::Seconds(1)));
  EXPECT_EQ(FetchNow(store, "k"), "(refused)");
  server.Start();
  EXPECT_TRUE(Eventually([&] { return Closed(store); }));
  EXPECT_EQ(FetchNow(store, "k"), "(nothing)");
  ASSERT_EQ(changes.Get().size(), 2U);
  EXPECT_EQ(changes.Get()[1].first, State::kClosed);
}

TEST(RedisStoreTest, AHangingRedisCostsNoCallMoreThanItsTimeAndOpensTheBreakerWithinASecond) {
  RedisServer server;
  const RedisOptions options = OptionsFor(server);
  RedisStore store(options);
  StoreAndWait(store, "k", "v");
  server.Freeze();
  const absl::Time frozen = absl::Now();
  absl::Duration worst;
  while (Closed(store)) {
    const absl::Time asked = absl::Now();
    EXPECT_NE(FetchNow(store, "k"), "v");
    worst = std::max(worst, absl::Now() - asked);
  }
  EXPECT_LT(absl::Now() - frozen, absl::Seconds(1));
  // Behind a batch that waits for its time, then a connection that waits for its own.
  EXPECT_LT(worst, 3 * options.command_timeout + absl::Milliseconds(100));
  const absl::Time asked = absl::Now();
  for (int i = 0; i < 1'000; ++i) EXPECT_EQ(FetchNow(store, "k"), "(refused)");
  EXPECT_LT(absl::Now() - asked, absl::Milliseconds(100));
  EXPECT_EQ(store.stats().queued, 0U);
  server.Thaw();
  EXPECT_TRUE(Eventually([&] { return Closed(store); }));
  EXPECT_EQ(FetchNow(store, "k"), "v");
}

TEST(RedisStoreTest, ARedisThatHangsWhileNobodyAsksIsKnownWithinASecond) {
  RedisServer server;
  RedisStore store(OptionsFor(server));
  StoreAndWait(store, "k", "v");
  server.Freeze();
  EXPECT_TRUE(Eventually([&] { return !Closed(store); }, absl::Seconds(1)));
  server.Thaw();
}

TEST(RedisStoreTest, AFullOrReadOnlyRedisIsStillRead) {
  RedisServer server;
  RedisStore store(OptionsFor(server));
  StoreAndWait(store, "k", "v");
  server.Run({"CONFIG", "SET", "maxmemory", "1"});
  store.Store("other", "v", absl::Minutes(1));
  EXPECT_TRUE(Eventually([&] { return store.stats().refused == 1; }));
  EXPECT_EQ(FetchNow(store, "k"), "v");
  server.Run({"CONFIG", "SET", "maxmemory", "0"});
  server.Run({"REPLICAOF", "127.0.0.1", "1"});
  store.Store("other", "v", absl::Minutes(1));
  EXPECT_TRUE(Eventually([&] { return store.stats().refused == 2; }));
  EXPECT_EQ(FetchNow(store, "k"), "v");
  EXPECT_TRUE(Closed(store));
}

TEST(RedisStoreTest, WhatIsNoStringIsNothing) {
  RedisServer server;
  RedisStore store(OptionsFor(server));
  server.Run({"RPUSH", "communique:list", "a"});
  EXPECT_EQ(FetchNow(store, "list"), "(nothing)");
  server.Run({"SET", "communique:empty", ""});
  EXPECT_EQ(FetchNow(store, "empty"), "(nothing)");
}

TEST(RedisStoreTest, NeitherStoresNorReadsMoreThanItsLimit) {
  RedisServer server;
  RedisOptions options = OptionsFor(server);
  options.max_value_bytes = 100;
  RedisStore store(options);
  store.Store("large", std::string(101, 'x'), absl::Minutes(1));
  store.Store("over", "v", absl::ZeroDuration());
  StoreAndWait(store, "small", std::string(100, 'x'));
  EXPECT_EQ(FetchNow(store, "large"), "(nothing)");
  EXPECT_EQ(FetchNow(store, "over"), "(nothing)");
  EXPECT_EQ(FetchNow(store, "small"), std::string(100, 'x'));
  server.Run({"SET", "communique:huge", std::string(10'000'000, 'x')});
  EXPECT_EQ(FetchNow(store, "huge").size(), 100U);
}

TEST(RedisStoreTest, RefusesWhatItsQueueCannotHold) {
  RedisServer server;
  RedisOptions options = OptionsFor(server);
  options.max_queued = 10;
  options.threads = 1;
  RedisStore store(options);
  StoreAndWait(store, "k", "v");
  server.Freeze();
  int asked = 0;
  std::atomic<int> answered = 0;
  for (int i = 0; i < 100; ++i) {
    if (store.Fetch("k", [&](const std::optional<std::string>&) { ++answered; })) ++asked;
  }
  EXPECT_LE(asked, 10 + 16 + 10);  // waiting, and at most what a thread has taken meanwhile
  EXPECT_TRUE(Eventually([&] { return answered == asked; }));
  EXPECT_GT(store.stats().dropped, 0U);
  server.Thaw();
}

TEST(RedisStoreTest, AnswersAllWhoWaitWhenItEnds) {
  RedisServer server;
  std::atomic<int> answered = 0;
  int asked = 0;
  {
    RedisStore store(OptionsFor(server));
    StoreAndWait(store, "k", "v");
    server.Freeze();
    for (int i = 0; i < 100; ++i) {
      if (store.Fetch("k", [&](const std::optional<std::string>&) { ++answered; })) ++asked;
    }
  }
  EXPECT_EQ(answered, asked);
  server.Thaw();
}

TEST(RedisStoreTest, SurvivesRestartsUnderLoad) {
  RedisServer server;
  RedisStore store(OptionsFor(server));
  std::atomic<bool> ended = false;
  std::atomic<int> wrong = 0, found = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; !ended; ++i) {
        const std::string key = absl::StrCat(t, "/", i % 50);
        store.Store(key, absl::StrCat("value of ", key), absl::Minutes(1));
        const std::string value = FetchNow(store, key);
        if (value == absl::StrCat("value of ", key)) {
          ++found;
        } else if (value != "(nothing)" && value != "(refused)") {
          ++wrong;
        }
      }
    });
  }
  for (int i = 0; i < 5; ++i) {
    const int before = found;
    EXPECT_TRUE(Eventually([&] { return found > before + 100; }));
    server.Stop();
    server.Start();
  }
  ended = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_GE(store.stats().connections, 5U);
}

}  // namespace
}  // namespace communique::platform

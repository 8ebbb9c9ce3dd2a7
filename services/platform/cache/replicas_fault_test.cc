// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// Two replicas of a service on one PostgreSQL and one Redis, while things break: a change must be in force in both
// within a second of its commit as long as the database answers, and what was true before is served, flagged, while it
// does not.

#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "services/platform/cache/cache_feeder.h"
#include "services/platform/cache/redis_store.h"
#include "services/platform/cache/reply_cache.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/changes/feed_tail.h"
#include "services/platform/concurrency/executor.h"
#include "services/platform/errors/error.h"
#include "services/platform/testing/postgres_server.h"
#include "services/platform/testing/redis_server.h"

namespace communique::platform {
namespace {

constexpr char kPage[] = "newsrooms/a/releases/page";
constexpr char kCold[] = "newsrooms/a/releases/cold";

absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

std::unique_ptr<Database> OpenDatabase(const std::string& conninfo, const std::string& name, int sessions) {
  DatabaseOptions options;
  options.engine = Engine::kPostgres;
  options.postgres = conninfo;
  options.application_name = name;
  options.read_sessions = sessions;
  auto database = Database::Open(options);
  EXPECT_TRUE(database.ok()) << database.status();
  return *std::move(database);
}

class Replica {
 public:
  struct Answer {
    std::string text;  // or the error
    bool ok = false;
    bool stale = false;
    absl::Duration took;
  };

  Replica(const std::string& conninfo, const RedisServer& redis)
      : database_(OpenDatabase(conninfo, "service", 4)),
        tail_database_(OpenDatabase(conninfo + " user=tail", "tail", 1)) {
    RedisOptions redis_options;
    redis_options.address = redis.address();
    redis_.emplace(redis_options);
    ReplyCacheOptions options;
    options.load_timeout = absl::Seconds(2);
    options.signing_key = "secret of the replicas";
    tail_.emplace(*tail_database_, FeedTailOptions(), clock_, monotonic_);
    cache_.emplace(options, ReplyCache::Environment{clock_, tail_->clock(), monotonic_,
                                                    [this](absl::Time deadline, ReplyCache::Work work) {
                                                      return loads_.Submit(deadline, std::move(work));
                                                    },
                                                    &*redis_});
    feeder_.emplace(*cache_);
    tail_->AddObserver(*feeder_);
    tail_->Start();
    EXPECT_TRUE(tail_->WaitForTick(absl::Seconds(20)).ok());
  }
  ~Replica() {
    tail_->Stop();
    (void)loads_.Join(absl::Seconds(20));
  }

  Answer Read(const std::string& name) {
    const absl::Time began = absl::Now();
    const auto answer = [&](const ReplyCache::Hit& hit) {
      return Answer{hit.reply->bytes, true, hit.stale_since.has_value(), absl::Now() - began};
    };
    if (const auto hit = cache_->TryGet(name)) return answer(*hit);
    std::promise<Answer> promise;
    cache_->Get(
        {name, {Dependency::Within(name)}},
        [this, name](absl::Time deadline) -> absl::StatusOr<ReplyCache::Loaded> {
          std::string text;
          const absl::Status status = database_->Read(deadline, [&](Session& session) -> absl::Status {
            const auto rows = session.Query("SELECT text FROM pages WHERE name = :name", {{"name", name}});
            if (rows.ok()) text = (*rows)[0].Text(0);
            return rows.status();
          });
          if (!status.ok()) return status;
          if (after_rows) after_rows();
          return ReplyCache::Loaded{text, "", absl::InfiniteFuture()};
        },
        [&](const absl::StatusOr<ReplyCache::Hit>& hit) {
          promise.set_value(hit.ok() ? answer(*hit)
                                     : Answer{hit.status().ToString(), false, false, absl::Now() - began});
        });
    return promise.get_future().get();
  }

  absl::Status Write(const std::string& name, const std::string& text) {
    AppendedPositions positions;
    const absl::Status status = database_->Write(Soon(), [&](Session& session) -> absl::Status {
      const auto changed =
          session.Execute("UPDATE pages SET text = :text WHERE name = :name", {{"text", text}, {"name", name}});
      if (!changed.ok()) return changed.status();
      const auto appended = AppendChanges(session, {"users/editor", "", absl::Now()},
                                          {{{"newsrooms/a", name, "uid", "release", "WITHDRAWN", ""}}, {}});
      if (appended.ok()) positions = *appended;
      return appended.status();
    });
    if (!status.ok()) return status;
    cache_->OnCommit(name, positions.internal);
    tail_->Hint();
    return absl::OkStatus();
  }

  // Until the process answers from its own memory.
  void Warm(const std::string& name) {
    const absl::Time end = absl::Now() + absl::Seconds(20);
    while (!cache_->TryGet(name)) {
      ASSERT_LT(absl::Now(), end);
      Read(name);
    }
  }

  ReplyCache& cache() { return *cache_; }
  RedisStats redis() const { return redis_->stats(); }

  // Called by each load between its rows and its end. Set while nobody reads.
  std::function<void()> after_rows;

 private:
  const SystemClock clock_;
  const SystemMonotonicClock monotonic_;
  std::unique_ptr<Database> database_, tail_database_;
  std::optional<FeedTail> tail_;
  std::optional<RedisStore> redis_;
  Executor loads_{{.name = "loads", .limit_key = "cache.max_queued_loads", .threads = 4, .max_queued = 1'000}, clock_};
  std::optional<ReplyCache> cache_;
  std::optional<CacheFeeder> feeder_;
};

class ReplicasFaultTest : public ::testing::Test {
 protected:
  ReplicasFaultTest() : name_(postgres_.AcquireDatabase()), conninfo_(postgres_.Conninfo(name_)) {
    const auto database = OpenDatabase(conninfo_, "setup", 1);
    EXPECT_TRUE(Migrate(*database, {&ChangeFeedMigrations()}, absl::Now(), Soon()).ok());
    EXPECT_TRUE(PrepareStore(*database, Soon()).ok());
    // Tails have a login of their own, so that they can be kept out alone.
    postgres_.Run(
        name_, absl::StrCat(
                   "CREATE ROLE tail LOGIN SUPERUSER; CREATE TABLE pages (name TEXT PRIMARY KEY, text TEXT NOT NULL); ",
                   "INSERT INTO pages VALUES ('", kPage, "', 'v1'), ('", kCold, "', 'v1')"));
    writer_.emplace(conninfo_, redis_);
    other_.emplace(conninfo_, redis_);
    writer_->Warm(kPage);
    other_->Warm(kPage);
  }

  // Breaks something, changes the page through the first replica, and watches what readers get in both.
  void ExpectInForceWithinASecond(const std::function<void()>& before, const std::function<void()>& after = nullptr) {
    if (before) before();
    ASSERT_TRUE(writer_->Write(kPage, "v2").ok());
    const absl::Time committed = absl::Now();
    std::atomic<int> reads = 0;
    const auto poll = [&](Replica& replica, absl::Duration allowed, absl::Duration& last_old) {
      while (absl::Now() < committed + absl::Seconds(2)) {
        const absl::Time began = absl::Now();
        const Replica::Answer answer = replica.Read(kPage);
        ++reads;
        EXPECT_TRUE(answer.ok) << answer.text;
        EXPECT_FALSE(answer.stale);
        if (answer.text == "v1") {
          last_old = began - committed;
          EXPECT_LE(last_old, allowed);
        }
        if (::testing::Test::HasFailure()) return;
        absl::SleepFor(absl::Microseconds(200));
      }
    };
    absl::Duration last_old = absl::ZeroDuration(), own_last_old = absl::ZeroDuration();
    std::thread own([&] { poll(*writer_, -absl::Nanoseconds(1), own_last_old); });
    std::thread others([&] { poll(*other_, absl::Seconds(1), last_old); });
    if (after) after();
    own.join();
    others.join();
    EXPECT_GT(reads, 100);
    std::printf("the other replica answered with what was before for %.0f ms after the commit\n",
                absl::ToDoubleMilliseconds(last_old));
  }

  static bool Eventually(const std::function<bool()>& condition, absl::Duration within = absl::Seconds(20)) {
    const absl::Time end = absl::Now() + within;
    while (!condition()) {
      if (absl::Now() > end) return false;
      absl::SleepFor(absl::Milliseconds(5));
    }
    return true;
  }

  void CutTails() {
    postgres_.Run("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tail'");
  }

  // Their processes in the server stop, and answer nothing and close nothing, while it serves everyone else.
  void HangTails() {
    const std::string pids = postgres_.Run(
        "postgres", "SELECT string_agg(pid::text, ' ') FROM pg_stat_activity WHERE application_name = 'tail'");
    for (const auto pid : absl::StrSplit(pids, ' ', absl::SkipEmpty())) {
      pid_t process = 0;
      // One that has ended since is none of ours.
      if (absl::SimpleAtoi(pid, &process)) kill(process, SIGSTOP);
    }
  }

  // What both kinds of outage have in common: `end` makes the database answer again.
  void ExpectStaleAnswersUntil(const std::function<void()>& end) {
    // For a second nobody can know; then answers say that they may be old.
    ASSERT_TRUE(Eventually([&] { return other_->Read(kPage).stale; }, absl::Seconds(5)));
    std::vector<absl::Duration> took;
    int errors = 0, unflagged = 0;
    const absl::Time until = absl::Now() + absl::Seconds(3);
    while (absl::Now() < until) {
      const Replica::Answer answer = other_->Read(kPage);
      if (!answer.ok) ++errors;
      if (answer.ok && !answer.stale) ++unflagged;
      took.push_back(answer.took);
      absl::SleepFor(absl::Microseconds(500));
    }
    EXPECT_EQ(errors, 0);
    EXPECT_EQ(unflagged, 0);
    std::sort(took.begin(), took.end());
    // All but those who are sent to look.
    EXPECT_LT(took[took.size() * 9 / 10], absl::Milliseconds(20));
    const Replica::Answer cold = other_->Read(kCold);
    EXPECT_FALSE(cold.ok);
    EXPECT_LT(cold.took, absl::Seconds(6));
    std::printf("%zu stale answers, p50 %.3f ms, the slowest %.0f ms; what was in no cache: %s after %.1f s\n",
                took.size(), absl::ToDoubleMilliseconds(took[took.size() / 2]), absl::ToDoubleMilliseconds(took.back()),
                cold.text.substr(0, 60).c_str(), absl::ToDoubleSeconds(cold.took));

    end();
    const absl::Time answering = absl::Now();
    ASSERT_TRUE(Eventually([&] {
      const Replica::Answer answer = other_->Read(kPage);
      return answer.ok && !answer.stale;
    }));
    EXPECT_LT(absl::Now() - answering, absl::Seconds(5));
    std::printf("fresh again %.0f ms after the database\n", absl::ToDoubleMilliseconds(absl::Now() - answering));
    ASSERT_TRUE(Eventually([&] { return writer_->Write(kPage, "v2").ok(); }));
    EXPECT_TRUE(Eventually([&] { return other_->Read(kPage).text == "v2"; }, absl::Seconds(1)));
    EXPECT_TRUE(Eventually([&] { return other_->Read(kCold).ok; }));
  }

  PostgresServer postgres_;
  RedisServer redis_;
  const std::string name_;
  const std::string conninfo_;
  std::optional<Replica> writer_, other_;
};

TEST_F(ReplicasFaultTest, NothingIsBroken) { ExpectInForceWithinASecond(nullptr); }

TEST_F(ReplicasFaultTest, RedisIsKilled) {
  ExpectInForceWithinASecond([&] { redis_.Stop(); });
}

TEST_F(ReplicasFaultTest, RedisHangs) {
  ExpectInForceWithinASecond([&] { redis_.Freeze(); });
  EXPECT_NE(other_->redis().breaker, Breaker::State::kClosed);
  redis_.Thaw();
}

TEST_F(ReplicasFaultTest, RedisIsFlushed) {
  ExpectInForceWithinASecond([&] { redis_.FlushAll(); }, [&] { redis_.FlushAll(); });
}

TEST_F(ReplicasFaultTest, RedisRestartsWithOldData) {
  ASSERT_TRUE(Eventually([&] { return redis_.Run({"DBSIZE"}) != "0"; }));
  redis_.Dump();
  ExpectInForceWithinASecond(nullptr, [&] {
    redis_.Stop();
    redis_.Start();
  });
}

TEST_F(ReplicasFaultTest, RedisComesBackWithOldDataLater) {
  ASSERT_TRUE(Eventually([&] { return redis_.Run({"DBSIZE"}) != "0"; }));
  redis_.Dump();
  redis_.Stop();
  ExpectInForceWithinASecond(nullptr);
  redis_.Start();
  // A replica that starts only now, and has nothing but Redis and the database.
  Replica fresh(conninfo_, redis_);
  ASSERT_TRUE(Eventually([&] { return fresh.redis().connections > 0; }));
  EXPECT_EQ(fresh.Read(kPage).text, "v2");
  EXPECT_EQ(fresh.cache().stats().shared_refused, 1);
  EXPECT_EQ(fresh.cache().stats().shared_hits, 0);
}

TEST_F(ReplicasFaultTest, TheTailsConnectionIsCut) {
  ExpectInForceWithinASecond([&] { CutTails(); });
}

TEST_F(ReplicasFaultTest, TheTailsConnectionIsCutAgainAndAgain) {
  std::atomic<bool> ended = false;
  std::thread cutter([&] {
    while (!ended) CutTails();
  });
  ExpectInForceWithinASecond([&] { absl::SleepFor(absl::Milliseconds(300)); });
  ended = true;
  cutter.join();
}

TEST_F(ReplicasFaultTest, TheTailsHang) {
  std::atomic<bool> ended = false;
  HangTails();
  std::thread hanger([&] {
    while (!ended) HangTails();
  });
  ExpectInForceWithinASecond(nullptr);
  ended = true;
  hanger.join();
  // Without the tail nothing is known: reads have gone to the database.
  EXPECT_GT(other_->cache().stats().bypassed, 0);
  postgres_.Thaw();
}

// Nobody who comes seldom, or while another one is just asking, is told what was true long ago.
TEST_F(ReplicasFaultTest, TheTailsAreKeptOutForLongAndReadersAreFew) {
  postgres_.Run("postgres", "ALTER ROLE tail NOLOGIN");
  CutTails();
  absl::SleepFor(absl::Milliseconds(1'500));
  ASSERT_TRUE(writer_->Write(kPage, "v2").ok());
  const absl::Time committed = absl::Now();
  for (int pause = 1'200; absl::Now() < committed + absl::Seconds(8); pause = pause * 2 % 1'900) {
    absl::SleepFor(absl::Milliseconds(pause));
    std::vector<std::future<Replica::Answer>> answers;
    for (int i = 0; i < 4; ++i) {
      answers.push_back(std::async(std::launch::async, [&] {
        absl::SleepFor(absl::Microseconds(200) * i);
        return other_->Read(kPage);
      }));
    }
    for (auto& future : answers) {
      const Replica::Answer answer = future.get();
      EXPECT_EQ(answer.text, "v2");
      EXPECT_FALSE(answer.stale);
    }
  }
  EXPECT_GT(other_->cache().stats().tick_age, absl::Seconds(8));
  postgres_.Run("postgres", "ALTER ROLE tail LOGIN");
  EXPECT_TRUE(Eventually([&] { return other_->cache().stats().mode == Freshness::Mode::kFresh; }));
}

TEST_F(ReplicasFaultTest, ALoadIsUnderWayAcrossTheChange) {
  std::promise<void> rows_read;
  std::promise<void> go_on;
  std::atomic<bool> first = true;
  other_->after_rows = [&] {
    if (!first.exchange(false)) return;
    rows_read.set_value();
    go_on.get_future().wait();
  };
  // Makes the next read of the page a load.
  redis_.FlushAll();
  ASSERT_TRUE(other_->Write(kPage, "v1").ok());
  std::thread early([&] { EXPECT_EQ(other_->Read(kPage).text, "v1"); });
  rows_read.get_future().wait();
  ExpectInForceWithinASecond(nullptr, [&] {
    absl::SleepFor(absl::Milliseconds(700));
    go_on.set_value();
  });
  early.join();
}

TEST_F(ReplicasFaultTest, TheDatabaseIsGone) {
  postgres_.Stop();
  ExpectStaleAnswersUntil([&] { postgres_.Start(); });
}

TEST_F(ReplicasFaultTest, TheDatabaseHangs) {
  postgres_.Freeze();
  ExpectStaleAnswersUntil([&] { postgres_.Thaw(); });
}

}  // namespace
}  // namespace communique::platform

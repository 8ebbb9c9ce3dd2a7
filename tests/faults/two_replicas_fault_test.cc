// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// Two replicas of the service, as processes, on one PostgreSQL and one Redis. What is withdrawn through one of them is
// gone in both, at both listeners, within a second of the commit, whatever breaks; while the database is away, what was
// true before is served and flagged.

#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/testing/postgres_server.h"
#include "services/platform/testing/redis_server.h"
#include "tests/testing/client.h"
#include "tests/testing/press_office.h"
#include "tests/testing/service_data.h"
#include "tests/testing/service_process.h"

namespace communique::testing {
namespace {

using Edition = v1::Edition;

constexpr absl::Duration kInForce = absl::Seconds(1);
constexpr char kLocalHits[] = R"(communique_cache_reads_total{outcome="local_hit"})";
constexpr char kSharedHits[] = R"(communique_cache_reads_total{outcome="shared_hit"})";
constexpr char kBreakerOpen[] = R"(communique_redis_breaker{state="open"})";
constexpr char kBreakerClosed[] = R"(communique_redis_breaker{state="closed"})";

bool Eventually(const std::function<bool()>& condition, absl::Duration within = absl::Seconds(20)) {
  const absl::Time end = absl::Now() + within;
  while (!condition()) {
    if (absl::Now() > end) return false;
    absl::SleepFor(absl::Milliseconds(5));
  }
  return true;
}

// A replica and its readers.
struct Replica {
  Replica(const ReleasesData& data, const platform::RedisServer& redis, const std::vector<std::string>& flags)
      : process(Flags(data, redis, flags), Environment(data)) {}

  static std::vector<std::string> Flags(const ReleasesData& data, const platform::RedisServer& redis,
                                        const std::vector<std::string>& more) {
    std::vector<std::string> flags = data.FlagsAnd({"--redis.enabled=true", "--redis.address=" + redis.address()});
    flags.insert(flags.end(), more.begin(), more.end());
    return flags;
  }
  static std::vector<std::string> Environment(const ReleasesData& data) {
    std::vector<std::string> environment = data.environment();
    environment.emplace_back("COMMUNIQUE_RELEASES_REDIS_SIGNING_KEY=the secret that the replicas share");
    return environment;
  }

  // Until it answers from its own memory.
  bool Warm(const std::string& edition) {
    return Eventually([&] {
      const double before = process.Metric(kLocalHits);
      return from_outside.Read(edition).Is(Edition::VISIBILITY_LIVE) && process.Metric(kLocalHits) > before;
    });
  }

  ReleasesProcess process;
  Client from_inside{process.internal()};
  Client from_outside{process.public_reads()};
};

class TwoReplicasFaultTest : public ::testing::Test {
 protected:
  void StartReplicas(const std::vector<std::string>& flags = {}) {
    for (auto& replica : replicas_) replica = std::make_unique<Replica>(data_, redis_, flags);
    ASSERT_TRUE(office().Open().ok());
  }
  Replica& writer() { return *replicas_[0]; }
  Replica& other() { return *replicas_[1]; }
  PressOffice office() { return PressOffice(writer().from_inside); }

  // A public edition that both replicas answer from memory.
  v1::Release MakeWarm(const std::string& id) {
    const auto release = office().MakePublic(id, "It was true");
    EXPECT_TRUE(release.ok()) << release.status();
    EXPECT_TRUE(writer().Warm(EditionName(id)));
    EXPECT_TRUE(other().Warm(EditionName(id)));
    return release.value_or(v1::Release());
  }

  // Withdraws it through the first replica and asks both, at both listeners, without pause: nobody who asks a second
  // after the commit gets the text, or anything but the tombstone, and nobody an answer that says it may be old.
  void ExpectGoneWithinASecond(const v1::Release& release, const std::function<void()>& meanwhile = nullptr) {
    const std::string edition = release.name() + "/editions/en";
    const auto withdrawn = office().Withdraw(release);
    // The commit was a little earlier.
    const absl::Time committed = absl::Now();
    ASSERT_TRUE(withdrawn.ok()) << withdrawn.status();
    std::vector<std::thread> readers;
    std::atomic<int> reads = 0;
    std::atomic<std::int64_t> last_text_us = 0;
    for (const auto& replica : replicas_) {
      for (Client* client : {&replica->from_inside, &replica->from_outside}) {
        readers.emplace_back([&, client] {
          while (absl::Now() < committed + kInForce + absl::Milliseconds(500) && !HasFailure()) {
            const absl::Time asked = absl::Now();
            const EditionAnswer answer = client->Read(edition);
            ++reads;
            EXPECT_TRUE(answer.edition.ok()) << answer.edition.status();
            EXPECT_FALSE(answer.stale);
            if (answer.Is(Edition::VISIBILITY_TOMBSTONE)) {
              EXPECT_FALSE(answer.edition->has_content());
              continue;
            }
            EXPECT_LE(asked, committed + kInForce) << "the text is still read";
            std::int64_t last = last_text_us;
            const std::int64_t now = absl::ToInt64Microseconds(asked - committed);
            while (last < now && !last_text_us.compare_exchange_weak(last, now)) {
            }
          }
        });
      }
    }
    if (meanwhile) meanwhile();
    for (std::thread& reader : readers) reader.join();
    // All of them were at work; how often they ask is the machine's affair.
    EXPECT_GT(reads, 16);
    std::printf("%d reads; the text was read for %.0f ms after the commit\n", reads.load(),
                static_cast<double>(last_text_us) / 1000);
  }

  // How many there were to cut.
  int CutTails() {
    return std::stoi(postgres_.Run("postgres",
                                   "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                                   "WHERE application_name = 'communique-tail'"));
  }
  // The database that they follow.
  std::string Followed() {
    return postgres_.Run("postgres",
                         "SELECT min(datname) FROM pg_stat_activity WHERE application_name = 'communique-tail'");
  }
  // What is connected stays so, and nothing else gets in.
  void AllowConnections(const std::string& database, bool allow) {
    postgres_.Run("postgres",
                  absl::StrCat("ALTER DATABASE \"", database, "\" ALLOW_CONNECTIONS ", allow ? "true" : "false"));
  }
  double Tails() {
    return std::stod(
        postgres_.Run("postgres", "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'communique-tail'"));
  }

  // One for all tests: starting it is what takes longest.
  platform::PostgresServer& postgres_ = platform::PostgresServer::Shared();
  platform::RedisServer redis_;
  ReleasesData data_{postgres_};
  std::unique_ptr<Replica> replicas_[2];
};

TEST_F(TwoReplicasFaultTest, NothingIsBroken) {
  StartReplicas();
  ExpectGoneWithinASecond(MakeWarm("page"));
  for (const auto& replica : replicas_) {
    EXPECT_GT(replica->process.Metric(kLocalHits), 0);
    EXPECT_GT(replica->process.Metric("communique_cache_floors"), 0);
    EXPECT_EQ(replica->process.Metric(kBreakerClosed), 1);
  }
}

TEST_F(TwoReplicasFaultTest, RedisIsKilled) {
  StartReplicas();
  const v1::Release release = MakeWarm("page");
  redis_.Stop();
  ExpectGoneWithinASecond(release);
  // What is not in memory asks Redis, and the breaker learns.
  EXPECT_TRUE(Eventually([&] {
    (void)other().from_outside.Read(EditionName("never-was"));
    return other().process.Metric(kBreakerOpen) == 1;
  }));
  redis_.Start();
  EXPECT_TRUE(Eventually([&] {
    (void)other().from_outside.Read(EditionName("never-was"));
    return other().process.Metric(kBreakerClosed) == 1;
  }));
}

TEST_F(TwoReplicasFaultTest, RedisHangs) {
  StartReplicas();
  const v1::Release release = MakeWarm("page");
  redis_.Freeze();
  ExpectGoneWithinASecond(release);
  EXPECT_TRUE(Eventually([&] { return other().process.Metric(kBreakerClosed) == 0; }));
  redis_.Thaw();
}

TEST_F(TwoReplicasFaultTest, RedisIsFlushed) {
  StartReplicas();
  const v1::Release release = MakeWarm("page");
  redis_.FlushAll();
  ExpectGoneWithinASecond(release, [this] { redis_.FlushAll(); });
}

TEST_F(TwoReplicasFaultTest, RedisRestartsWithOldData) {
  StartReplicas();
  const v1::Release release = MakeWarm("page");
  ASSERT_TRUE(Eventually([this] { return redis_.Run({"DBSIZE"}) != "0"; }));
  redis_.Dump();
  ExpectGoneWithinASecond(release, [this] {
    redis_.Stop();
    redis_.Start();
  });
  // And a replica that starts now and has nothing but Redis and the database.
  ASSERT_NE(redis_.Run({"DBSIZE"}), "0");
  replicas_[1] = std::make_unique<Replica>(data_, redis_, std::vector<std::string>());
  const EditionAnswer answer = other().from_outside.Read(EditionName("page"));
  EXPECT_TRUE(answer.Is(Edition::VISIBILITY_TOMBSTONE))
      << answer.edition.status() << (answer.edition.ok() ? answer.edition->ShortDebugString() : "");
}

TEST_F(TwoReplicasFaultTest, TheTailsConnectionsAreCutAgainAndAgain) {
  StartReplicas();
  const v1::Release release = MakeWarm("page");
  ASSERT_GE(Tails(), 2);
  std::atomic<bool> done = false;
  std::atomic<int> cut = 0;
  std::thread cutter([&] {
    while (!done) cut += CutTails();
  });
  absl::SleepFor(absl::Milliseconds(300));
  ExpectGoneWithinASecond(release);
  done = true;
  cutter.join();
  EXPECT_GE(cut, 4);
  std::printf("%d connections cut\n", cut.load());
}

// The database answers everything else: nobody is told what was true long ago, and who comes seldom, or while another
// one is just asking, is nobody's exception.
TEST_F(TwoReplicasFaultTest, TheTailsAreKeptOutAndReadersAreFew) {
  StartReplicas();
  const v1::Release release = MakeWarm("page");
  const std::string database = Followed();
  AllowConnections(database, false);
  EXPECT_GE(CutTails(), 2);
  absl::SleepFor(absl::Milliseconds(1'500));
  EXPECT_TRUE(office().Withdraw(release).ok());
  const absl::Time committed = absl::Now();
  std::atomic<int> reads = 0;
  for (int pause = 1'200; absl::Now() < committed + absl::Seconds(7); pause = pause * 2 % 1'900) {
    absl::SleepFor(absl::Milliseconds(pause));
    std::vector<std::thread> readers;
    for (const auto& replica : replicas_) {
      for (Client* client : {&replica->from_inside, &replica->from_outside}) {
        readers.emplace_back([&reads, client] {
          const EditionAnswer answer = client->Read(EditionName("page"));
          ++reads;
          EXPECT_TRUE(answer.Is(Edition::VISIBILITY_TOMBSTONE)) << answer.edition.status();
          EXPECT_FALSE(answer.stale);
        });
      }
    }
    for (std::thread& reader : readers) reader.join();
  }
  EXPECT_GT(reads, 20);
  const double bypassed = other().process.Metric(R"(communique_cache_reads_total{outcome="bypassed"})");
  EXPECT_GE(bypassed, reads / 2) << "the tail was not kept out";
  std::printf("%d reads, %.0f of the other replica's past its caches\n", reads.load(), bypassed);
  AllowConnections(database, true);
  EXPECT_TRUE(Eventually([this] { return other().process.Metric(R"(communique_cache_mode{mode="fresh"})") == 1; }));
}

TEST_F(TwoReplicasFaultTest, LoadsAreUnderWay) {
  // Nothing is kept in the processes, and Redis is flushed until just before the commit: each read is a load, whose
  // reply is stored in Redis as the release is withdrawn, or a fetch of what the others have stored.
  StartReplicas({"--cache.max_bytes=0"});
  for (int i = 0; i < 4; ++i) {
    const auto release = office().MakePublic(absl::StrCat("page-", i), "It was true");
    ASSERT_TRUE(release.ok()) << release.status();
    std::atomic<bool> reading = true;
    std::vector<std::thread> readers;
    for (int reader = 0; reader < 4; ++reader) {
      readers.emplace_back([&, reader] {
        while (reading) (void)replicas_[reader % 2]->from_outside.Read(release->name() + "/editions/en");
      });
    }
    for (int flush = 0; flush < 100; ++flush) redis_.FlushAll();
    ExpectGoneWithinASecond(*release);
    reading = false;
    for (std::thread& reader : readers) reader.join();
  }
  EXPECT_GT(other().process.Metric(R"(communique_cache_loads_total{outcome="begun"})"), 10);
  EXPECT_GT(other().process.Metric(kSharedHits), 0);
}

TEST_F(TwoReplicasFaultTest, TheDatabaseIsAway) {
  StartReplicas();
  const v1::Release release = MakeWarm("page");
  EXPECT_FALSE(other().from_outside.Read(EditionName("page")).stale);
  postgres_.Stop(platform::StopMode::kImmediate);
  ASSERT_TRUE(Eventually([&] { return other().from_outside.Read(EditionName("page")).stale; }, absl::Seconds(5)));
  for (int i = 0; i < 100; ++i) {
    const EditionAnswer answer = other().from_outside.Read(EditionName("page"));
    ASSERT_TRUE(answer.Is(Edition::VISIBILITY_LIVE)) << answer.edition.status();
    ASSERT_TRUE(answer.stale);
  }
  EXPECT_EQ(other().process.Metric(R"(communique_cache_mode{mode="outage"})"), 1);
  EXPECT_TRUE(absl::IsUnavailable(office().Withdraw(release).status()));
  EXPECT_TRUE(absl::IsUnavailable(other().from_outside.Read(EditionName("never-was")).edition.status()));

  postgres_.Start();
  const absl::Time answering = absl::Now();
  for (const auto& replica : replicas_) {
    EXPECT_TRUE(Eventually([&] {
      const EditionAnswer answer = replica->from_outside.Read(EditionName("page"));
      return answer.Is(Edition::VISIBILITY_LIVE) && !answer.stale;
    }));
  }
  std::printf("fresh again %.0f ms after the database\n", absl::ToDoubleMilliseconds(absl::Now() - answering));
  ExpectGoneWithinASecond(release);
}

}  // namespace
}  // namespace communique::testing

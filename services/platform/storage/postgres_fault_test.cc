// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// What happens to callers when a real PostgreSQL hangs, restarts, refuses, has no room, or gets in its own way.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/database.h"
#include "services/platform/testing/pgbouncer.h"
#include "services/platform/testing/postgres_server.h"
#include "services/platform/testing/process.h"
#include "services/platform/testing/small_disk.h"

namespace communique::platform {
namespace {

using testing::HasSubstr;

// Times under load: what must be quick takes no longer than this.
constexpr absl::Duration kSlack = absl::Seconds(4);

absl::Time In(absl::Duration time) { return absl::Now() + time; }

class PostgresFaultTest : public testing::Test {
 protected:
  // One server for all tests; each leaves it running.
  static void SetUpTestSuite() {
    suite_server_ = new PostgresServer({.fsync = false, .settings = {"deadlock_timeout=50ms"}});
  }
  static void TearDownTestSuite() { delete suite_server_; }

  void SetUp() override {
    name_ = server_.AcquireDatabase();
    options_.engine = Engine::kPostgres;
    options_.postgres = server_.Conninfo(name_);
    Open();
    server_.Run(name_,
                "CREATE TABLE counters (name TEXT COLLATE \"C\" PRIMARY KEY, n BIGINT NOT NULL);"
                "INSERT INTO counters VALUES ('a', 0), ('b', 0);"
                "CREATE FUNCTION fail(state text) RETURNS bigint LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'a secret' USING ERRCODE = state; END $$");
  }

  void Open() {
    database_.reset();
    auto opened = Database::Open(options_);
    ASSERT_TRUE(opened.ok()) << opened.status();
    database_ = *std::move(opened);
  }

  Database& db() { return *database_; }

  static absl::Status Add(Session& session, std::string_view name) {
    return session.Execute("UPDATE counters SET n = n + 1 WHERE name = :name", {{"name", name}}).status();
  }
  absl::Status Add(std::string_view name, absl::Duration within = absl::Seconds(20)) {
    return db().Write(In(within), [&](Session& session) { return Add(session, name); });
  }
  std::string Count(std::string_view name) {
    return server_.Run(name_, absl::StrCat("SELECT n FROM counters WHERE name = '", std::string(name), "'"));
  }

  // Ends the connection that `session` uses, as an administrator can.
  void Terminate(Session& session) {
    const auto pid = session.Query("SELECT pg_backend_pid()");
    ASSERT_TRUE(pid.ok());
    server_.Run("postgres", absl::StrCat("SELECT pg_terminate_backend(", (*pid)[0].Int(0), ", 10000)"));
  }

  // Tries to write until it works again.
  absl::Duration TimeToRecover() {
    const absl::Time begin = absl::Now();
    while (!Add("a", absl::Milliseconds(500)).ok() && absl::Now() - begin < absl::Seconds(30)) {
    }
    return absl::Now() - begin;
  }

  static inline PostgresServer* suite_server_ = nullptr;
  PostgresServer& server_ = *suite_server_;
  std::string name_;
  DatabaseOptions options_;
  std::unique_ptr<Database> database_;
};

TEST_F(PostgresFaultTest, CallersOfAHungServerAreFreedAndItRecovers) {
  options_.write_sessions = 2;
  Open();
  ASSERT_TRUE(Add("a").ok());
  server_.Freeze();
  const absl::Time begin = absl::Now();
  std::vector<std::thread> callers;
  std::atomic<int> freed = 0;
  // More than there are connections: some hang in the server, others wait for a connection.
  for (int i = 0; i < 6; ++i) {
    callers.emplace_back([&] {
      const absl::Status status = Add("a", absl::Seconds(1));
      EXPECT_TRUE(absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) || absl::IsResourceExhausted(status))
          << status;
      ++freed;
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(freed, 6);
  EXPECT_LT(absl::Now() - begin, absl::Seconds(2) + kSlack);
  EXPECT_GE(db().stats().watchdog_interrupts, 1);
  EXPECT_EQ(db().stats().leased_sessions, 0);

  // New calls end at their deadlines too, though now a connection must be opened.
  const absl::Time again = absl::Now();
  EXPECT_FALSE(Add("a", absl::Milliseconds(300)).ok());
  EXPECT_LT(absl::Now() - again, absl::Milliseconds(300) + absl::Seconds(1) + kSlack);

  server_.Thaw();
  EXPECT_LT(TimeToRecover(), absl::Seconds(5) + kSlack);
  EXPECT_EQ(Count("a"), "2") << "what hung was never committed";
}

TEST_F(PostgresFaultTest, TheEndDoesNotWaitForAHungServer) {
  options_.write_sessions = 2;
  Open();
  ASSERT_TRUE(Add("a").ok());
  server_.Freeze();
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; ++i) callers.emplace_back([&] { EXPECT_FALSE(Add("a", absl::Minutes(5)).ok()); });
  while (db().stats().leased_sessions == 0) absl::SleepFor(absl::Milliseconds(1));
  const absl::Time begin = absl::Now();
  db().EndBy(begin + absl::Milliseconds(200));
  for (std::thread& caller : callers) caller.join();
  EXPECT_FALSE(Add("a", absl::Minutes(5)).ok()) << "nor does what comes later";
  database_.reset();
  EXPECT_LT(absl::Now() - begin, absl::Milliseconds(200) + kSlack);
  server_.Thaw();
}

TEST_F(PostgresFaultTest, AHangDuringCommitLeavesTheOutcomeUnknown) {
  const absl::Status status = db().Write(In(absl::Seconds(1)), [&](Session& session) {
    const absl::Status added = Add(session, "a");
    server_.Freeze();
    return added;
  });
  server_.Thaw();
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_OUTCOME_UNKNOWN) << status;
  EXPECT_LT(TimeToRecover(), absl::Seconds(5) + kSlack);
}

TEST_F(PostgresFaultTest, AHungServerBehindPgBouncerHoldsNobody) {
  PgBouncer bouncer(server_, 2);
  options_.postgres = bouncer.Conninfo(name_);
  Open();
  ASSERT_TRUE(Add("a").ok());
  server_.Freeze();
  // PgBouncer still accepts new connections, and lets their first statement wait.
  for (int i = 0; i < 3; ++i) {
    const absl::Time begin = absl::Now();
    EXPECT_FALSE(Add("a", absl::Milliseconds(500)).ok());
    EXPECT_LT(absl::Now() - begin, absl::Milliseconds(1500) + kSlack);
  }
  const absl::Time closing = absl::Now();
  database_.reset();
  EXPECT_LT(absl::Now() - closing, absl::Seconds(3) + kSlack) << "a stuck opener does not hold the end";
  server_.Thaw();
  Open();
  EXPECT_LT(TimeToRecover(), absl::Seconds(5) + kSlack);
}

TEST_F(PostgresFaultTest, ARestartCostsNoCallThatComesAfterIt) {
  for (StopMode mode : {StopMode::kFast, StopMode::kImmediate}) {
    // Several idle connections, all of which the restart breaks.
    std::vector<std::thread> callers;
    for (int i = 0; i < 4; ++i) callers.emplace_back([&] { EXPECT_TRUE(Add("a").ok()); });
    for (std::thread& caller : callers) caller.join();
    server_.Stop(mode);
    const absl::Time begin = absl::Now();
    const absl::Status down = Add("a");
    EXPECT_EQ(ReasonOf(down), Reason::ERROR_REASON_DATABASE_UNAVAILABLE) << down;
    EXPECT_THAT(std::string(down.message()), HasSubstr("does not answer"));
    EXPECT_LT(absl::Now() - begin, absl::Seconds(5) + kSlack);
    server_.Start();
    const absl::Status up = Add("a");
    EXPECT_TRUE(up.ok()) << up;
  }
  EXPECT_EQ(Count("a"), "10");
}

TEST_F(PostgresFaultTest, AConnectionThatBreaksBeforeCommitIsNoticedAndTheWorkDoneAgain) {
  int runs = 0;
  const absl::Status status = db().Write(In(absl::Seconds(20)), [&](Session& session) -> absl::Status {
    if (auto added = Add(session, "a"); !added.ok()) return added;
    if (++runs == 1) Terminate(session);
    return Add(session, "b");
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(Count("a"), "1");
  EXPECT_EQ(Count("b"), "1");
}

TEST_F(PostgresFaultTest, AConnectionThatBreaksAtCommitIsNotTriedAgain) {
  int runs = 0;
  const absl::Status status = db().Write(In(absl::Seconds(20)), [&](Session& session) -> absl::Status {
    ++runs;
    const absl::Status added = Add(session, "a");
    Terminate(session);
    return added;
  });
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_OUTCOME_UNKNOWN) << status;
  EXPECT_EQ(runs, 1);
}

TEST_F(PostgresFaultTest, DeadlocksAreResolvedByTryingAgain) {
  std::vector<std::thread> callers;
  for (int t = 0; t < 4; ++t) {
    callers.emplace_back([&, t] {
      for (int i = 0; i < 10; ++i) {
        const absl::Status status = db().Write(In(absl::Seconds(60)), [&](Session& session) -> absl::Status {
          if (auto first = Add(session, t % 2 == 0 ? "a" : "b"); !first.ok()) return first;
          absl::SleepFor(absl::Milliseconds(2));
          return Add(session, t % 2 == 0 ? "b" : "a");
        });
        EXPECT_TRUE(status.ok()) << status;
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_GE(db().stats().retries, 1) << "no deadlock came about: the test proves nothing";
  EXPECT_EQ(Count("a"), "40");
  EXPECT_EQ(Count("b"), "40");
}

TEST_F(PostgresFaultTest, ASerializationFailureIsTriedAgainWithinBounds) {
  int runs = 0;
  const auto fails = [&](int times) {
    runs = 0;
    return db().Write(In(absl::Seconds(20)), [&runs, times](Session& session) -> absl::Status {
      if (auto added = Add(session, "a"); !added.ok()) return added;
      if (runs++ < times) return session.Query("SELECT fail('40001')").status();
      return absl::OkStatus();
    });
  };
  EXPECT_TRUE(fails(2).ok());
  EXPECT_EQ(runs, 3);
  const absl::Status always = fails(1000);
  EXPECT_EQ(ReasonOf(always), Reason::ERROR_REASON_CONTENTION);
  EXPECT_EQ(always.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(runs, options_.max_attempts);
  EXPECT_EQ(Count("a"), "1");
}

TEST_F(PostgresFaultTest, RetriesEndWithTheDeadline) {
  options_.max_attempts = 1'000'000;
  Open();
  const absl::Time begin = absl::Now();
  const absl::Status status = db().Write(
      In(absl::Milliseconds(400)), [](Session& session) { return session.Query("SELECT fail('40001')").status(); });
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_CONTENTION) << status;
  EXPECT_LT(absl::Now() - begin, absl::Milliseconds(400) + kSlack);
}

TEST_F(PostgresFaultTest, OtherFailuresAreNotTriedAgainAndKeepTheirSecrets) {
  struct Case {
    const char* state;
    Reason reason;
  };
  for (const Case& each :
       {Case{"53100", Reason::ERROR_REASON_STORAGE_FULL}, Case{"53300", Reason::ERROR_REASON_DATABASE_UNAVAILABLE},
        Case{"23505", Reason::ERROR_REASON_ALREADY_EXISTS}, Case{"XX001", Reason::ERROR_REASON_INTERNAL}}) {
    int runs = 0;
    const absl::Status status = db().Write(In(absl::Seconds(20)), [&](Session& session) {
      ++runs;
      return session.Query("SELECT fail(:state)", {{"state", each.state}}).status();
    });
    EXPECT_EQ(ReasonOf(status), each.reason) << status;
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(status.ToString().find("secret"), std::string::npos);
  }
}

// A table whose rows are on a disk of their own; the server is done with the disk when this ends.
class TableOnDisk {
 public:
  TableOnDisk(PostgresServer& server, std::string database, const SmallDisk& disk)
      : server_(server), database_(std::move(database)) {
    // The server runs as another user.
    const std::string folder = disk.File("tables");
    std::filesystem::create_directory(folder);
    EXPECT_EQ(RunProcess({"chown", "postgres", folder}), 0);
    server_.Run("postgres", absl::StrCat("CREATE TABLESPACE small LOCATION '", folder, "'"));
    server_.Run(database_,
                "CREATE TABLE pairs (id BIGINT NOT NULL, half BIGINT NOT NULL, data BYTEA NOT NULL, "
                "PRIMARY KEY (id, half) USING INDEX TABLESPACE small) WITH (autovacuum_enabled = off) TABLESPACE small;"
                "ALTER TABLE pairs ALTER COLUMN data SET STORAGE EXTERNAL");
  }
  ~TableOnDisk() {
    server_.Run(database_, "DROP TABLE pairs");
    server_.Run("postgres", "DROP TABLESPACE small");
  }
  TableOnDisk(const TableOnDisk&) = delete;
  TableOnDisk& operator=(const TableOnDisk&) = delete;

 private:
  PostgresServer& server_;
  const std::string database_;
};

TEST_F(PostgresFaultTest, AFullDiskRefusesWholeTransactionsAndRecovers) {
  SmallDisk disk("4m");
  if (!disk.mounted()) GTEST_SKIP() << SmallDisk::kNeedsRoot;
  const TableOnDisk table(server_, name_, disk);
  // Two rows in one transaction, which do not fit into what a refused one leaves behind.
  const auto add_pair = [&](std::int64_t id) {
    return db().Write(In(absl::Seconds(20)), [&](Session& session) -> absl::Status {
      for (int half = 0; half < 2; ++half) {
        auto added = session.Execute("INSERT INTO pairs (id, half, data) VALUES (:id, :half, :data)",
                                     {{"id", id}, {"half", half}, {"data", Bytes{std::string(100'000, 'x')}}});
        if (!added.ok()) return added.status();
      }
      return absl::OkStatus();
    });
  };
  const auto expect_pairs = [&](std::int64_t count) {
    const absl::Status read = db().Read(In(absl::Seconds(20)), [&](Session& session) -> absl::Status {
      const auto rows = session.Query("SELECT count(*), COALESCE(sum(length(data)), 0)::bigint FROM pairs");
      if (!rows.ok()) return rows.status();
      EXPECT_EQ((*rows)[0].Int(0), 2 * count);
      EXPECT_EQ((*rows)[0].Int(1), 2 * count * 100'000);
      return absl::OkStatus();
    });
    EXPECT_TRUE(read.ok()) << read;
  };

  std::int64_t acknowledged = 0;
  absl::Status status;
  while ((status = add_pair(acknowledged)).ok()) ASSERT_LT(++acknowledged, 100) << "the disk does not fill up";
  EXPECT_GT(acknowledged, 0);
  for (const absl::Status& refused : {status, add_pair(-1)}) {
    EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted) << refused;
    EXPECT_EQ(ReasonOf(refused), Reason::ERROR_REASON_STORAGE_FULL) << refused;
  }
  expect_pairs(acknowledged);
  EXPECT_TRUE(Add("a").ok()) << "what lies elsewhere is written all the time";

  ASSERT_TRUE(disk.Remount(0, "16m"));
  const absl::Status again = add_pair(acknowledged);
  EXPECT_TRUE(again.ok()) << again;
  expect_pairs(acknowledged + 1);
}

TEST_F(PostgresFaultTest, AStatementEndsAtTheDeadline) {
  const absl::Time begin = absl::Now();
  const absl::Status status = db().Read(In(absl::Milliseconds(300)), [](Session& session) {
    return session.Query("SELECT 1 FROM pg_sleep(30)").status();
  });
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_DEADLINE_EXCEEDED) << status;
  EXPECT_LT(absl::Now() - begin, absl::Milliseconds(300) + kSlack);
  EXPECT_EQ(db().stats().watchdog_interrupts, 0) << "the server ended it itself";
}

TEST_F(PostgresFaultTest, ALockIsWaitedForAsLongAsConfigured) {
  options_.lock_timeout = absl::Milliseconds(100);
  Open();
  const absl::Status outer = db().Write(In(absl::Seconds(20)), [&](Session& session) -> absl::Status {
    if (auto added = Add(session, "a"); !added.ok()) return added;
    const absl::Time begin = absl::Now();
    const absl::Status waited = Add("a");  // another connection
    EXPECT_EQ(ReasonOf(waited), Reason::ERROR_REASON_CONTENTION) << waited;
    EXPECT_LT(absl::Now() - begin, kSlack);
    return absl::OkStatus();
  });
  EXPECT_TRUE(outer.ok()) << outer;
  EXPECT_EQ(Count("a"), "1");
}

TEST_F(PostgresFaultTest, ALongMigrationWaitsLongerThanACall) {
  options_.lock_timeout = absl::Milliseconds(50);
  options_.transaction_timeout = absl::Milliseconds(200);
  Open();
  std::atomic<bool> locked = false;
  std::thread holder([&] {
    EXPECT_TRUE(db().WriteLong(In(absl::Seconds(20)),
                               [&](Session& session) {
                                 const absl::Status added = Add(session, "a");
                                 locked = true;
                                 absl::SleepFor(absl::Milliseconds(400));
                                 return added;
                               })
                    .ok());
  });
  while (!locked) absl::SleepFor(absl::Milliseconds(1));
  EXPECT_FALSE(Add("a").ok());
  const absl::Status waited = db().WriteLong(In(absl::Seconds(20)), [](Session& session) { return Add(session, "a"); });
  EXPECT_TRUE(waited.ok()) << waited;
  holder.join();
  EXPECT_EQ(Count("a"), "2");
}

TEST_F(PostgresFaultTest, NothingIsLeftInTheSession) {
  PgBouncer bouncer(server_, 1);
  options_.postgres = bouncer.Conninfo(name_);
  Open();
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(Add("a").ok());
    ASSERT_FALSE(
        db().Write(In(absl::Seconds(20)), [](Session& session) { return session.Query("SELEKT").status(); }).ok());
  }
  const absl::Status status = db().Read(In(absl::Seconds(20)), [](Session& session) -> absl::Status {
    EXPECT_EQ((*session.Query("SELECT count(*) FROM pg_prepared_statements"))[0].Int(0), 0);
    EXPECT_EQ((*session.Query("SELECT reset_val FROM pg_settings WHERE name = 'statement_timeout'"))[0].Text(0), "0");
    EXPECT_NE((*session.Query("SELECT setting FROM pg_settings WHERE name = 'statement_timeout'"))[0].Text(0), "0");
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  // The one server connection, asked outside of our transactions.
  EXPECT_EQ(server_.Run("postgres",
                        "SELECT count(*) FROM pg_stat_activity WHERE datname LIKE 'test%' AND state LIKE "
                        "'%in transaction%'"),
            "0");
}

TEST_F(PostgresFaultTest, RefusalsSayWhatToCheck) {
  options_.postgres = server_.Conninfo("nowhere");
  Open();
  EXPECT_THAT(std::string(Add("a").message()), HasSubstr("check user, password, the database's name"));
  options_.postgres = "host=/nonexistent user=u dbname=d password=geheim";
  Open();
  const absl::Status unreachable = Add("a");
  EXPECT_THAT(std::string(unreachable.message()), HasSubstr("check host and port"));
  EXPECT_EQ(unreachable.ToString().find("geheim"), std::string::npos);
}

TEST_F(PostgresFaultTest, AStandbyIsLeftForThePrimary) {
  server_.Run("postgres", absl::StrCat("ALTER DATABASE ", name_, " SET default_transaction_read_only = on"));
  Open();
  EXPECT_TRUE(Add("a").ok()) << "a write asks for READ WRITE by itself";
}

}  // namespace
}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// kill -9 at random points: nothing that was acknowledged is lost, nothing part done is seen, the data stays sound.
// (This proves the order of acknowledgement and commit, not fsync: what was written survives in the kernel.)

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/storage/database.h"
#include "services/platform/testing/postgres_server.h"
#include "services/platform/testing/process.h"
#include "services/platform/testing/temporary_folder.h"

namespace communique::platform {
namespace {

constexpr int kKillsPerEngine = 50;
constexpr int kParts = 3;

absl::Time Soon() { return absl::Now() + absl::Seconds(30); }

// One transaction of several rows under one id.
absl::Status AddWhole(Database& db, const std::string& id) {
  return db.Write(Soon(), [&](Session& session) -> absl::Status {
    for (int part = 0; part < kParts; ++part) {
      auto added = session.Execute("INSERT INTO wholes (id, part, data) VALUES (:id, :part, :data)",
                                   {{"id", id}, {"part", part}, {"data", std::string(3000, 'x')}});
      if (!added.ok()) return added.status();
    }
    return absl::OkStatus();
  });
}

// The process that is killed: writes as fast as it can, and acknowledges each commit by a line in a file.
TEST(CrashingWriter, DISABLED_Run) {
  DatabaseOptions options;
  options.engine = std::string(std::getenv("COMMUNIQUE_TEST_ENGINE")) == "sqlite" ? Engine::kSqlite : Engine::kPostgres;
  (options.engine == Engine::kSqlite ? options.sqlite_path : options.postgres) =
      std::getenv("COMMUNIQUE_TEST_DATABASE");
  const std::string round = std::getenv("COMMUNIQUE_TEST_ROUND");
  const int acknowledged = open(std::getenv("COMMUNIQUE_TEST_ACKNOWLEDGED"), O_WRONLY | O_CREAT | O_APPEND, 0600);
  auto db = Database::Open(options);
  ASSERT_TRUE(db.ok()) << db.status();
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 2; ++writer) {
    writers.emplace_back([&, writer] {
      for (int i = 0;; ++i) {
        const std::string id = absl::StrCat(round, "-", writer, "-", i);
        if (!AddWhole(**db, id).ok()) continue;
        const std::string line = id + "\n";
        if (write(acknowledged, line.data(), line.size()) < 0) return;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
}

std::unique_ptr<Process> StartWriter(const DatabaseOptions& options, int round, const std::string& acknowledged) {
  const bool sqlite = options.engine == Engine::kSqlite;
  return std::make_unique<Process>(
      std::vector<std::string>{"/proc/self/exe", "--gtest_filter=CrashingWriter.*", "--gtest_also_run_disabled_tests"},
      ProcessOptions{"",
                     "/dev/null",
                     {absl::StrCat("COMMUNIQUE_TEST_DATABASE=", sqlite ? options.sqlite_path : options.postgres),
                      absl::StrCat("COMMUNIQUE_TEST_ENGINE=", sqlite ? "sqlite" : "postgres"),
                      absl::StrCat("COMMUNIQUE_TEST_ROUND=", round),
                      absl::StrCat("COMMUNIQUE_TEST_ACKNOWLEDGED=", acknowledged)}});
}

// Every id is there wholly or not at all, and all acknowledged ones are there.
void Verify(const DatabaseOptions& options, const std::string& acknowledged) {
  auto db = Database::Open(options);
  ASSERT_TRUE(db.ok()) << db.status();
  std::set<std::string> found;
  const absl::Status status = (*db)->Read(Soon(), [&](Session& session) -> absl::Status {
    const auto rows = session.Query("SELECT id, count(*) FROM wholes GROUP BY id");
    if (!rows.ok()) return rows.status();
    for (const Row row : *rows) {
      EXPECT_EQ(row.Int(1), kParts) << row.Text(0) << " is part done";
      found.insert(row.Text(0));
    }
    if (session.engine() == Engine::kPostgres) return absl::OkStatus();
    const auto integrity = session.Query("PRAGMA integrity_check");
    EXPECT_TRUE(integrity.ok() && (*integrity)[0].Text(0) == "ok");
    return integrity.status();
  });
  ASSERT_TRUE(status.ok()) << status;
  std::ifstream file(acknowledged);
  for (std::string id; std::getline(file, id) && !file.eof();) {
    EXPECT_TRUE(found.contains(id)) << id << " was acknowledged and is lost";
  }
}

// Lets a writer begin, and `kill` something at a random moment.
template <typename Kill>
void WriteUntilKilled(const DatabaseOptions& options, int round, const std::string& acknowledged, const Kill& kill) {
  static std::mt19937 random(20'260'101);
  const auto size_of = [&] {
    std::ifstream file(acknowledged, std::ios::ate);
    return file ? static_cast<std::int64_t>(file.tellg()) : 0;
  };
  const std::int64_t before = size_of();
  const auto writer = StartWriter(options, round, acknowledged);
  const absl::Time end = absl::Now() + absl::Seconds(30);
  // Two rounds in three wait for the first commit; the others may hit the opening.
  while (round % 3 != 0 && size_of() == before && absl::Now() < end) absl::SleepFor(absl::Milliseconds(1));
  absl::SleepFor(absl::Microseconds(std::uniform_int_distribution<int>(0, 20'000)(random)));
  kill(*writer);
}

void KillWriter(Process& writer) {
  writer.Signal(SIGKILL);
  writer.Wait(absl::Seconds(10));
}

TEST(CrashTest, KilledWritersLoseNothingOnSqlite) {
  const TemporaryFolder folder;
  const std::string acknowledged = folder.File("acknowledged");
  DatabaseOptions options;
  options.sqlite_path = folder.File("test.db");
  {
    auto db = Database::Open(options);
    ASSERT_TRUE(db.ok());
    ASSERT_TRUE((*db)
                    ->Write(Soon(),
                            [](Session& session) {
                              return session.RunScript(
                                  "CREATE TABLE wholes (id TEXT NOT NULL, part BIGINT NOT NULL, data TEXT NOT NULL, "
                                  "PRIMARY KEY (id, part))");
                            })
                    .ok());
  }
  for (int round = 0; round < kKillsPerEngine; ++round) {
    WriteUntilKilled(options, round, acknowledged, KillWriter);
    Verify(options, acknowledged);
  }
}

TEST(CrashTest, KilledWritersAndServersLoseNothingOnPostgres) {
  PostgresServer server;
  const TemporaryFolder folder;
  const std::string acknowledged = folder.File("acknowledged");
  const std::string name = server.AcquireDatabase();
  server.Run(name,
             "CREATE TABLE wholes (id TEXT COLLATE \"C\" NOT NULL, part BIGINT NOT NULL, data TEXT NOT NULL, "
             "PRIMARY KEY (id, part))");
  DatabaseOptions options;
  options.engine = Engine::kPostgres;
  options.postgres = server.Conninfo(name);
  for (int round = 0; round < kKillsPerEngine; ++round) {
    // In one round of five the server is killed while the writer goes on, which must not count its commits as made.
    if (round % 5 == 4) {
      WriteUntilKilled(options, round, acknowledged, [&](Process& writer) {
        server.Kill();
        server.Start();
        KillWriter(writer);
      });
    } else {
      WriteUntilKilled(options, round, acknowledged, KillWriter);
    }
    Verify(options, acknowledged);
  }
}

}  // namespace
}  // namespace communique::platform

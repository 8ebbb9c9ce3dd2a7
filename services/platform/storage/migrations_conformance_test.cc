// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/migrations.h"
#include "services/platform/testing/golden.h"
#include "services/platform/testing/process.h"
#include "services/platform/testing/schema_dump.h"
#include "services/platform/testing/test_database.h"

namespace communique::platform {

// Made from testdata/migrations.
const MigrationSet& DesksMigrations();

namespace {

using testing::HasSubstr;

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);

absl::Time Soon() { return absl::Now() + absl::Seconds(30); }

class MigrationsConformanceTest : public testing::TestWithParam<const char*> {
 protected:
  std::int64_t Count(const std::string& table) {
    std::int64_t count = -1;
    const absl::Status status = test_.db().Read(Soon(), [&](Session& session) -> absl::Status {
      const auto rows = session.Query(absl::StrCat("SELECT count(*) FROM ", table));
      if (rows.ok()) count = (*rows)[0].Int(0);
      return rows.status();
    });
    return status.ok() ? count : -1;
  }

  absl::Status Migrate(const MigrationSet& set) { return platform::Migrate(test_.db(), {&set}, kNow, Soon()); }
  absl::Status Check(const MigrationSet& set) { return CheckSchema(test_.db(), {&set}, Soon()); }

  TestDatabase test_{GetParam()};
};

TEST_P(MigrationsConformanceTest, MakesTheSameSchemaOnBothEngines) {
  const absl::Status status = Migrate(DesksMigrations());
  ASSERT_TRUE(status.ok()) << status;
  ExpectGolden("services/platform/storage/testdata/desks.schema", DumpSchema(test_.db()));
  EXPECT_TRUE(test_.db()
                  .Read(Soon(),
                        [](Session& session) -> absl::Status {
                          EXPECT_EQ((*session.Query("SELECT name FROM desks"))[0].Text(0), "TEXT; BYTES -- no comment");
                          return absl::OkStatus();
                        })
                  .ok());
  EXPECT_TRUE(Check(DesksMigrations()).ok());
}

TEST_P(MigrationsConformanceTest, AppliesEachOnce) {
  ASSERT_TRUE(Migrate(DesksMigrations()).ok());
  ASSERT_TRUE(Migrate(DesksMigrations()).ok());
  EXPECT_EQ(Count("desks"), 1);
  EXPECT_EQ(Count("schema_migrations"), 2);
  EXPECT_EQ(Count(absl::StrCat("schema_migrations WHERE applied_us = ", absl::ToUnixMicros(kNow))), 2);
}

TEST_P(MigrationsConformanceTest, AFailureLeavesNothingHalfDone) {
  MigrationSet set = DesksMigrations();
  set.migrations.push_back({3, "0003_broken", "CREATE TABLE lamps (uid TEXT NOT NULL); SELEKT 1;", "", ""});
  EXPECT_EQ(Migrate(set).code(), absl::StatusCode::kInternal);
  EXPECT_EQ(Count("lamps"), -1);
  EXPECT_EQ(Count("schema_versions WHERE component = 'desks' AND version = 2"), 1);
  set.migrations.back().portable = "CREATE TABLE lamps (uid TEXT NOT NULL);";
  ASSERT_TRUE(Migrate(set).ok());
  EXPECT_EQ(Count("lamps"), 0);
}

TEST_P(MigrationsConformanceTest, AnEditedMigrationIsRefused) {
  ASSERT_TRUE(Migrate(DesksMigrations()).ok());
  MigrationSet set = DesksMigrations();
  set.migrations[0].portable += " ";
  const absl::Status status = Migrate(set);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr("0001_desks"));
}

TEST_P(MigrationsConformanceTest, AServerSaysWhenItCannotServeTheSchema) {
  MigrationSet old_server = DesksMigrations();
  old_server.migrations.pop_back();
  old_server.oldest_served = 1;
  ASSERT_TRUE(Migrate(old_server).ok());
  EXPECT_TRUE(Check(old_server).ok());

  MigrationSet server = DesksMigrations();
  server.oldest_served = 2;
  const absl::Status too_old = Check(server);
  EXPECT_THAT(std::string(too_old.message()), HasSubstr("version 1 of desks, this server needs at least version 2"));
  server.oldest_served = 1;
  EXPECT_TRUE(Check(server).ok());

  ASSERT_TRUE(Migrate(server).ok());
  EXPECT_TRUE(Check(old_server).ok()) << "0002 says that it is compatible from 1";
  ASSERT_TRUE(Migrate(old_server).ok()) << "a rollback of the server does not touch the schema";

  MigrationSet next = DesksMigrations();
  next.migrations.push_back({3, "0003_lamps", "CREATE TABLE lamps (uid TEXT NOT NULL PRIMARY KEY);", "", ""});
  ASSERT_TRUE(Migrate(next).ok());
  EXPECT_THAT(std::string(Check(old_server).message()), HasSubstr("serves no server older than version 3"));
}

TEST_P(MigrationsConformanceTest, AnUnmigratedDatabaseIsRefused) { EXPECT_FALSE(Check(DesksMigrations()).ok()); }

// Runs this very program as a process that migrates this database; see MigrateInChild.
std::unique_ptr<Process> StartMigrator(const DatabaseOptions& options) {
  const bool sqlite = options.engine == Engine::kSqlite;
  return std::make_unique<Process>(
      std::vector<std::string>{"/proc/self/exe", "--gtest_filter=MigratorProcess.*", "--gtest_also_run_disabled_tests"},
      ProcessOptions{"",
                     "/dev/null",
                     {absl::StrCat("COMMUNIQUE_TEST_DATABASE=", sqlite ? options.sqlite_path : options.postgres),
                      absl::StrCat("COMMUNIQUE_TEST_ENGINE=", sqlite ? "sqlite" : "postgres")}});
}

// A hundred tables with rows, slow enough to be killed on the way.
MigrationSet ManySteps() {
  MigrationSet set{"steps", 20, {}};
  for (int version = 1; version <= 20; ++version) {
    std::string sql;
    for (int i = 0; i < 5; ++i) {
      const std::string table = absl::StrCat("t", version, "_", i);
      absl::StrAppend(&sql, "CREATE TABLE ", table, " (n BIGINT NOT NULL PRIMARY KEY); INSERT INTO ", table,
                      " (n) WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 2000) "
                      "SELECT n FROM c;");
    }
    set.migrations.push_back({version, absl::StrCat("step_", version), sql, "", ""});
  }
  return set;
}

// The process that StartMigrator starts.
TEST(MigratorProcess, DISABLED_Run) {
  DatabaseOptions options;
  const std::string where = std::getenv("COMMUNIQUE_TEST_DATABASE");
  options.engine = std::string(std::getenv("COMMUNIQUE_TEST_ENGINE")) == "sqlite" ? Engine::kSqlite : Engine::kPostgres;
  (options.engine == Engine::kSqlite ? options.sqlite_path : options.postgres) = where;
  options.connect_timeout = absl::Seconds(60);
  auto database = Database::Open(options);
  ASSERT_TRUE(database.ok()) << database.status();
  const MigrationSet set = ManySteps();
  const absl::Status status = Migrate(**database, {&set}, kNow, absl::Now() + absl::Seconds(60));
  ASSERT_TRUE(status.ok()) << status;
}

TEST_P(MigrationsConformanceTest, ThreeProcessesAtOnceApplyItOnce) {
  const DatabaseOptions options = test_.options();
  test_.Close();
  std::vector<std::unique_ptr<Process>> migrators;
  for (int i = 0; i < 3; ++i) migrators.push_back(StartMigrator(options));
  for (auto& migrator : migrators) EXPECT_EQ(migrator->Wait(absl::Seconds(60)).value_or(-1), 0);
  test_.Reopen();
  EXPECT_TRUE(Check(ManySteps()).ok());
  EXPECT_EQ(Count("schema_migrations"), 20);
  EXPECT_EQ(Count("t20_4"), 2000);
}

TEST_P(MigrationsConformanceTest, AKilledMigratorLeavesNothingHalfDoneAndTheNextGoesOn) {
  const DatabaseOptions options = test_.options();
  test_.Close();
  for (int i = 1; i <= 5; ++i) {
    const auto migrator = StartMigrator(options);
    migrator->Wait(absl::Milliseconds(15 * i));
    migrator->Signal(SIGKILL);
    migrator->Wait(absl::Seconds(10));
    test_.Reopen();
    if (Count("schema_migrations") > 0) {
      // Every table of an applied step is there and full, none of a later one is.
      const std::int64_t applied = Count("schema_migrations");
      for (std::int64_t step = 1; step <= 20; ++step) {
        for (int k = 0; k < 5; ++k) {
          EXPECT_EQ(Count(absl::StrCat("t", step, "_", k)), step <= applied ? 2000 : -1) << step << " of " << applied;
        }
      }
    }
    test_.Close();
  }
  test_.Reopen();
  ASSERT_TRUE(Migrate(ManySteps()).ok());
  EXPECT_EQ(Count("schema_migrations"), 20);
}

INSTANTIATE_TEST_SUITE_P(Engines, MigrationsConformanceTest, testing::ValuesIn(TestDatabase::kEngines),
                         TestDatabase::Name);

}  // namespace
}  // namespace communique::platform

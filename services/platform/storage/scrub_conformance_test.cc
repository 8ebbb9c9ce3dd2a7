// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/storage/scrub.h"
#include "services/platform/testing/test_database.h"

// What was removed is nowhere, and what was not is where it was.
namespace communique::platform {
namespace {

constexpr int kRows = 2000;
constexpr int kRemoveEach = 10;

absl::Time Soon() { return absl::Now() + absl::Seconds(60); }

std::string Secret(int row) { return absl::StrCat("Quux-", row, "-Brontowski"); }

std::string FilesOf(const DatabaseOptions& options) {
  std::stringstream all;
  for (const char* suffix : {"", "-wal", "-shm"}) {
    const std::string path = options.sqlite_path + suffix;
    if (std::filesystem::exists(path)) all << std::ifstream(path, std::ios::binary).rdbuf();
  }
  return all.str();
}

class ScrubTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const bool sqlite = test_.db().engine() == Engine::kSqlite;
    const std::string text = sqlite ? "TEXT NOT NULL" : "TEXT COLLATE \"C\" NOT NULL";
    Write([&](Session& session) {
      return session.RunScript(absl::StrCat("CREATE TABLE things (name ", text, " PRIMARY KEY, word ", text,
                                            "); CREATE INDEX things_by_word ON things (word)"));
    });
    // Long and short ones in an order of their own, so that pages are split and rows move.
    Write([&](Session& session) -> absl::Status {
      for (int i = 0; i < kRows; ++i) {
        const int row = i * 7919 % kRows;
        std::string word = Secret(row);
        for (int n = 0; n < row * 31 % 40; ++n) word += Secret(row);
        const auto status = session.Execute("INSERT INTO things (name, word) VALUES (:name, :word)",
                                            {{"name", absl::StrCat("n", row)}, {"word", word}});
        if (!status.ok()) return status.status();
      }
      return absl::OkStatus();
    });
    Write([&](Session& session) -> absl::Status {
      for (int row = 0; row < kRows; row += kRemoveEach) {
        const auto status =
            session.Execute("UPDATE things SET word = '' WHERE name = :name", {{"name", absl::StrCat("n", row)}});
        if (!status.ok()) return status.status();
      }
      return absl::OkStatus();
    });
  }

  void Write(const Database::Work& work) {
    const absl::Status status = test_.db().Write(Soon(), work);
    ASSERT_TRUE(status.ok()) << status;
  }
  std::int64_t Number(std::string_view sql) {
    std::int64_t number = -1;
    const absl::Status status = test_.db().Read(Soon(), [&](Session& session) {
      const auto rows = session.Query(sql);
      if (rows.ok()) number = (*rows)[0].Int(0);
      return rows.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return number;
  }
  void ExpectTheRestIsThere() {
    EXPECT_EQ(Number("SELECT count(*) FROM things"), kRows);
    EXPECT_EQ(Number("SELECT count(*) FROM things WHERE word = ''"), kRows / kRemoveEach);
  }

  TestDatabase test_{GetParam()};
};

TEST_P(ScrubTest, WhatWasRemovedIsInNoFile) {
  if (test_.db().engine() != Engine::kSqlite) GTEST_SKIP() << "where the files are is the server's business";
  EXPECT_THAT(FilesOf(test_.options()), testing::HasSubstr(Secret(10)));
  const absl::Status status = Scrub(test_.db(), Soon(), {"things"});
  ASSERT_TRUE(status.ok()) << status;
  const std::string files = FilesOf(test_.options());
  EXPECT_THAT(files, testing::HasSubstr(Secret(11)));
  for (int row = 0; row < kRows; row += kRemoveEach) {
    ASSERT_EQ(files.find(Secret(row)), std::string::npos) << Secret(row);
  }
  ExpectTheRestIsThere();
}

TEST_P(ScrubTest, DeadRowsAreVacuumed) {
  if (test_.db().engine() != Engine::kPostgres) GTEST_SKIP() << "SQLite changes rows in place";
  const absl::Status status = Scrub(test_.db(), Soon(), {"things"});
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(Number("SELECT vacuum_count FROM pg_stat_user_tables WHERE relname = 'things'"), 1);
  ExpectTheRestIsThere();
}

TEST_P(ScrubTest, TheDatabaseWorksOn) {
  const absl::Status status = Scrub(test_.db(), Soon(), {"things"});
  ASSERT_TRUE(status.ok()) << status;
  Write([](Session& session) {
    return session.Execute("INSERT INTO things (name, word) VALUES ('new', 'new')").status();
  });
  EXPECT_EQ(Number("SELECT count(*) FROM things WHERE name = 'new'"), 1);
  EXPECT_TRUE(Scrub(test_.db(), Soon(), {"things"}).ok());
}

TEST_P(ScrubTest, AMistakeIsToldAndHarmsNobody) {
  if (test_.db().engine() != Engine::kPostgres) GTEST_SKIP() << "SQLite scrubs all tables";
  EXPECT_FALSE(Scrub(test_.db(), Soon(), {"nothings"}).ok());
  Write([](Session& session) { return session.Execute("DELETE FROM things WHERE name = 'n1'").status(); });
  EXPECT_TRUE(Scrub(test_.db(), Soon(), {"things"}).ok());
}

INSTANTIATE_TEST_SUITE_P(Engines, ScrubTest, testing::ValuesIn(TestDatabase::kEnginesAndPgBouncer), TestDatabase::Name);

}  // namespace
}  // namespace communique::platform

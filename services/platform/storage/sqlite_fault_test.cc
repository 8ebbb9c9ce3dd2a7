// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// What happens to callers when SQLite's disk is full, its file is no good or in use, or a statement takes too long.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/database.h"
#include "services/platform/storage/scrub.h"
#include "services/platform/testing/small_disk.h"
#include "services/platform/testing/temporary_folder.h"

namespace communique::platform {
namespace {

using testing::HasSubstr;

constexpr absl::Duration kSlack = absl::Seconds(4);

absl::Time In(absl::Duration time) { return absl::Now() + time; }
absl::Time Soon() { return In(absl::Seconds(20)); }

DatabaseOptions OptionsFor(const std::string& path) {
  DatabaseOptions options;
  options.sqlite_path = path;
  options.connect_timeout = absl::Milliseconds(100);
  return options;
}

std::unique_ptr<Database> OpenAt(const std::string& path) {
  auto opened = Database::Open(OptionsFor(path));
  EXPECT_TRUE(opened.ok()) << opened.status();
  return opened.ok() ? *std::move(opened) : nullptr;
}

absl::Status MakeTable(Database& db) {
  return db.Write(Soon(), [](Session& session) {
    return session.RunScript("CREATE TABLE pairs (id BIGINT NOT NULL, half BIGINT NOT NULL, data BLOB NOT NULL)");
  });
}

// Adds two rows in one transaction.
absl::Status AddPair(Database& db, std::int64_t id, const std::string& data) {
  return db.Write(Soon(), [&](Session& session) -> absl::Status {
    for (int half = 0; half < 2; ++half) {
      auto added = session.Execute("INSERT INTO pairs (id, half, data) VALUES (:id, :half, :data)",
                                   {{"id", id}, {"half", half}, {"data", Bytes{data}}});
      if (!added.ok()) return added.status();
    }
    return absl::OkStatus();
  });
}

std::int64_t Ask(Database& db, const std::string& sql) {
  std::int64_t answer = -1;
  const absl::Status status = db.Read(Soon(), [&](Session& session) -> absl::Status {
    const auto rows = session.Query(sql);
    if (rows.ok()) answer = (*rows)[0].Int(0);
    return rows.status();
  });
  EXPECT_TRUE(status.ok()) << status;
  return answer;
}

std::string Integrity(Database& db) {
  std::string answer;
  EXPECT_TRUE(db.Read(Soon(), [&](Session& session) -> absl::Status {
                  const auto rows = session.Query("PRAGMA integrity_check");
                  if (rows.ok()) answer = (*rows)[0].Text(0);
                  return rows.status();
                }).ok());
  return answer;
}

// Fills the database until a write fails; then everything acknowledged must be there, whole, and nothing else.
void FillUntilFull(Database& db) {
  const std::string data(10'000, 'x');
  std::int64_t acknowledged = 0;
  absl::Status status;
  while ((status = AddPair(db, acknowledged, data)).ok()) {
    ASSERT_LT(++acknowledged, 10'000) << "the disk does not fill up";
  }
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << status;
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_STORAGE_FULL) << status;
  EXPECT_GT(acknowledged, 0);
  EXPECT_EQ(Ask(db, "SELECT count(*) FROM pairs"), 2 * acknowledged);
  EXPECT_EQ(Integrity(db), "ok");
  // It keeps refusing, and keeps answering.
  EXPECT_EQ(ReasonOf(AddPair(db, -1, data)), Reason::ERROR_REASON_STORAGE_FULL);
  EXPECT_EQ(Ask(db, "SELECT count(*) FROM pairs WHERE id = -1"), 0);
}

TEST(SqliteFaultTest, AFullDatabaseRefusesWholeTransactionsAndRecovers) {
  const TemporaryFolder folder;
  const auto db = OpenAt(folder.File("test.db"));
  ASSERT_TRUE(MakeTable(*db).ok());
  const auto set_pages = [&](const char* pragma) {
    ASSERT_TRUE(db->Write(Soon(), [&](Session& session) { return session.Query(pragma).status(); }).ok());
  };
  set_pages("PRAGMA max_page_count = 100");
  FillUntilFull(*db);
  set_pages("PRAGMA max_page_count = 100000");
  EXPECT_TRUE(AddPair(*db, 1'000'000, "there is room again").ok());
}

TEST(SqliteFaultTest, AFullDiskRefusesWholeTransactionsAndRecovers) {
  SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << SmallDisk::kNeedsRoot;
  const auto db = OpenAt(disk.File("test.db"));
  ASSERT_TRUE(MakeTable(*db).ok());
  FillUntilFull(*db);
  ASSERT_TRUE(disk.Remount(0, "8m"));
  EXPECT_TRUE(AddPair(*db, 1'000'000, "there is room again").ok());
  EXPECT_EQ(Integrity(*db), "ok");
}

// To write the file anew takes as much room again.
TEST(SqliteFaultTest, WithoutRoomFilesAreNotCleanedAndNothingElseIsAmiss) {
  SmallDisk disk("8m");
  if (!disk.mounted()) GTEST_SKIP() << SmallDisk::kNeedsRoot;
  const auto db = OpenAt(disk.File("test.db"));
  ASSERT_TRUE(MakeTable(*db).ok());
  for (int pair = 0; pair < 100; ++pair) ASSERT_TRUE(AddPair(*db, pair, std::string(10'000, 'x')).ok());
  disk.FillBut(1'000'000);
  const absl::Status status = Scrub(*db, Soon(), {"pairs"});
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_STORAGE_FULL) << status;
  EXPECT_TRUE(AddPair(*db, 100, "a little").ok());
  EXPECT_EQ(Ask(*db, "SELECT count(*) FROM pairs"), 202);
  EXPECT_EQ(Integrity(*db), "ok");
  disk.RemoveFill();
  const absl::Status again = Scrub(*db, Soon(), {"pairs"});
  EXPECT_TRUE(again.ok()) << again;
  EXPECT_EQ(Ask(*db, "SELECT count(*) FROM pairs"), 202);
}

TEST(SqliteFaultTest, AReadOnlyDiskIsUnavailable) {
  SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << SmallDisk::kNeedsRoot;
  ASSERT_TRUE(MakeTable(*OpenAt(disk.File("test.db"))).ok());
  ASSERT_TRUE(disk.Remount(MS_RDONLY, "2m"));
  const auto opened = Database::Open(OptionsFor(disk.File("test.db")));
  EXPECT_EQ(ReasonOf(opened.status()), Reason::ERROR_REASON_DATABASE_UNAVAILABLE);
  EXPECT_THAT(std::string(opened.status().message()), HasSubstr("may this process write it"));
}

TEST(SqliteFaultTest, AStatementThatTakesTooLongIsInterrupted) {
  const TemporaryFolder folder;
  const auto db = OpenAt(folder.File("test.db"));
  ASSERT_TRUE(MakeTable(*db).ok());
  constexpr char kEndless[] = "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT max(n) FROM c";
  const absl::Time begin = absl::Now();
  const auto endless = [&](Session& session) { return session.Query(kEndless).status(); };
  const absl::Status read = db->Read(In(absl::Milliseconds(100)), endless);
  EXPECT_EQ(ReasonOf(read), Reason::ERROR_REASON_DEADLINE_EXCEEDED) << read;
  const absl::Status write = db->Write(In(absl::Milliseconds(100)), endless);
  EXPECT_EQ(ReasonOf(write), Reason::ERROR_REASON_DEADLINE_EXCEEDED) << write;
  EXPECT_LT(absl::Now() - begin, absl::Milliseconds(2200) + kSlack);
  EXPECT_EQ(db->stats().watchdog_interrupts, 2);
  EXPECT_TRUE(AddPair(*db, 1, "x").ok());
  EXPECT_EQ(Ask(*db, "SELECT count(*) FROM pairs"), 2);
}

TEST(SqliteFaultTest, AFileInUseIsRefusedToASecondDatabaseAndThenGiven) {
  const TemporaryFolder folder;
  auto first = OpenAt(folder.File("test.db"));
  const auto second = Database::Open(OptionsFor(folder.File("test.db")));
  EXPECT_EQ(ReasonOf(second.status()), Reason::ERROR_REASON_DATABASE_UNAVAILABLE);
  EXPECT_THAT(std::string(second.status().message()), HasSubstr("another process uses the database"));
  DatabaseOptions patient = OptionsFor(folder.File("test.db"));
  patient.connect_timeout = absl::Seconds(20);
  std::thread waiter([&] { EXPECT_TRUE(Database::Open(patient).ok()); });
  absl::SleepFor(absl::Milliseconds(50));
  first.reset();
  waiter.join();
}

TEST(SqliteFaultTest, AFileThatIsNoDatabaseIsRefusedAtOpening) {
  const TemporaryFolder folder;
  std::ofstream(folder.File("test.db")) << std::string(5000, 'x');
  EXPECT_FALSE(Database::Open(OptionsFor(folder.File("test.db"))).ok());
  EXPECT_FALSE(Database::Open(OptionsFor(folder.path())).ok()) << "a folder";
  const auto nowhere = Database::Open(OptionsFor(folder.File("no/such/folder/test.db")));
  EXPECT_THAT(std::string(nowhere.status().message()), HasSubstr("does its folder exist"));
}

TEST(SqliteFaultTest, AStrangePathIsTakenAsItIs) {
  const TemporaryFolder folder;
  const std::string path = folder.File("a b=c 'd' ü.db");
  ASSERT_TRUE(MakeTable(*OpenAt(path)).ok());
  EXPECT_TRUE(std::filesystem::exists(path));
  EXPECT_EQ(Ask(*OpenAt(path), "SELECT count(*) FROM pairs"), 0);
}

TEST(SqliteFaultTest, OptionsThatMakeNoSenseAreNamed) {
  DatabaseOptions options;
  options.read_sessions = 0;
  options.max_attempts = 0;
  options.lock_timeout = absl::ZeroDuration();
  const auto opened = Database::Open(options);
  const std::string message(opened.status().message());
  for (const char* field :
       {"storage.sqlite_path", "storage.read_sessions", "storage.max_attempts", "storage.lock_timeout"}) {
    EXPECT_THAT(message, HasSubstr(field));
  }
  EXPECT_FALSE(Database::Open(OptionsFor(":memory:")).ok());
}

TEST(SqliteFaultTest, WritesAreDurableAndReadersCannotCheckpoint) {
  const TemporaryFolder folder;
  const auto db = OpenAt(folder.File("test.db"));
  const absl::Status written = db->Write(Soon(), [](Session& session) -> absl::Status {
    EXPECT_EQ((*session.Query("PRAGMA journal_mode"))[0].Text(0), "wal");
    EXPECT_EQ((*session.Query("PRAGMA synchronous"))[0].Int(0), 2);  // FULL
    EXPECT_EQ((*session.Query("PRAGMA foreign_keys"))[0].Int(0), 1);
    EXPECT_EQ((*session.Query("PRAGMA wal_autocheckpoint"))[0].Int(0), 1000);
    return absl::OkStatus();
  });
  EXPECT_TRUE(written.ok()) << written;
  const absl::Status read = db->Read(Soon(), [](Session& session) -> absl::Status {
    EXPECT_EQ((*session.Query("PRAGMA wal_autocheckpoint"))[0].Int(0), 0);
    EXPECT_EQ((*session.Query("PRAGMA query_only"))[0].Int(0), 1);
    return absl::OkStatus();
  });
  EXPECT_TRUE(read.ok()) << read;
}

TEST(SqliteFaultTest, TheLogDoesNotGrowWithoutBounds) {
  const TemporaryFolder folder;
  const auto db = OpenAt(folder.File("test.db"));
  ASSERT_TRUE(MakeTable(*db).ok());
  const std::string data(100'000, 'x');
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(AddPair(*db, i, data).ok());
  EXPECT_LT(std::filesystem::file_size(folder.File("test.db-wal")), 8'000'000U) << "20 MB were written";
}

}  // namespace
}  // namespace communique::platform

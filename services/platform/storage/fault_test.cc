// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/fault.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

Reason ReasonOfSqlState(const char* sqlstate) { return ReasonOf(ToStatus(FailureOfSqlState(sqlstate), "SELECT 1")); }
Reason ReasonOfSqlite(int code) { return ReasonOf(ToStatus(FailureOfSqlite(code), "SELECT 1")); }

TEST(FaultTest, MapsSqlStates) {
  EXPECT_EQ(ReasonOfSqlState("40001"), Reason::ERROR_REASON_CONTENTION);
  EXPECT_EQ(ReasonOfSqlState("40P01"), Reason::ERROR_REASON_CONTENTION);
  EXPECT_EQ(ReasonOfSqlState("55P03"), Reason::ERROR_REASON_CONTENTION);
  EXPECT_EQ(ReasonOfSqlState("57014"), Reason::ERROR_REASON_DEADLINE_EXCEEDED);
  EXPECT_EQ(ReasonOfSqlState("57P01"), Reason::ERROR_REASON_DATABASE_UNAVAILABLE);
  EXPECT_EQ(ReasonOfSqlState("57P03"), Reason::ERROR_REASON_DATABASE_UNAVAILABLE);
  EXPECT_EQ(ReasonOfSqlState("25P03"), Reason::ERROR_REASON_DATABASE_UNAVAILABLE);
  EXPECT_EQ(ReasonOfSqlState("25006"), Reason::ERROR_REASON_DATABASE_UNAVAILABLE);
  EXPECT_EQ(ReasonOfSqlState("08006"), Reason::ERROR_REASON_DATABASE_UNAVAILABLE);
  EXPECT_EQ(ReasonOfSqlState("53300"), Reason::ERROR_REASON_DATABASE_UNAVAILABLE);
  EXPECT_EQ(ReasonOfSqlState("53100"), Reason::ERROR_REASON_STORAGE_FULL);
  EXPECT_EQ(ReasonOfSqlState("23505"), Reason::ERROR_REASON_ALREADY_EXISTS);
  EXPECT_EQ(ReasonOfSqlState("22021"), Reason::ERROR_REASON_FIELD_INVALID);
  EXPECT_EQ(ReasonOfSqlState("54000"), Reason::ERROR_REASON_TOO_LARGE);
  EXPECT_EQ(ReasonOfSqlState("23502"), Reason::ERROR_REASON_INTERNAL);
  EXPECT_EQ(ReasonOfSqlState("25P02"), Reason::ERROR_REASON_INTERNAL);
  EXPECT_EQ(ReasonOfSqlState("42601"), Reason::ERROR_REASON_INTERNAL);
  EXPECT_EQ(ReasonOfSqlState("XX001"), Reason::ERROR_REASON_INTERNAL);
}

TEST(FaultTest, MapsSqlitesExtendedCodes) {
  EXPECT_EQ(ReasonOfSqlite(SQLITE_BUSY), Reason::ERROR_REASON_CONTENTION);
  EXPECT_EQ(ReasonOfSqlite(SQLITE_BUSY_SNAPSHOT), Reason::ERROR_REASON_CONTENTION);
  EXPECT_EQ(ReasonOfSqlite(SQLITE_FULL), Reason::ERROR_REASON_STORAGE_FULL);
  EXPECT_EQ(ReasonOfSqlite(SQLITE_INTERRUPT), Reason::ERROR_REASON_DEADLINE_EXCEEDED);
  EXPECT_EQ(ReasonOfSqlite(SQLITE_CONSTRAINT_UNIQUE), Reason::ERROR_REASON_ALREADY_EXISTS);
  EXPECT_EQ(ReasonOfSqlite(SQLITE_CONSTRAINT_PRIMARYKEY), Reason::ERROR_REASON_ALREADY_EXISTS);
  EXPECT_EQ(ReasonOfSqlite(SQLITE_CONSTRAINT_NOTNULL), Reason::ERROR_REASON_INTERNAL);
  EXPECT_EQ(ReasonOfSqlite(SQLITE_IOERR_FSYNC), Reason::ERROR_REASON_DATABASE_UNAVAILABLE);
  EXPECT_EQ(ReasonOfSqlite(SQLITE_CANTOPEN), Reason::ERROR_REASON_DATABASE_UNAVAILABLE);
  EXPECT_EQ(ReasonOfSqlite(SQLITE_READONLY), Reason::ERROR_REASON_DATABASE_UNAVAILABLE);
  EXPECT_EQ(ReasonOfSqlite(SQLITE_TOOBIG), Reason::ERROR_REASON_TOO_LARGE);
  EXPECT_EQ(ReasonOfSqlite(SQLITE_CORRUPT), Reason::ERROR_REASON_INTERNAL);
  EXPECT_EQ(ReasonOfSqlite(SQLITE_NOTADB), Reason::ERROR_REASON_INTERNAL);
}

TEST(FaultTest, OnlyWhatChangedNothingAndMaySucceedIsTriedAgain) {
  EXPECT_TRUE(MayRetry(Fault::kContention));
  EXPECT_TRUE(MayRetry(Fault::kConnectionLost));
  EXPECT_FALSE(MayRetry(Fault::kLockTimeout));
  EXPECT_FALSE(MayRetry(Fault::kUniqueViolation));
  EXPECT_FALSE(MayRetry(Fault::kStorageFull));
  EXPECT_FALSE(MayRetry(Fault::kMistake));
}

}  // namespace
}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/portable_sql.h"

#include <gtest/gtest.h>

namespace communique::platform {
namespace {

TEST(PortableSqlTest, PutsInTheEnginesTypes) {
  EXPECT_EQ(ForEngine("a TEXT, b BYTES, c BIGINT", Engine::kSqlite), "a TEXT, b BLOB, c BIGINT");
  EXPECT_EQ(ForEngine("a TEXT, b BYTES, c BIGINT", Engine::kPostgres), "a TEXT COLLATE \"C\", b BYTEA, c BIGINT");
}

TEST(PortableSqlTest, LeavesQuotesCommentsAndOtherWordsAlone) {
  for (const char* sql :
       {"'TEXT'", "\"BYTES\"", "'it''s TEXT'", "-- BYTES\n", "-- TEXT", "MY_TEXT TEXTS text bytes", "'TEXT"}) {
    EXPECT_EQ(ForEngine(sql, Engine::kPostgres), sql);
  }
  EXPECT_EQ(ForEngine("-- TEXT\nBYTES", Engine::kPostgres), "-- TEXT\nBYTEA");
}

}  // namespace
}  // namespace communique::platform

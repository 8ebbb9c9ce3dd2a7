// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "services/platform/storage/database.h"
#include "services/platform/testing/temporary_folder.h"

namespace communique::platform {

// A new, empty database for one test, on the engine the test's parameter names, with the pools that production uses:
//
//   class DeskStoreTest : public testing::TestWithParam<const char*> {
//    protected:
//     TestDatabase test_{GetParam()};
//   };
//   INSTANTIATE_TEST_SUITE_P(Engines, DeskStoreTest, testing::ValuesIn(TestDatabase::kEngines),
//                            TestDatabase::Name);
//
// "sqlite" is a file in a temporary folder; "postgres" a database of PostgresServer::Shared() (ICU collation);
// "pgbouncer" the same behind PgBouncer in transaction mode, for the suites that name it.
class TestDatabase {
 public:
  static constexpr const char* kEngines[] = {"sqlite", "postgres"};
  static constexpr const char* kEnginesAndPgBouncer[] = {"sqlite", "postgres", "pgbouncer"};

  // `options` may preset everything but the engine and where PostgreSQL is.
  explicit TestDatabase(std::string_view engine, DatabaseOptions options = {});
  ~TestDatabase();

  Database& db() { return *database_; }
  // For a second Database on the same data (PostgreSQL; a SQLite file has one user at a time).
  const DatabaseOptions& options() const { return options_; }
  // Closes the database and opens it anew, as a restart of the service does.
  void Reopen();
  // Closes it until Reopen, so that another process can use it.
  void Close();

  // Names instances of a parameterised suite.
  static std::string Name(const testing::TestParamInfo<const char*>& info) { return info.param; }

 private:
  TemporaryFolder folder_;
  DatabaseOptions options_;
  std::string postgres_name_;
  std::unique_ptr<Database> database_;
};

}  // namespace communique::platform

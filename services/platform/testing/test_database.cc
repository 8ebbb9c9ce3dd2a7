// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/testing/test_database.h"

#include <cstdio>
#include <cstdlib>

#include "services/platform/testing/pgbouncer.h"
#include "services/platform/testing/postgres_server.h"

namespace communique::platform {

TestDatabase::TestDatabase(std::string_view engine, DatabaseOptions options) : options_(std::move(options)) {
  if (engine == "sqlite") {
    options_.engine = Engine::kSqlite;
    if (options_.sqlite_path.empty()) options_.sqlite_path = folder_.File("test.db");
  } else {
    PostgresServer& server = PostgresServer::Shared();
    postgres_name_ = server.AcquireDatabase();
    options_.engine = Engine::kPostgres;
    options_.postgres = server.Conninfo(postgres_name_);
    if (engine == "pgbouncer") {
      static PgBouncer bouncer(server);
      options_.postgres = bouncer.Conninfo(postgres_name_);
    }
  }
  Reopen();
}

TestDatabase::~TestDatabase() {
  Close();
  if (!postgres_name_.empty()) PostgresServer::Shared().ReleaseDatabase(postgres_name_);
}

void TestDatabase::Close() { database_.reset(); }

void TestDatabase::Reopen() {
  Close();
  auto opened = Database::Open(options_);
  if (!opened.ok()) {
    std::fprintf(stderr, "the test's database cannot be opened: %s\n", opened.status().ToString().c_str());
    std::abort();
  }
  database_ = *std::move(opened);
}

}  // namespace communique::platform

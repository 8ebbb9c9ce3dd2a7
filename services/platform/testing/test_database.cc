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
    options_.sqlite_path = folder_.File("test.db");
  } else {
    PostgresServer& server = PostgresServer::Shared();
    const std::string name = server.CreateDatabase();
    options_.engine = Engine::kPostgres;
    options_.postgres = server.Conninfo(name);
    if (engine == "pgbouncer") {
      static PgBouncer bouncer(server);
      options_.postgres = bouncer.Conninfo(name);
    }
  }
  Reopen();
}

TestDatabase::~TestDatabase() = default;

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

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/testing/pgbouncer.h"

#include <libpq-fe.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/base/string_view.h"

namespace communique::platform {
namespace {

constexpr char kSystemUser[] = "postgres";

}  // namespace

PgBouncer::PgBouncer(const PostgresServer& server, int pool_size) {
  if (getuid() == 0) RunProcess({"chown", kSystemUser, folder_.path()});
  std::ofstream(folder_.File("pgbouncer.ini"))
      << "[databases]\n* = host=" << server.folder() << " user=communique\n"
      << "[pgbouncer]\nunix_socket_dir = " << folder_.path() << "\nlisten_addr =\nlisten_port = 5432\n"
      << "auth_type = any\npool_mode = transaction\ndefault_pool_size = " << pool_size << "\nserver_idle_timeout = 2\n";
  process_ = std::make_unique<Process>(std::vector<std::string>{"/usr/sbin/pgbouncer", folder_.File("pgbouncer.ini")},
                                       ProcessOptions{kSystemUser, folder_.File("log"), {}});
  const absl::Time end = absl::Now() + absl::Seconds(20);
  while (PQping(Conninfo("postgres").c_str()) != PQPING_OK) {
    if (!process_->running() || absl::Now() > end) {
      std::cerr << "PgBouncer for the test does not start\n" << std::ifstream(folder_.File("log")).rdbuf();
      std::abort();
    }
    absl::SleepFor(absl::Milliseconds(10));
  }
}

PgBouncer::~PgBouncer() = default;

std::string PgBouncer::Conninfo(std::string_view database) const {
  return absl::StrCat("host=", folder_.path(), " user=communique dbname=", ToAbsl(database));
}

}  // namespace communique::platform

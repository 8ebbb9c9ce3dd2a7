// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "services/platform/testing/postgres_server.h"
#include "services/platform/testing/process.h"
#include "services/platform/testing/temporary_folder.h"

namespace communique::platform {

// A real PgBouncer in transaction mode in front of `server`, with fewer connections to it than clients use, so that
// what a client leaves in a session reaches others. Ends with the test.
class PgBouncer {
 public:
  explicit PgBouncer(const PostgresServer& server, int pool_size = 3);
  ~PgBouncer();

  std::string Conninfo(std::string_view database) const;

 private:
  TemporaryFolder folder_;
  std::unique_ptr<Process> process_;
};

}  // namespace communique::platform

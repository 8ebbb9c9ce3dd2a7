// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "services/platform/testing/process.h"
#include "services/platform/testing/temporary_folder.h"

namespace communique::platform {

// How PostgreSQL is told to stop: it waits for its clients, sends them away, or drops everything.
enum class StopMode { kSmart, kFast, kImmediate };

// A real PostgreSQL 15 of the test's own, in a temporary folder, on a socket there; it ends with the test. Its
// databases have an ICU collation that sorts unlike bytes ("a10" after "a9", "ä" beside "a"), so that SQL which relies
// on the default collation fails. fsync is off unless asked for. Ends the test when PostgreSQL cannot be started.
class PostgresServer {
 public:
  struct Options {
    bool fsync = false;
    // Added to the command line, "name=value".
    std::vector<std::string> settings;
  };

  // One per test program, started when first used; for tests that leave it running.
  static PostgresServer& Shared();

  PostgresServer() : PostgresServer(Options()) {}
  explicit PostgresServer(Options options);
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  // An empty database nobody else uses; its name. One that was released is emptied and used again: that is ten times
  // quicker than making one.
  std::string AcquireDatabase();
  void ReleaseDatabase(std::string name);
  // What libpq needs to connect to it.
  std::string Conninfo(std::string_view database) const;
  // Runs SQL as the superuser. Ends the test when it fails. Returns the first column of the first row, or "".
  std::string Run(std::string_view database, const std::string& sql);

  void Start();
  void Stop(StopMode mode = StopMode::kFast);
  // Makes all of its processes hang: they answer nothing and close nothing. Connections to the socket still succeed.
  void Freeze();
  void Thaw();
  // As a power cut would.
  void Kill();

  const std::string& folder() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
  const Options options_;
  std::unique_ptr<Process> process_;
  std::vector<std::string> released_;
  int databases_ = 0;
};

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/platform/testing/process.h"
#include "services/platform/testing/temporary_folder.h"

namespace communique::platform {

// A real Redis of the test's own, on a port of 127.0.0.1 that was free; it ends with the test. It keeps nothing on disk
// unless told to. Ends the test when Redis cannot be started.
class RedisServer {
 public:
  struct Options {
    std::string password;
    // Added to the command line: {"--maxmemory", "10mb"}.
    std::vector<std::string> settings;
  };

  RedisServer() : RedisServer(Options()) {}
  explicit RedisServer(Options options);
  ~RedisServer();
  RedisServer(const RedisServer&) = delete;
  RedisServer& operator=(const RedisServer&) = delete;

  // "127.0.0.1:port". The same after a restart.
  std::string address() const;

  // Starts it again after Stop; with what was in it when Dump was called, if ever.
  void Start();
  // As kill -9: connections break, what was not dumped is gone.
  void Stop();
  // It answers nothing and closes nothing; connecting still succeeds. Thaw lets it go on.
  void Freeze();
  void Thaw();

  // Writes all it holds to its file, for a later Start.
  void Dump();
  void FlushAll();

  // Runs a command. Strings, errors and statuses as they are, integers as text, nil as "(nil)".
  std::string Run(const std::vector<std::string>& command);

 private:
  // Nothing when it does not answer.
  std::optional<std::string> TryRun(const std::vector<std::string>& command);

  const Options options_;
  TemporaryFolder folder_;
  int port_ = 0;
  std::unique_ptr<Process> process_;
};

}  // namespace communique::platform

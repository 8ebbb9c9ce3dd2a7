// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace communique::platform {

// The outcome of a program: its exit status, or 128 + the signal that ended it.
using ExitStatus = int;

struct ProcessOptions {
  // The user to run as when the test is root (PostgreSQL refuses root); empty: the test's own.
  std::string user;
  // Where standard output and error go, appended; empty: to the test's own.
  std::string output_file;
  // Added to the environment, "NAME=value".
  std::vector<std::string> environment;
  // Where standard error goes instead, appended; empty: where standard output goes.
  std::string error_file = {};
};

// A child process. It dies with this object, and with the test in whatever way that ends.
class Process {
 public:
  // Starts argv[0] (a path, or a name that is looked up in $PATH). Ends the test when that is impossible.
  explicit Process(std::vector<std::string> argv, const ProcessOptions& options = {});
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }
  bool running();
  // Whether it has ended: the same question, from any thread.
  bool has_ended() const;
  // Nothing when it has ended.
  void Signal(int signal);
  // Sends `signal` to the process and all its descendants: SIGSTOP makes a server of several processes hang.
  void SignalTree(int signal);
  // Kills the process and all its descendants, and waits until none of them runs.
  void KillTree();
  // Waits for its end; none when it still runs after `timeout`.
  std::optional<ExitStatus> Wait(absl::Duration timeout);

 private:
  pid_t pid_;
  std::optional<ExitStatus> status_;
};

// Runs a program to its end (at most a minute).
ExitStatus RunProcess(std::vector<std::string> argv, const ProcessOptions& options = {});

}  // namespace communique::platform

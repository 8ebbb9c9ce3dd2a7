// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "services/platform/testing/process.h"

namespace communique::platform {

// The log of a child process, read line by line through a named pipe at `path`, which the child opens as its log file.
// Thread-safe. It outlives the child.
class LogPipe {
 public:
  explicit LogPipe(const std::string& path);
  ~LogPipe();
  LogPipe(const LogPipe&) = delete;
  LogPipe& operator=(const LogPipe&) = delete;

  // Who writes it: nobody waits for a line of a process that has ended. Before the first wait. Requires: `writer` lives
  // as long as anybody waits.
  void Follow(const Process& writer) { writer_ = &writer; }

  // The first line whose text has `text` in it, waiting a minute for it; an empty object, and a failed test, when it
  // does not come, or cannot come any more.
  nlohmann::json WaitFor(const std::string& text);

  // All lines so far.
  std::string Text() const;

 private:
  void Read();
  std::string Joined() const;
  void ReadAllWritten(std::unique_lock<std::mutex>& lock);

  int descriptor_ = -1;
  mutable std::mutex mutex_;
  std::condition_variable added_;
  std::vector<std::string> lines_;
  std::size_t marks_written_ = 0;
  std::size_t marks_read_ = 0;
  const Process* writer_ = nullptr;
  std::thread reader_;
};

}  // namespace communique::platform

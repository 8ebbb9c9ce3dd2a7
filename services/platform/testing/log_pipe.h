// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

namespace communique::platform {

// The log of a child process, read line by line through a named pipe at `path`, which the child opens as its log file.
// Thread-safe. It outlives the child.
class LogPipe {
 public:
  explicit LogPipe(const std::string& path);
  ~LogPipe();
  LogPipe(const LogPipe&) = delete;
  LogPipe& operator=(const LogPipe&) = delete;

  // The first line whose text has `text` in it, waiting a minute for it; null, and a failed test, when it does not
  // come.
  nlohmann::json WaitFor(const std::string& text);

  // All lines so far.
  std::string Text() const;

 private:
  void Read();
  std::string Joined() const;

  int descriptor_ = -1;
  mutable std::mutex mutex_;
  std::condition_variable added_;
  std::vector<std::string> lines_;
  std::thread reader_;
};

}  // namespace communique::platform

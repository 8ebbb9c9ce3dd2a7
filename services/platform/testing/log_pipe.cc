// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/testing/log_pipe.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <optional>

namespace communique::platform {
namespace {

constexpr std::chrono::seconds kPatience{60};

}  // namespace

LogPipe::LogPipe(const std::string& path) {
  EXPECT_EQ(mkfifo(path.c_str(), 0600), 0);
  descriptor_ = open(path.c_str(), O_RDWR | O_CLOEXEC);  // for writing too, so that it never ends
  reader_ = std::thread([this] { Read(); });
}

LogPipe::~LogPipe() {
  // The line feed before it ends what a killed child left half written.
  EXPECT_EQ(write(descriptor_, "\nend\n", 5), 5);
  reader_.join();
  close(descriptor_);
}

nlohmann::json LogPipe::WaitFor(const std::string& text) {
  std::unique_lock lock(mutex_);
  std::optional<nlohmann::json> found;
  bool hopeless = false;
  std::size_t looked_at = 0;
  const auto look = [&] {
    for (; !found && looked_at < lines_.size(); ++looked_at) {
      if (lines_[looked_at].find(text) != std::string::npos) found = nlohmann::json::parse(lines_[looked_at]);
      hopeless |= lines_[looked_at].find(R"("message":"cannot start")") != std::string::npos;
    }
    return found.has_value() || hopeless;
  };
  added_.wait_for(lock, kPatience, look);
  EXPECT_TRUE(found.has_value()) << "no log line with " << text << " in\n" << Joined();
  return found.value_or(nlohmann::json::object());
}

std::string LogPipe::Text() const {
  const std::lock_guard lock(mutex_);
  return Joined();
}

std::string LogPipe::Joined() const {
  std::string text;
  for (const std::string& line : lines_) text.append(line).append("\n");
  return text;
}

void LogPipe::Read() {
  std::string rest;
  char buffer[4096];
  for (;;) {
    const ssize_t got = read(descriptor_, buffer, sizeof(buffer));
    if (got <= 0) return;
    rest.append(buffer, static_cast<std::size_t>(got));
    for (std::size_t end = 0; (end = rest.find('\n')) != std::string::npos; rest.erase(0, end + 1)) {
      const std::string line = rest.substr(0, end);
      if (line == "end") return;
      const std::lock_guard lock(mutex_);
      lines_.push_back(line);
      added_.notify_all();
    }
  }
}

}  // namespace communique::platform

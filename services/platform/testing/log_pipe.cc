// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/testing/log_pipe.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <string_view>

namespace communique::platform {
namespace {

constexpr std::chrono::seconds kPatience{60};
constexpr std::chrono::milliseconds kGlance{50};

// Lines of our own among those of the child, which are JSON. The line feed before them ends what a killed child left
// half written.
constexpr std::string_view kMark = "mark";
constexpr std::string_view kEnd = "end";

void WriteOwnLine(int descriptor, std::string_view line) {
  const std::string text = std::string("\n").append(line).append("\n");
  EXPECT_EQ(write(descriptor, text.data(), text.size()), static_cast<ssize_t>(text.size()));
}

}  // namespace

LogPipe::LogPipe(const std::string& path) {
  EXPECT_EQ(mkfifo(path.c_str(), 0600), 0);
  descriptor_ = open(path.c_str(), O_RDWR | O_CLOEXEC);  // for writing too, so that it never ends
  reader_ = std::thread([this] { Read(); });
}

LogPipe::~LogPipe() {
  WriteOwnLine(descriptor_, kEnd);
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
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!added_.wait_for(lock, kGlance, look) && std::chrono::steady_clock::now() < end) {
    if (writer_ == nullptr || !writer_->has_ended()) continue;
    ReadAllWritten(lock);
    look();
    break;
  }
  EXPECT_TRUE(found.has_value()) << (writer_ != nullptr && writer_->has_ended() ? "the process has ended, and " : "")
                                 << "no log line with " << text << " in\n"
                                 << Joined();
  return found.value_or(nlohmann::json::object());
}

void LogPipe::ReadAllWritten(std::unique_lock<std::mutex>& lock) {
  const std::size_t mark = ++marks_written_;
  lock.unlock();  // a full pipe is emptied by the reader, who locks
  WriteOwnLine(descriptor_, kMark);
  lock.lock();
  added_.wait(lock, [&] { return marks_read_ >= mark; });
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
      if (line == kEnd) return;
      const std::lock_guard lock(mutex_);
      if (line == kMark) {
        ++marks_read_;
      } else if (!line.empty()) {
        lines_.push_back(line);
      }
      added_.notify_all();
    }
  }
}

}  // namespace communique::platform

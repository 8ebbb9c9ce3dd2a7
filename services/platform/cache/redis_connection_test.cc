// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// What listens on Redis' port need not be Redis.

#include "services/platform/cache/redis_connection.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <functional>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace communique::platform {
namespace {

using ::testing::HasSubstr;

// Accepts connections on a port of 127.0.0.1 and gives each to `serve`, one after the other.
class BadServer {
 public:
  explicit BadServer(std::function<void(int fd)> serve) : serve_(std::move(serve)) {
    // Writing to who has gone is part of being bad.
    std::signal(SIGPIPE, SIG_IGN);
    listener_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(listen(listener_, 16), 0);
    EXPECT_EQ(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    address_ = absl::StrCat("127.0.0.1:", ntohs(address.sin_port));
    thread_ = std::thread([this] {
      for (int fd = accept(listener_, nullptr, nullptr); fd >= 0; fd = accept(listener_, nullptr, nullptr)) {
        serve_(fd);
        close(fd);
      }
    });
  }
  ~BadServer() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }

  RedisOptions Options() const {
    RedisOptions options;
    options.address = address_;
    options.command_timeout = absl::Milliseconds(100);
    return options;
  }

 private:
  const std::function<void(int)> serve_;
  int listener_;
  std::string address_;
  std::thread thread_;
};

void Say(int fd, std::string_view text) { (void)!write(fd, text.data(), text.size()); }

void AwaitCommand(int fd) {
  char buffer[4096];
  (void)!read(fd, buffer, sizeof buffer);
}

// The error of an attempt to connect; empty when it succeeds. Checks the time it takes.
std::string OpenError(const RedisOptions& options) {
  std::string error;
  const absl::Time began = absl::Now();
  const auto connection = RedisConnection::Open(options, error);
  EXPECT_LT(absl::Now() - began, absl::Milliseconds(600));
  return connection == nullptr ? error : "";
}

TEST(RedisConnectionTest, SomethingElseIsAnError) {
  BadServer server([](int fd) { Say(fd, "HTTP/1.1 400 Bad Request\r\n\r\n"); });
  EXPECT_THAT(OpenError(server.Options()), HasSubstr("Protocol error"));
}

TEST(RedisConnectionTest, AnAnswerOfAnotherKindIsAnError) {
  BadServer server([](int fd) {
    AwaitCommand(fd);
    Say(fd, "*1000000\r\n");
    AwaitCommand(fd);
  });
  EXPECT_EQ(OpenError(server.Options()), "no answer in time");
}

TEST(RedisConnectionTest, AConnectionThatIsClosedIsAnError) {
  BadServer server([](int) {});
  EXPECT_NE(OpenError(server.Options()), "");
}

// Each read brings something, so no time limit for a single read ends this.
TEST(RedisConnectionTest, AnAnswerThatDripsInIsNotWaitedFor) {
  std::atomic<bool> ended = false;
  BadServer server([&](int fd) {
    AwaitCommand(fd);
    Say(fd, "+");
    while (!ended) {
      Say(fd, "P");
      absl::SleepFor(absl::Milliseconds(5));
    }
  });
  EXPECT_EQ(OpenError(server.Options()), "no answer in time");
  ended = true;
}

TEST(RedisConnectionTest, KeepsTheAnswersThatCameBeforeTheEnd) {
  BadServer server([](int fd) {
    AwaitCommand(fd);
    Say(fd, "+PONG\r\n");
    AwaitCommand(fd);
    Say(fd, "$5\r\nfirst\r\n$6\r\nsec");
    AwaitCommand(fd);
  });
  const RedisOptions options = server.Options();
  std::string error;
  const auto connection = RedisConnection::Open(options, error);
  ASSERT_NE(connection, nullptr) << error;
  std::vector<std::string> answers;
  const std::vector<RedisConnection::Command> commands = {{"GET", "a"}, {"GET", "b"}};
  EXPECT_FALSE(connection->Run(commands, [&](std::size_t, const RedisReply& reply) { answers.push_back(reply.text); }));
  EXPECT_EQ(answers, std::vector<std::string>{"first"});
}

TEST(RedisConnectionTest, APortThatNobodyListensOnIsAnError) {
  RedisOptions options;
  {
    BadServer server([](int) {});
    options = server.Options();
  }
  EXPECT_EQ(OpenError(options), "Connection refused");
}

}  // namespace
}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/testing/redis_server.h"

#include <arpa/inet.h>
#include <hiredis/hiredis.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace communique::platform {
namespace {

constexpr int kAttempts = 5;

[[noreturn]] void Die(const std::string& what, const std::string& log) {
  std::ifstream file(log);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::fprintf(stderr, "Redis for the test: %s\n%s\n", what.c_str(), text.c_str());
  std::abort();
}

int FreePort() {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const bool found = fd >= 0 && bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  if (fd >= 0) close(fd);
  return found ? ntohs(address.sin_port) : 0;
}

std::string TextOf(const redisReply& reply) {
  switch (reply.type) {
    case REDIS_REPLY_NIL:
      return "(nil)";
    case REDIS_REPLY_INTEGER:
      return absl::StrCat(reply.integer);
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
    case REDIS_REPLY_ERROR:
      return {reply.str, reply.len};
    default:
      return "(other)";
  }
}

}  // namespace

RedisServer::RedisServer(Options options) : options_(std::move(options)) { Start(); }

RedisServer::~RedisServer() { Stop(); }

std::string RedisServer::address() const { return absl::StrCat("127.0.0.1:", port_); }

void RedisServer::Start() {
  const bool first = port_ == 0;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    // Another program may take the port in between.
    if (first) port_ = FreePort();
    std::vector<std::string> argv = {
        "redis-server", "--bind", "127.0.0.1",    "--port", absl::StrCat(port_), "--dir", folder_.path(),
        "--save",       "",       "--appendonly", "no"};
    if (!options_.password.empty()) argv.insert(argv.end(), {"--requirepass", options_.password});
    argv.insert(argv.end(), options_.settings.begin(), options_.settings.end());
    process_ = std::make_unique<Process>(std::move(argv), ProcessOptions{"", folder_.File("log"), {}});
    const absl::Time end = absl::Now() + absl::Seconds(10);
    while (process_->running() && absl::Now() < end) {
      if (TryRun({"PING"}) == "PONG") return;
      absl::SleepFor(absl::Milliseconds(5));
    }
  }
  Die("does not start", folder_.File("log"));
}

void RedisServer::Stop() { process_.reset(); }

void RedisServer::Freeze() { process_->Signal(SIGSTOP); }

void RedisServer::Thaw() { process_->Signal(SIGCONT); }

void RedisServer::Dump() { Run({"SAVE"}); }

void RedisServer::FlushAll() { Run({"FLUSHALL"}); }

std::string RedisServer::Run(const std::vector<std::string>& command) {
  const std::optional<std::string> answer = TryRun(command);
  if (!answer) Die(absl::StrCat("does not answer to ", command.front()), folder_.File("log"));
  return *answer;
}

std::optional<std::string> RedisServer::TryRun(const std::vector<std::string>& command) {
  const timeval timeout = {5, 0};
  redisContext* context = redisConnectWithTimeout("127.0.0.1", port_, timeout);
  std::optional<std::string> answer;
  if (context != nullptr && context->err == 0 && redisSetTimeout(context, timeout) == REDIS_OK) {
    if (!options_.password.empty()) {
      freeReplyObject(redisCommand(context, "AUTH %s", options_.password.c_str()));
    }
    std::vector<const char*> words;
    std::vector<std::size_t> sizes;
    for (const std::string& word : command) {
      words.push_back(word.data());
      sizes.push_back(word.size());
    }
    void* reply = redisCommandArgv(context, static_cast<int>(words.size()), words.data(), sizes.data());
    if (reply != nullptr) {
      answer = TextOf(*static_cast<redisReply*>(reply));
      freeReplyObject(reply);
    }
  }
  if (context != nullptr) redisFree(context);
  return answer;
}

}  // namespace communique::platform

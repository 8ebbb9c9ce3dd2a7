// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/cache/redis_connection.h"

#include <poll.h>

#include <cerrno>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "services/platform/base/monotonic_clock.h"
#include "services/platform/base/string_view.h"

namespace communique::platform {
namespace {

std::int64_t Now() { return SystemMonotonicClock().NowNanos(); }

RedisReply Convert(const redisReply& reply) {
  switch (reply.type) {
    case REDIS_REPLY_NIL:
      return {RedisReply::Type::kNil, ""};
    case REDIS_REPLY_STRING:
      return {RedisReply::Type::kString, std::string(reply.str, reply.len)};
    case REDIS_REPLY_STATUS:
      return {RedisReply::Type::kStatus, std::string(reply.str, reply.len)};
    case REDIS_REPLY_INTEGER:
      return {RedisReply::Type::kInteger, ""};
    case REDIS_REPLY_ERROR:
      return {RedisReply::Type::kError, std::string(reply.str, reply.len)};
    default:
      return {RedisReply::Type::kOther, ""};
  }
}

}  // namespace

std::unique_ptr<RedisConnection> RedisConnection::Open(const RedisOptions& options, std::string& error) {
  std::unique_ptr<RedisConnection> connection(new RedisConnection(options));
  if (connection->Connect() && connection->LogIn()) return connection;
  error = connection->error();
  return nullptr;
}

bool RedisConnection::Connect() {
  const timeval timeout = absl::ToTimeval(options_.connect_timeout);
  absl::string_view address = options_.address;
  if (absl::ConsumePrefix(&address, "unix:")) {
    context_.reset(redisConnectUnixWithTimeout(std::string(address).c_str(), timeout));
  } else {
    const std::size_t colon = address.rfind(':');
    int port = 0;
    if (colon == absl::string_view::npos || !absl::SimpleAtoi(address.substr(colon + 1), &port)) {
      return Fail(absl::StrCat("the address \"", options_.address, "\" is not host:port or unix:/path"));
    }
    absl::string_view host = address.substr(0, colon);
    if (absl::ConsumePrefix(&host, "[")) absl::ConsumeSuffix(&host, "]");
    context_.reset(redisConnectWithTimeout(std::string(host).c_str(), port, timeout));
  }
  if (context_ == nullptr) return Fail("out of memory");
  if (context_->err != 0) return Fail(context_->errstr);
  // For writes to a full socket; replies are waited for with poll.
  if (redisSetTimeout(context_.get(), absl::ToTimeval(options_.command_timeout)) != REDIS_OK) {
    return Fail(context_->errstr);
  }
  return true;
}

bool RedisConnection::LogIn() {
  std::vector<Command> commands;
  if (!options_.password.empty()) {
    Command& auth = commands.emplace_back(Command{"AUTH"});
    if (!options_.username.empty()) auth.push_back(options_.username);
    auth.push_back(options_.password);
  }
  const std::string database = absl::StrCat(options_.database);
  if (options_.database != 0) commands.push_back({"SELECT", database});
  commands.push_back({"PING"});
  bool welcome = true;
  const bool answered = Run(commands, [&](std::size_t, const RedisReply& reply) {
    if (welcome && reply.type != RedisReply::Type::kStatus) welcome = Fail(reply.text);
  });
  return answered && welcome;
}

bool RedisConnection::Run(std::span<const Command> commands,
                          const std::function<void(std::size_t command, RedisReply reply)>& on_reply) {
  const std::int64_t deadline = Now() + absl::ToInt64Nanoseconds(options_.command_timeout);
  if (!Send(commands, deadline)) return false;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    RedisReply reply;
    if (!Receive(deadline, reply)) return false;
    on_reply(i, std::move(reply));
  }
  return true;
}

bool RedisConnection::Send(std::span<const Command> commands, std::int64_t deadline) {
  std::vector<const char*> words;
  std::vector<std::size_t> sizes;
  for (const Command& command : commands) {
    words.clear();
    sizes.clear();
    for (const std::string_view word : command) {
      words.push_back(word.data());
      sizes.push_back(word.size());
    }
    const int count = static_cast<int>(words.size());
    if (redisAppendCommandArgv(context_.get(), count, words.data(), sizes.data()) != REDIS_OK) {
      return Fail(context_->errstr);
    }
  }
  for (int done = 0; done == 0;) {
    if (Now() > deadline) return Fail("not sent in time");
    if (redisBufferWrite(context_.get(), &done) != REDIS_OK) return Fail(context_->errstr);
  }
  return true;
}

bool RedisConnection::Receive(std::int64_t deadline, RedisReply& reply) {
  while (true) {
    void* parsed = nullptr;
    if (redisGetReplyFromReader(context_.get(), &parsed) != REDIS_OK) return Fail(context_->errstr);
    if (parsed != nullptr) {
      reply = Convert(*static_cast<redisReply*>(parsed));
      freeReplyObject(parsed);
      return true;
    }
    // Not hiredis' own time limit, which is for each read: an answer that drips in would never end.
    const std::int64_t left = deadline - Now();
    pollfd readable = {context_->fd, POLLIN, 0};
    const int ready = left <= 0 ? 0 : poll(&readable, 1, static_cast<int>(left / 1'000'000 + 1));
    if (ready == 0) return Fail("no answer in time");
    if (ready < 0 && errno == EINTR) continue;
    if (redisBufferRead(context_.get()) != REDIS_OK) return Fail(context_->errstr);
  }
}

bool RedisConnection::Fail(std::string error) {
  error_ = std::move(error);
  return false;
}

}  // namespace communique::platform

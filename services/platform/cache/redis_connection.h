// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <hiredis/hiredis.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/platform/cache/redis_options.h"

namespace communique::platform {

struct RedisReply {
  // kOther: of a kind that none of our commands asks for.
  enum class Type { kNil, kString, kStatus, kInteger, kError, kOther };
  Type type = Type::kNil;
  std::string text;  // of kString, kStatus and kError
};

// One connection to Redis. Every call blocks, but no longer than its timeout, whatever the other end does. For one
// thread, which must block SIGPIPE: hiredis writes to sockets that the other end has closed.
class RedisConnection {
 public:
  using Command = std::vector<std::string_view>;

  // Connects, authenticates and selects the database. Null on failure, with `error` saying why.
  static std::unique_ptr<RedisConnection> Open(const RedisOptions& options, std::string& error);

  // Sends `commands` together and calls `on_reply` with each one's reply, in order. False when replies are missing:
  // error() says why, and the connection is of no more use.
  bool Run(std::span<const Command> commands,
           const std::function<void(std::size_t command, RedisReply reply)>& on_reply);

  const std::string& error() const { return error_; }

 private:
  struct Free {
    void operator()(redisContext* context) const { redisFree(context); }
  };

  explicit RedisConnection(const RedisOptions& options) : options_(options) {}

  bool Connect();
  bool LogIn();
  // Deadlines are nanoseconds of the system's monotonic clock.
  bool Send(std::span<const Command> commands, std::int64_t deadline);
  bool Receive(std::int64_t deadline, RedisReply& reply);
  bool Fail(std::string error);

  const RedisOptions& options_;
  std::unique_ptr<redisContext, Free> context_;
  std::string error_;
};

}  // namespace communique::platform

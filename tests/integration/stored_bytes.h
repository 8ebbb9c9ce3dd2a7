// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "services/platform/testing/redis_server.h"
#include "tests/testing/suite.h"

// All that a suite has written anywhere, as bytes, and whether they hold something.
namespace communique::testing {

// A file, a dump or a log, by a name for messages.
struct Hoard {
  std::string name;
  std::string bytes;
};

// What both services keep: SQLite files with all that lies beside them, or dumps of the PostgreSQL databases; what is
// in Redis; their logs. Redis must have been started with UncompressedRedis.
std::vector<Hoard> HoardsOf(Suite& suite, platform::RedisServer& redis);

// Settings with which its dumps are as it got them.
platform::RedisServer::Options UncompressedRedis();

// How a value may be written: as it is, in other case, percent-encoded, escaped as in JSON, in base64 at any offset,
// and in hexadecimal.
std::vector<std::string> EncodingsOf(const std::string& value);

// Where any encoding of any of these values is: "contacts.db: quuxbronte".
std::vector<std::string> Leaks(const std::vector<Hoard>& hoards, const std::vector<std::string>& values);

}  // namespace communique::testing

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/config/address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace communique::platform {
namespace {

using ::testing::HasSubstr;

TEST(AddressTest, ReadsAndWritesEveryForm) {
  for (const char* text :
       {"127.0.0.1:8080", "0.0.0.0:0", "[::1]:443", "releases.press.svc:65535", "unix:/run/a.sock"}) {
    const auto address = ParseAddress(text);
    ASSERT_TRUE(address.ok()) << address.status();
    EXPECT_EQ(address->ToString(), text);
  }
  EXPECT_EQ(ParseAddress("[::1]:443")->host, "::1");
  EXPECT_EQ(ParseAddress("[::1]:443")->port, 443);
  EXPECT_EQ(ParseAddress("unix:/run/a.sock")->unix_path, "/run/a.sock");
}

TEST(AddressTest, KnowsWhatOnlyThisMachineReaches) {
  for (const char* text : {"127.0.0.1:1", "127.8.9.10:1", "localhost:1", "[::1]:1", "unix:/run/a.sock"}) {
    EXPECT_TRUE(ParseAddress(text)->is_loopback()) << text;
  }
  for (const char* text : {"0.0.0.0:1", "[::]:1", "10.0.0.1:1", "localhost.example.org:1", "[::ffff:10.0.0.1]:1",
                           "127.0.0.1.example.org:1", "128.0.0.1:1"}) {
    EXPECT_FALSE(ParseAddress(text)->is_loopback()) << text;
  }
}

TEST(AddressTest, KnowsNumbersFromNames) {
  EXPECT_TRUE(ParseAddress("127.0.0.1:1")->is_numeric());
  EXPECT_TRUE(ParseAddress("[::]:1")->is_numeric());
  EXPECT_FALSE(ParseAddress("localhost:1")->is_numeric());
  EXPECT_FALSE(ParseAddress("unix:/a")->is_numeric());
}

TEST(AddressTest, SaysWhatIsWrongAndWhatWouldBeRight) {
  const std::pair<std::string, const char*> cases[] = {
      {"8080", "there is no port"},
      {"localhost", "there is no port"},
      {"localhost:", "the port is a number from 0 to 65535"},
      {"localhost:http", "the port is a number from 0 to 65535"},
      {"localhost:65536", "the port is a number from 0 to 65535"},
      {"localhost:-1", "the port is a number from 0 to 65535"},
      {"localhost:99999999999", "the port is a number from 0 to 65535"},
      {":8080", "there is no host (0.0.0.0 listens on all of them)"},
      {"::1:8080", "an IPv6 address stands in brackets"},
      {"[localhost]:1", "between the brackets stands an IPv6 address"},
      {"http://localhost:1", "a character that no host has"},
      {"unix:a.sock", "the path of a unix socket begins with /"},
      {"unix:/" + std::string(107, 'x'), "at most 107 bytes"},
  };
  for (const auto& [text, why] : cases) {
    const auto address = ParseAddress(text);
    ASSERT_FALSE(address.ok()) << text;
    const std::string message(address.status().message());
    EXPECT_THAT(message, HasSubstr("\"" + text + "\" is not an address: "));
    EXPECT_THAT(message, HasSubstr(why));
    EXPECT_THAT(message, HasSubstr("write host:port (\"127.0.0.1:8080\", \"[::1]:8080\") or unix:/path/of/socket"));
  }
}

}  // namespace
}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/conninfo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace communique::platform {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ConninfoTest, FillsInWhatIsLeftOpen) {
  const auto conninfo = CompleteConninfo("host=db user=u", absl::Milliseconds(2500), "releases");
  ASSERT_TRUE(conninfo.ok());
  EXPECT_THAT(*conninfo, HasSubstr("host='db'"));
  EXPECT_THAT(*conninfo, HasSubstr("connect_timeout='3'"));
  EXPECT_THAT(*conninfo, HasSubstr("client_encoding='UTF8'"));
  EXPECT_THAT(*conninfo, HasSubstr("application_name='releases'"));
}

TEST(ConninfoTest, KeepsWhatIsSaid) {
  const auto conninfo =
      CompleteConninfo("postgresql://u:it%27s%5C@h1,h2/db?connect_timeout=9&sslmode=require", absl::Seconds(5), "x");
  ASSERT_TRUE(conninfo.ok());
  EXPECT_THAT(*conninfo, HasSubstr(R"(password='it\'s\\')"));
  EXPECT_THAT(*conninfo, HasSubstr("host='h1,h2'"));
  EXPECT_THAT(*conninfo, HasSubstr("connect_timeout='9'"));
  EXPECT_THAT(*conninfo, HasSubstr("sslmode='require'"));
}

TEST(ConninfoTest, AnErrorNamesTheFieldAndKeepsTheSecret) {
  const auto conninfo = CompleteConninfo("passwort=geheim", absl::Seconds(5), "x");
  ASSERT_FALSE(conninfo.ok());
  EXPECT_THAT(std::string(conninfo.status().message()), HasSubstr("storage.postgres"));
  EXPECT_THAT(conninfo.status().ToString(), Not(HasSubstr("geheim")));
}

}  // namespace
}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/platform/testing/golden.h"

namespace communique::releases {
namespace {

using ::testing::HasSubstr;

class ConfigTest : public testing::Test {
 protected:
  ConfigTest() { BindConfig(settings_, config_); }

  absl::Status Load(const std::vector<std::string>& flags) { return settings_.Load(flags, {}).status(); }

  Config config_;
  platform::Settings settings_{"releases", "test"};
};

// Every key with its comment, its bounds and its default. A key that comes, goes or changes is seen in review.
TEST_F(ConfigTest, TheExampleIsWhatOperatorsRead) {
  platform::ExpectGolden("services/releases/testdata/config.golden", settings_.Example());
}

TEST_F(ConfigTest, TheDefaultsStart) {
  EXPECT_TRUE(Load({}).ok());
  EXPECT_EQ(config_.store.database.engine, platform::Engine::kSqlite);
  EXPECT_EQ(config_.server.listen_public, "127.0.0.1:7400");
}

TEST_F(ConfigTest, LimitsReachTheRules) {
  ASSERT_TRUE(Load({"--limits.content_bytes=128KiB", "--limits.blocks=20", "--limits.import_bytes=2KiB",
                    "--limits.personal_data_releases=7", "--retention.deleted_releases=48h", "--public.max_age=3s"})
                  .ok());
  EXPECT_EQ(config_.limits.content.max_bytes, 128U << 10);
  EXPECT_EQ(config_.limits.content.max_blocks, 20);
  EXPECT_EQ(config_.limits.max_import_bytes, 2U << 10);
  EXPECT_EQ(config_.limits.personal_data_releases, 7);
  EXPECT_EQ(config_.limits.kept_after_deletion, absl::Hours(48));
  EXPECT_EQ(config_.max_age, absl::Seconds(3));
}

TEST_F(ConfigTest, WhatCannotBeIsNamed) {
  const absl::Status status = Load({"--limits.blocks=5", "--database.engine=oracle", "--auth.mod=none"});
  EXPECT_THAT(std::string(status.message()), HasSubstr("limits.blocks"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("database.engine"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("auth.mod"));
}

TEST_F(ConfigTest, PostgresWantsItsAddress) {
  EXPECT_THAT(std::string(Load({"--database.engine=postgres"}).message()), HasSubstr("database.postgres"));
  // A secret: from the file or the environment, never from the command line, which everybody on the machine can read.
  EXPECT_FALSE(Load({"--database.engine=postgres", "--database.postgres=host=/nowhere"}).ok());
  EXPECT_TRUE(
      settings_.Load({"--database.engine=postgres"}, {{"COMMUNIQUE_RELEASES_DATABASE_POSTGRES", "host=/nowhere"}})
          .ok());
}

// Whoever can write to a Redis without signatures can publish.
TEST_F(ConfigTest, RedisElsewhereWantsASigningKey) {
  const std::vector<std::string> elsewhere = {"--redis.enabled=true", "--redis.address=redis.example.org:6379"};
  EXPECT_THAT(std::string(Load(elsewhere).message()), HasSubstr("redis.signing_key: is needed with Redis on another"));
  EXPECT_TRUE(settings_.Load(elsewhere, {{"COMMUNIQUE_RELEASES_REDIS_SIGNING_KEY", "a random text"}}).ok());
}

TEST_F(ConfigTest, RedisOnThisMachineDoesWithoutASigningKey) {
  EXPECT_TRUE(Load({"--redis.enabled=true", "--redis.address=127.0.0.1:6379"}).ok());
}

}  // namespace
}  // namespace communique::releases

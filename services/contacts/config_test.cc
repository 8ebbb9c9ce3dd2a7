// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/platform/testing/golden.h"

namespace communique::contacts {
namespace {

using ::testing::HasSubstr;

class ConfigTest : public testing::Test {
 protected:
  ConfigTest() { BindConfig(settings_, config_); }

  absl::Status Load(const std::vector<std::string>& flags) { return settings_.Load(flags, {}).status(); }

  Config config_;
  platform::Settings settings_{"contacts", "test"};
};

// Every key with its comment, its bounds and its default. A key that comes, goes or changes is seen in review.
TEST_F(ConfigTest, TheExampleIsWhatOperatorsRead) {
  platform::ExpectGolden("services/contacts/testdata/config.golden", settings_.Example());
}

TEST_F(ConfigTest, TheDefaultsStart) {
  EXPECT_TRUE(Load({}).ok());
  EXPECT_EQ(config_.store.database.engine, platform::Engine::kSqlite);
  EXPECT_EQ(config_.releases.address, "127.0.0.1:7401");
}

TEST_F(ConfigTest, LimitsReachTheRules) {
  ASSERT_TRUE(Load({"--retention.deleted=48h", "--limits.contact.emails=3", "--limits.organization.names=7",
                    "--mail.role_mailboxes=desk-*", "--mail.allow_single_label_domain=true"})
                  .ok());
  EXPECT_EQ(config_.rules().limits.emails, 3);
  EXPECT_EQ(config_.organization_limits.names, 7);
  EXPECT_TRUE(config_.rules().role_mailboxes.Contains("desk-genf"));
  EXPECT_FALSE(config_.rules().role_mailboxes.Contains("presse"));
  EXPECT_TRUE(config_.rules().email.allow_single_label_domain);
  EXPECT_EQ(config_.limits.kept_after_deletion, absl::Hours(48));
}

TEST_F(ConfigTest, LimitsOfFilesAndGroupsAreSet) {
  ASSERT_TRUE(Load({"--limits.exchange.cards_at_once=7", "--limits.exchange.file_bytes=1MiB",
                    "--limits.exchange.photo_bytes=0B", "--limits.exchange.properties=77",
                    "--limits.exchange.values=7777", "--limits.group.members=11"})
                  .ok());
  EXPECT_EQ(config_.exchange_limits.cards_at_once, 7);
  EXPECT_EQ(config_.exchange_limits.file_bytes, 1U << 20U);
  EXPECT_EQ(config_.exchange_limits.photo_bytes, 0U);
  EXPECT_EQ(config_.exchange_limits.properties, 77U);
  EXPECT_EQ(config_.exchange_limits.values, 7777U);
  EXPECT_EQ(config_.group_limits.members, 11);
}

TEST_F(ConfigTest, WhatIsDecidedAboutConsentReachesTheUseCases) {
  EXPECT_FALSE(config_.consent.double_opt_in);
  EXPECT_EQ(config_.consent.checks, 200);
  ASSERT_TRUE(
      Load({"--consent.double_opt_in=true", "--limits.consent.checks=7", "--limits.consent.evidence_characters=300",
            "--suppression.key_file=/run/keys", "--suppression.accept_lost_keys=true"})
          .ok());
  EXPECT_TRUE(config_.consent.double_opt_in);
  EXPECT_EQ(config_.consent.checks, 7);
  EXPECT_EQ(config_.consent.evidence_characters, 300U);
  EXPECT_EQ(config_.suppression_keys.key_file, "/run/keys");
  EXPECT_TRUE(config_.suppression_keys.accept_lost_keys);
  EXPECT_FALSE(Load({"--limits.consent.checks=0"}).ok());
}

TEST_F(ConfigTest, AFileFitsIntoARequest) {
  const absl::Status status = Load({"--limits.exchange.file_bytes=4MiB"});
  EXPECT_THAT(std::string(status.message()), HasSubstr("limits.exchange.file_bytes"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("rpc.max_request_bytes"));
  const absl::Status reply = Load({"--limits.exchange.file_bytes=4MiB", "--rpc.max_request_bytes=5MiB"});
  EXPECT_THAT(std::string(reply.message()), HasSubstr("rpc.max_reply_bytes"));
  EXPECT_TRUE(
      Load({"--limits.exchange.file_bytes=4MiB", "--rpc.max_request_bytes=5MiB", "--rpc.max_reply_bytes=5MiB"}).ok());
}

TEST_F(ConfigTest, AReportFitsIntoAnAnswer) {
  const absl::Status cards = Load({"--limits.exchange.cards=100000"});
  EXPECT_THAT(std::string(cards.message()), HasSubstr("limits.exchange.report_bytes"));
  EXPECT_THAT(std::string(cards.message()), HasSubstr("rpc.max_reply_bytes"));
  EXPECT_FALSE(Load({"--limits.exchange.report_bytes=2MiB"}).ok());
  EXPECT_TRUE(Load({"--limits.exchange.cards=100000", "--rpc.max_reply_bytes=27MiB"}).ok());
}

TEST_F(ConfigTest, WhatCannotBeIsNamed) {
  const absl::Status status = Load({"--retention.deleted=1s", "--peers.releases.adress=x"});
  EXPECT_THAT(std::string(status.message()), HasSubstr("retention.deleted"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("peers.releases.adress"));
}

}  // namespace
}  // namespace communique::contacts

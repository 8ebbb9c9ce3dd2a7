// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/server_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "services/platform/server/auth_settings.h"
#include "services/platform/testing/golden.h"

namespace communique::platform {
namespace {

using ::testing::HasSubstr;

class ServerSettingsTest : public testing::Test {
 protected:
  ServerSettingsTest() {
    BindServer(settings_, server_);
    BindAuth(settings_, auth_, server_);
    BindLog(settings_, log_);
    BindExecutor(settings_, "db_read", "db-read", "reading from the database", db_read_);
    BindExecutor(settings_, "db_write", "db-write", "writing to the database", db_write_, /*fixed_threads=*/true);
  }

  std::string Problems(const std::vector<std::string>& flags) {
    return std::string(settings_.Load(flags, {}).status().message());
  }

  ServerOptions server_;
  AuthOptions auth_;
  LogOptions log_;
  ExecutorOptions db_read_;
  ExecutorOptions db_write_;
  Settings settings_{"test", "test"};
};

// The keys that every service has, their defaults and comments: a change here is a change for operators.
TEST_F(ServerSettingsTest, KeysAndDefaultsAreThoseOfTheGoldenFile) {
  EXPECT_EQ(Problems({}), "") << "the defaults are usable";
  ExpectGolden("services/platform/server/testdata/settings.golden", settings_.Example());
}

TEST_F(ServerSettingsTest, WithoutAuthenticationOnlyThisMachineIsServed) {
  EXPECT_EQ(Problems({"--listen.internal=127.0.0.1:0", "--listen.public=unix:/tmp/public.sock"}), "");
  EXPECT_THAT(Problems({"--listen.internal=0.0.0.0:8081"}), HasSubstr("auth.mode: auth.mode is none"));
  EXPECT_THAT(Problems({"--listen.internal=127.0.0.1:0", "--listen.public=[::]:8080"}),
              HasSubstr("\"[::]:8080\" can be reached from other machines"));
  EXPECT_EQ(Problems({"--listen.internal=0.0.0.0:8081", "--auth.mode=tokens", "--auth.tokens_file=/t"}), "");
}

TEST_F(ServerSettingsTest, RefusesACertificateWithoutAKey) {
  EXPECT_EQ(Problems({"--tls.certificate_file=/a"}),
            "flag --tls.certificate_file: tls.certificate_file: a certificate and its key go together; set "
            "tls.key_file too, or neither");
}

TEST_F(ServerSettingsTest, RefusesClientCertificatesWithoutTls) {
  EXPECT_EQ(Problems({"--tls.client_ca_file=/a"}),
            "flag --tls.client_ca_file: tls.client_ca_file: asks for certificates without TLS; set "
            "tls.certificate_file and tls.key_file too");
}

TEST_F(ServerSettingsTest, TakesANumericAddressForHttp) {
  for (const char* address : {"unix:/tmp/x", "localhost:80"}) {
    EXPECT_EQ(Problems({std::string("--ops.http=") + address}),
              "flag --ops.http: ops.http: takes neither a name nor a unix socket; write an IP address and a port "
              "(127.0.0.1:8083)");
  }
}

TEST_F(ServerSettingsTest, RefusesTokensWithoutAFile) {
  EXPECT_EQ(Problems({"--auth.mode=tokens"}), "auth.tokens_file: must name the token file when auth.mode is tokens");
}

TEST_F(ServerSettingsTest, ExecutorsTellTheKeyThatBoundsThem) {
  EXPECT_EQ(db_read_.name, "db-read");
  EXPECT_EQ(db_read_.limit_key, "db_read.max_queued");
  std::set<std::string> keys;
  for (const Setting& setting : settings_.settings()) keys.insert(setting.key);
  EXPECT_EQ(keys.count(db_read_.limit_key), 1U);
  EXPECT_EQ(keys.count("db_read.threads"), 1U);
  EXPECT_EQ(keys.count("db_write.threads"), 0U) << "SQLite has one writer";
}

}  // namespace
}  // namespace communique::platform

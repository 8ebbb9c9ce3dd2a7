// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/time/clock.h"
#include "services/contacts/storage/suppression_key_file.h"
#include "services/contacts/storage/suppression_store.h"
#include "services/contacts/storage/tables.h"
#include "services/platform/testing/captured_log.h"
#include "services/platform/testing/temporary_folder.h"
#include "services/platform/testing/test_database.h"

namespace communique::contacts {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string kOne(64, '1');
const std::string kTwo(64, '2');

class SuppressionKeyFileTest : public testing::TestWithParam<const char*> {
 protected:
  SuppressionKeyFileTest() {
    const absl::Time now = absl::Now();
    const absl::Status migrated =
        platform::Migrate(database_.db(), {&ContactsMigrations()}, now, now + absl::Seconds(60));
    EXPECT_TRUE(migrated.ok()) << migrated;
  }

  std::string Write(const std::string& content, mode_t mode = 0600) {
    const std::string path = folder_.File("keys");
    std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
    EXPECT_EQ(chmod(path.c_str(), mode), 0);
    return path;
  }
  absl::StatusOr<SuppressionKeys> Open(const std::string& key_file, bool accept_lost_keys = false) {
    return OpenSuppressionKeys({key_file, accept_lost_keys}, database_.options(), database_.db(),
                               absl::Now() + absl::Seconds(60), log_.log());
  }
  std::string WhyNot(const std::string& key_file) { return std::string(Open(key_file).status().message()); }
  void Suppress(const std::string& key, bool lifted = false) {
    storage::SuppressionRecord record;
    const auto hash = SuppressionKeys::Parse(key)->Write({v1::CHANNEL_EMAIL, "anna@example.org"});
    record.set_address_mac(hash.mac);
    record.mutable_suppression()->set_key_id(hash.key_id);
    record.mutable_suppression()->set_name("newsrooms/n/suppressions/s" + std::to_string(++made_));
    const platform::WriteStamp stamp{"officer", "call", absl::Now()};
    const absl::Status status =
        database_.db().Write(absl::Now() + absl::Seconds(60), [&](platform::Session& session) -> absl::Status {
          if (auto inserted = InsertSuppression(session, "uid-of-n", stamp, record); !inserted.ok()) return inserted;
          return lifted ? LiftSuppression(session, "uid-of-n", stamp, record) : absl::OkStatus();
        });
    EXPECT_TRUE(status.ok()) << status;
  }
  bool IsSqlite() const { return std::string(GetParam()) == "sqlite"; }
  std::string Beside() const { return database_.options().sqlite_path + ".suppression-key"; }

  platform::TestDatabase database_{GetParam()};
  platform::TemporaryFolder folder_;
  platform::CapturedLog log_;
  int made_ = 0;
};

TEST_P(SuppressionKeyFileTest, IsReadWhenItIsNamed) {
  const auto keys = Open(Write(kTwo + "\n" + kOne + "\n"));
  ASSERT_TRUE(keys.ok()) << keys.status();
  EXPECT_EQ(keys->Ids(), SuppressionKeys::Parse(kTwo + "\n" + kOne)->Ids());
  EXPECT_TRUE(Open(Write(kOne, 0640)).ok()) << "a group may be the service's own";
}

TEST_P(SuppressionKeyFileTest, WithoutASettingOnlySqliteHasOne) {
  if (!IsSqlite()) {
    EXPECT_THAT(WhyNot(""), HasSubstr("suppression.key_file: must name the file"));
    return;
  }
  const auto keys = Open("");
  ASSERT_TRUE(keys.ok()) << keys.status();
  struct stat facts {};
  ASSERT_EQ(stat(Beside().c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0600U);
  EXPECT_FALSE(std::filesystem::exists(Beside() + ".new"));
  EXPECT_THAT(log_.Text(), HasSubstr("keep a copy"));
  EXPECT_EQ(Open("")->Ids(), keys->Ids()) << "made once";
}

TEST_P(SuppressionKeyFileTest, WhatANotFinishedStartLeftIsNoKey) {
  if (!IsSqlite()) return;
  std::ofstream(Beside() + ".new") << "12";
  EXPECT_TRUE(Open("").ok());
}

TEST_P(SuppressionKeyFileTest, SaysWhatIsWrongWithTheFile) {
  EXPECT_THAT(WhyNot(folder_.File("none")), HasSubstr("none is not a file"));
  EXPECT_FALSE(std::filesystem::exists(folder_.File("none"))) << "what is named is not made";
  EXPECT_THAT(WhyNot(folder_.path()), HasSubstr("is not a file"));
  EXPECT_THAT(WhyNot(Write(kOne, 0644)), HasSubstr("everybody on this machine: chmod 600"));
  EXPECT_THAT(WhyNot(Write(kOne, 0602)), HasSubstr("chmod 600"));
  EXPECT_THAT(WhyNot(Write("secret")), testing::AllOf(HasSubstr("line 1"), Not(HasSubstr("secret"))));
  EXPECT_THAT(WhyNot(Write("")), HasSubstr("no key"));
}

TEST_P(SuppressionKeyFileTest, ALostKeyStopsTheStart) {
  Suppress(kOne);
  Suppress(kOne);
  const std::string id = SuppressionKeys::Parse(kOne)->Ids().front();
  EXPECT_THAT(WhyNot(Write(kTwo)),
              testing::AllOf(HasSubstr(id), HasSubstr("2 suppressions"), HasSubstr("suppression.accept_lost_keys")));
  EXPECT_TRUE(Open(Write(kTwo + "\n" + kOne)).ok()) << "it was only rotated";
  const auto keys = Open(Write(kTwo), /*accept_lost_keys=*/true);
  ASSERT_TRUE(keys.ok()) << keys.status();
  EXPECT_THAT(log_.Text(), HasSubstr(id));
}

TEST_P(SuppressionKeyFileTest, AKeyThatNothingNeedsMayGo) {
  Suppress(kOne, /*lifted=*/true);
  EXPECT_TRUE(Open(Write(kTwo)).ok());
}

TEST_P(SuppressionKeyFileTest, AMissingFileIsNotMadeAnewWhenItIsNeeded) {
  if (!IsSqlite()) return;
  Suppress(kOne);
  EXPECT_THAT(WhyNot(""), HasSubstr("put it back"));
  EXPECT_FALSE(std::filesystem::exists(Beside()));
  EXPECT_TRUE(Open("", /*accept_lost_keys=*/true).ok());
  EXPECT_TRUE(std::filesystem::exists(Beside()));
}

INSTANTIATE_TEST_SUITE_P(Engines, SuppressionKeyFileTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts

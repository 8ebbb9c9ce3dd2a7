// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/suppression_keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace communique::contacts {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string kOne(64, '1');
const std::string kTwo = std::string(62, '2') + "aB";
const AddressKey kAnna = {v1::CHANNEL_EMAIL, "anna@example.org"};

SuppressionKeys Parsed(const std::string& file) {
  auto keys = SuppressionKeys::Parse(file);
  EXPECT_TRUE(keys.ok()) << keys.status();
  return keys.ok() ? *keys : SuppressionKeys();
}

TEST(SuppressionKeysTest, TheFirstWritesAndAllRecognise) {
  const SuppressionKeys old = Parsed(kOne);
  const SuppressionKeys rotated = Parsed(kTwo + "\n" + kOne + "\n");
  const auto before = old.Write(kAnna);
  const auto after = rotated.Write(kAnna);
  EXPECT_NE(before.mac, after.mac);
  EXPECT_EQ(before.key_id, old.Ids().front());
  EXPECT_EQ(after.key_id, rotated.Ids().front());
  EXPECT_THAT(rotated.Lookup(kAnna), ElementsAre(after.mac, before.mac));
  EXPECT_THAT(rotated.Ids(), ElementsAre(after.key_id, before.key_id));
}

// Known answers, by another implementation (Python's hmac): what a later version makes of stored hashes must not
// change.
TEST(SuppressionKeysTest, HashesStayWhatTheyAre) {
  const auto hash = Parsed(kOne).Write(kAnna);
  EXPECT_EQ(hash.mac, "538e4eea086302763f43ba222c2efb83b24439807546cd4241feb57f822d6e97");
  EXPECT_EQ(hash.key_id, "6488933ceece11db");
}

TEST(SuppressionKeysTest, ChannelsAreKeptApart) {
  const SuppressionKeys keys = Parsed(kOne);
  EXPECT_NE(keys.Write({v1::CHANNEL_EMAIL, "x"}).mac, keys.Write({v1::CHANNEL_PHONE, "x"}).mac);
}

TEST(SuppressionKeysTest, TheFileIsReadWithCare) {
  EXPECT_EQ(Parsed("# a comment\r\n\n  " + kOne + "  \r\n# the end").Ids(), Parsed(kOne).Ids());
  EXPECT_EQ(Parsed(std::string(62, '2') + "AB").Ids(), Parsed(kTwo).Ids()) << "case does not count";
  struct Case {
    std::string file;
    const char* why;
  };
  for (const Case& c : {Case{"", "no key"}, Case{"# only a comment\n", "no key"}, Case{kOne + "1\n", "line 1"},
                        Case{"\n" + kOne.substr(2), "line 2"}, Case{kOne.substr(1) + "g", "line 1"},
                        Case{kOne + "\n" + kOne, "line 2: this key stands above"}}) {
    const auto keys = SuppressionKeys::Parse(c.file);
    EXPECT_THAT(std::string(keys.status().message()), HasSubstr(c.why));
    EXPECT_THAT(std::string(keys.status().message()), testing::Not(HasSubstr("11111111"))) << "a secret";
  }
}

TEST(SuppressionKeysTest, NewFilesHaveKeysOfTheirOwn) {
  EXPECT_EQ(Parsed(SuppressionKeys::NewFile()).Ids().size(), 1U);
  EXPECT_NE(Parsed(SuppressionKeys::NewFile()).Ids(), Parsed(SuppressionKeys::NewFile()).Ids());
}

}  // namespace
}  // namespace communique::contacts

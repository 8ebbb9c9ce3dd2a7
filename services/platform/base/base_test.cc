// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <set>

#include "services/platform/base/random.h"
#include "services/platform/base/sha256.h"
#include "services/platform/base/uuid.h"

namespace communique::platform {
namespace {

TEST(Sha256Test, MatchesThePublishedVector) {
  EXPECT_EQ(ToHex(Sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256Test, HmacMatchesRfc4231Case2) {
  EXPECT_EQ(ToHex(HmacSha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(UuidTest, Version5MatchesRfc9562AppendixA4) {
  EXPECT_EQ(MakeUuidV5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com"),
            "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

TEST(UuidTest, Version7CarriesTheMillisecondAndSortsByIt) {
  const std::string early = MakeUuidV7(absl::FromUnixMillis(0x017F22E279B0));
  const std::string late = MakeUuidV7(absl::FromUnixMillis(0x017F22E279B1));
  EXPECT_EQ(early.substr(0, 13), "017f22e2-79b0");
  EXPECT_EQ(early[14], '7');
  EXPECT_LT(early, late);
  EXPECT_TRUE(IsUuid(early));
}

TEST(UuidTest, RefusesWhatIsNotOne) {
  EXPECT_FALSE(IsUuid(""));
  EXPECT_FALSE(IsUuid("017f22e2-79b0-7cc3-98c4-dc0c0c07398"));
  EXPECT_FALSE(IsUuid("017f22e2x79b0-7cc3-98c4-dc0c0c07398f"));
  EXPECT_TRUE(IsUuid("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"));
}

TEST(RandomTest, IdsDifferAndUseTheAlphabet) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = RandomId(10);
    EXPECT_EQ(id.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567"), std::string::npos) << id;
    EXPECT_TRUE(seen.insert(id).second);
  }
}

}  // namespace
}  // namespace communique::platform

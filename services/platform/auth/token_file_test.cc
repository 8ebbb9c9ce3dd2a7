// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/auth/token_file.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace communique::platform {
namespace {

using common::v1::PERMISSION_APPROVE;
using common::v1::PERMISSION_EDIT;

std::string GoodFile() {
  return absl::StrCat("tokens:\n  - principal: users/anna\n    sha256: ", ToHex(Sha256("secret")),
                      "\n    roles: [author]\n    newsrooms: [germany]\n    expires: 2027-01-31T00:00:00Z\n");
}

TEST(TokenFileTest, ReadsWhatTheHeaderShows) {
  const auto table = ParseTokenFile(GoodFile());
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->size(), 1U);
  const Token* token = table->Find(Sha256("secret"));
  ASSERT_NE(token, nullptr);
  EXPECT_EQ(token->principal->id(), "users/anna");
  EXPECT_TRUE(token->principal->Allows(PERMISSION_EDIT, "germany"));
  EXPECT_EQ(absl::FormatTime(token->expires, absl::UTCTimeZone()), "2027-01-31T00:00:00+00:00");
  EXPECT_EQ(table->Find(Sha256("Secret")), nullptr);
}

TEST(TokenFileTest, GrantsOfOneTokenAddUpAndTheEarliestExpiryHolds) {
  const std::string hash = ToHex(Sha256("t"));
  const auto table = ParseTokenFile(absl::StrCat(
      "tokens:\n- {principal: p, sha256: ", hash, ", roles: [author], newsrooms: [a]}\n- {principal: p, sha256: ", hash,
      ", roles: [approver], newsrooms: \"*\", expires: 2027-01-01T00:00:00Z}\n"));
  ASSERT_TRUE(table.ok()) << table.status();
  const Token* token = table->Find(Sha256("t"));
  ASSERT_NE(token, nullptr);
  EXPECT_TRUE(token->principal->Allows(PERMISSION_EDIT, "a"));
  EXPECT_FALSE(token->principal->Allows(PERMISSION_EDIT, "b"));
  EXPECT_TRUE(token->principal->Allows(PERMISSION_APPROVE, "-"));
  EXPECT_LT(token->expires, absl::InfiniteFuture());
}

struct WrongFile {
  const char* what;     // replaced
  const char* by;       // with this
  const char* message;  // is told
};

class WrongTokenFileTest : public testing::TestWithParam<WrongFile> {};

TEST_P(WrongTokenFileTest, IsRefusedByName) {
  const std::string yaml = absl::StrReplaceAll(GoodFile(), {{GetParam().what, GetParam().by}});
  ASSERT_NE(yaml, GoodFile());
  const auto table = ParseTokenFile(yaml);
  ASSERT_EQ(table.status().code(), absl::StatusCode::kInvalidArgument) << yaml;
  EXPECT_NE(table.status().message().find(GetParam().message), absl::string_view::npos) << table.status();
}

INSTANTIATE_TEST_SUITE_P(
    All, WrongTokenFileTest,
    testing::Values(
        WrongFile{"roles:", "role:", "line 4: unknown key \"role\""},
        WrongFile{"tokens:", "token:", "line 1: unknown key \"token\""},
        WrongFile{"[author]", "[autor]", "there is no role \"autor\"; there are: reader, author"},
        WrongFile{"[author]", "[]", "roles must be a list"}, WrongFile{"[author]", "author", "roles must be a list"},
        WrongFile{"sha256: ", "sha256: 0", "64 hexadecimal digits"},
        WrongFile{"sha256: 2", "sha256: g", "64 hexadecimal digits"},
        WrongFile{"users/anna", "anonymous", "that name is taken"},
        WrongFile{"users/anna", "anna smith", "without spaces"}, WrongFile{"users/anna", "", "must be a single value"},
        WrongFile{"[germany]", "[\"*\"]", "newsrooms must be"},
        WrongFile{"[germany]", "[newsrooms/germany]", "newsrooms must be"},
        WrongFile{"[germany]", "[]", "newsrooms must be"}, WrongFile{"2027-01-31T00:00:00Z", "soon", "expires must be"},
        WrongFile{"    newsrooms: [germany]\n", "", "the entry has no newsrooms"},
        WrongFile{"    expires: 2027-01-31T00:00:00Z\n", "    roles: [reader]\n", "the key roles stands twice"},
        WrongFile{"[germany]", "[germany", "not YAML"}));

TEST(TokenFileTest, RefusesAFileWithoutTokens) {
  for (const char* yaml : {"", "tokens:", "tokens: []", "[]", "tokens: {}", "hello"}) {
    EXPECT_EQ(ParseTokenFile(yaml).status().code(), absl::StatusCode::kInvalidArgument) << yaml;
  }
}

TEST(TokenFileTest, RefusesATokenOfTwoPrincipals) {
  const std::string hash = ToHex(Sha256("t"));
  const auto table = ParseTokenFile(absl::StrCat("tokens:\n- {principal: p, sha256: ", hash,
                                                 ", roles: [author], newsrooms: [a]}\n- {principal: q, ",
                                                 "sha256: ", hash, ", roles: [author], newsrooms: [a]}\n"));
  EXPECT_NE(table.status().message().find("line 3: this token is already that of p"), absl::string_view::npos)
      << table.status();
}

TEST(TokenFileTest, NeverTellsWhatStandsInPlaceOfAHash) {
  const auto table = ParseTokenFile(absl::StrReplaceAll(GoodFile(), {{"sha256: ", "sha256: my-secret-token #"}}));
  EXPECT_EQ(table.status().message().find("my-secret"), absl::string_view::npos) << table.status();
}

}  // namespace
}  // namespace communique::platform

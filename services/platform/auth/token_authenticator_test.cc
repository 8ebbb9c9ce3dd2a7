// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/auth/token_authenticator.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <fstream>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/base/random.h"
#include "services/platform/errors/error.h"
#include "services/platform/testing/fake_clock.h"

namespace communique::platform {
namespace {

std::string FileFor(std::string_view principal, std::string_view token, std::string_view more = "") {
  return absl::StrCat("tokens:\n- principal: ", std::string(principal), "\n  sha256: ", ToHex(Sha256(token)),
                      "\n  roles: [author]\n  newsrooms: \"*\"\n", std::string(more));
}

class TokenAuthenticatorTest : public testing::Test {
 protected:
  ~TokenAuthenticatorTest() override { std::remove(path_.c_str()); }

  void Write(std::string_view content) {
    std::ofstream file(path_, std::ios::binary | std::ios::trunc);
    file << content;
  }
  auto Open(absl::Duration reload_interval = absl::ZeroDuration()) {
    return TokenAuthenticator::Open({.path = path_, .reload_interval = reload_interval}, clock_, Log());
  }

  const std::string path_ = testing::TempDir() + "/tokens-" + RandomId(8) + ".yaml";
  FakeClock clock_;
};

TEST_F(TokenAuthenticatorTest, KnowsATokenAndNothingLikeIt) {
  Write(FileFor("anna", "s3cret"));
  const auto authenticator = Open();
  ASSERT_TRUE(authenticator.ok()) << authenticator.status();
  for (const char* right : {"Bearer s3cret", "bearer s3cret", "BEARER s3cret"}) {
    const auto principal = (*authenticator)->Authenticate({.authorization = right});
    ASSERT_TRUE(principal.ok()) << right << principal.status();
    EXPECT_EQ((*principal)->id(), "anna");
  }
  for (const char* wrong : {"Bearer s3cre", "Bearer s3cret ", "Bearer  s3cret", "Bearer ", "Bearer", "s3cret",
                            "Basic s3cret", "Bearer S3cret", " "}) {
    const auto principal = (*authenticator)->Authenticate({.authorization = wrong});
    EXPECT_EQ(principal.status().code(), absl::StatusCode::kUnauthenticated) << wrong;
    EXPECT_EQ(ReasonOf(principal.status()), Reason::ERROR_REASON_TOKEN_REQUIRED);
  }
}

TEST_F(TokenAuthenticatorTest, NoTokenIsAnonymous) {
  Write(FileFor("anna", "s3cret"));
  const auto authenticator = Open();
  ASSERT_TRUE(authenticator.ok());
  const auto principal = (*authenticator)->Authenticate({});
  ASSERT_TRUE(principal.ok());
  EXPECT_TRUE((*principal)->anonymous());
}

TEST_F(TokenAuthenticatorTest, ATokenEndsAtItsExpiry) {
  Write(FileFor("anna", "s3cret", absl::StrCat("  expires: ", absl::FormatTime(clock_.Now() + absl::Seconds(10)))));
  const auto authenticator = Open();
  ASSERT_TRUE(authenticator.ok()) << authenticator.status();
  clock_.Advance(absl::Milliseconds(9'999));
  EXPECT_TRUE((*authenticator)->Authenticate({.authorization = "Bearer s3cret"}).ok());
  clock_.Advance(absl::Milliseconds(1));
  const auto expired = (*authenticator)->Authenticate({.authorization = "Bearer s3cret"});
  EXPECT_EQ(expired.status().code(), absl::StatusCode::kUnauthenticated);
  EXPECT_NE(expired.status().message().find("expired"), absl::string_view::npos);
}

TEST_F(TokenAuthenticatorTest, DoesNotStartWithoutAGoodFile) {
  EXPECT_EQ(Open().status().code(), absl::StatusCode::kNotFound);
  Write("tokens: [{}]");
  EXPECT_EQ(Open().status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(TokenAuthenticatorTest, ANewFileReplacesTheOldAndABrokenOneDoesNot) {
  Write(FileFor("anna", "old"));
  const auto authenticator = Open();
  ASSERT_TRUE(authenticator.ok());
  Write(FileFor("anna", "new"));
  EXPECT_TRUE((*authenticator)->Reload().ok());
  EXPECT_FALSE((*authenticator)->Authenticate({.authorization = "Bearer old"}).ok());
  EXPECT_TRUE((*authenticator)->Authenticate({.authorization = "Bearer new"}).ok());

  Write("tokens:\n- principal: half a");
  EXPECT_FALSE((*authenticator)->Reload().ok());
  EXPECT_TRUE((*authenticator)->Authenticate({.authorization = "Bearer new"}).ok());
  std::remove(path_.c_str());
  EXPECT_FALSE((*authenticator)->Reload().ok());
  EXPECT_TRUE((*authenticator)->Authenticate({.authorization = "Bearer new"}).ok());
}

TEST_F(TokenAuthenticatorTest, ClaimsNoGoodFileWhereThereWasNone) {
  std::string text;
  const auto writer = LogWriter::ToFunction({.service = "test"}, [&](std::string_view line) { text += line; });
  Write("tokens: [{}]");
  EXPECT_FALSE(TokenAuthenticator::Open({.path = path_, .reload_interval = {}}, clock_, writer->log()).ok());
  ASSERT_TRUE(writer->Flush(absl::Seconds(10)));
  EXPECT_EQ(text, "");
}

TEST_F(TokenAuthenticatorTest, LogsABrokenFileOnceAndWithoutItsContent) {
  std::atomic<int> errors = 0;
  std::string line;
  const auto writer = LogWriter::ToFunction({.service = "test"}, [&](std::string_view text) {
    if (text.find("not usable") == std::string_view::npos) return;
    line = text;
    ++errors;
  });
  Write(FileFor("anna", "old"));
  const auto authenticator = TokenAuthenticator::Open({.path = path_, .reload_interval = {}}, clock_, writer->log());
  ASSERT_TRUE(authenticator.ok());
  Write("tokens:\n- principal: anna\n  sha256: s3cret\n");
  for (int i = 0; i < 3; ++i) EXPECT_FALSE((*authenticator)->Reload().ok());
  ASSERT_TRUE(writer->Flush(absl::Seconds(10)));
  EXPECT_EQ(errors, 1);
  EXPECT_NE(line.find("line 3"), std::string::npos) << line;
  EXPECT_EQ(line.find("s3cret"), std::string::npos) << line;
}

TEST_F(TokenAuthenticatorTest, SeesAChangeByItselfWhileCallsAreUnderWay) {
  Write(FileFor("anna", "old"));
  const auto opened = Open(absl::Milliseconds(2));
  ASSERT_TRUE(opened.ok());
  const TokenAuthenticator& authenticator = **opened;
  std::atomic<bool> stop = false;
  std::vector<std::thread> callers;
  for (int i = 0; i < 2; ++i) {
    callers.emplace_back([&] {
      while (!stop) (void)authenticator.Authenticate({.authorization = "Bearer old"});
    });
  }
  Write(FileFor("anna", "new"));
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!authenticator.Authenticate({.authorization = "Bearer new"}).ok() &&
         std::chrono::steady_clock::now() < give_up) {
    std::this_thread::yield();
  }
  EXPECT_TRUE(authenticator.Authenticate({.authorization = "Bearer new"}).ok());
  stop = true;
  for (std::thread& caller : callers) caller.join();
}

}  // namespace
}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/command_line.h"

#include <gmock/gmock.h>

#include <fstream>

#include "communique/releases/v1/newsroom_service.pb.h"
#include "services/platform/base/uuid.h"
#include "services/platform/errors/error.h"
#include "services/platform/testing/temporary_folder.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::StartsWith;

class CommandLineTest : public CommandTest {
 protected:
  void SetUp() override { server_.Answer("GetNewsroom", Load<releases::v1::Newsroom>("newsroom")); }

  std::multimap<std::string, std::string> LastMetadata() const { return server_.received().back().metadata; }
};

TEST_F(CommandLineTest, HelpSucceeds) {
  const Result result = RunElsewhere({"--help"});
  EXPECT_EQ(result.code, kExitOk);
  EXPECT_EQ(result.err, "");
  ExpectOutput("help", result.out);
  EXPECT_THAT(RunElsewhere({"release", "correct", "--help"}).out, HasSubstr("--notice"));
}

TEST_F(CommandLineTest, MistakesAreUsageErrorsAndCallNothing) {
  const std::vector<std::vector<std::string>> mistakes = {
      {},
      {"relase", "get"},
      {"release"},
      {"release", "get"},
      {"release", "get", "only-an-id"},
      {"release", "get", "newsrooms/a/editions/b"},
      {"release", "get", "a//b"},
      {"release", "get", "a/b", "c/d"},
      {"newsroom", "get", "a/b"},
      {"edition", "get", "a/b"},
      {"newsroom", "get", "a", "--output", "yaml"},
      {"newsroom", "get", "a", "--deadline", "10"},
      {"newsroom", "get", "a", "--deadline", "-1s"},
      {"newsroom", "get", "a", "--retries", "-1"},
      {"newsroom", "get", "a", "--request-id", "1"},
      {"newsroom", "get", "a", "--tls", "--plaintext"},
      {"newsroom", "get", "a", "--token", "x", "--token-file", "y"},
      {"newsroom", "get", "a", "--token", "tökén"},
      {"newsroom", "get", "a", "--token-file", "no/such/file"},
      {"newsroom", "get", "a", "--token-file", "-"},  // and standard input is empty
      {"newsroom", "list", "--limit", "0"},
      {"import", "no/such/file", "--newsroom", "a"},
      {"import", "-"},
      {"release", "publish", "a/b"},
      {"release", "publish", "a/b", "--language", "de", "--time-zone", "Europe/Zurich"},
      {"release", "correct", "a/b", "--language", "de", "--notice", "no language"},
      {"release", "correct", "a/b", "--language", "de", "--notice", "de="},
      {"release", "withdraw", "a/b"},
      {"release", "withdraw", "a/b", "--kind", "forever"},
      {"release", "return", "a/b"},
      {"edition", "list", "--newsroom", "a", "--release", "a/b"},
  };
  for (const auto& arguments : mistakes) {
    const Result result = Run(arguments);
    EXPECT_EQ(result.code, kExitUsage) << testing::PrintToString(arguments);
    EXPECT_EQ(result.out, "") << testing::PrintToString(arguments);
    EXPECT_THAT(result.err, StartsWith("communique: ")) << testing::PrintToString(arguments);
    EXPECT_THAT(result.err, HasSubstr("Run with --help")) << testing::PrintToString(arguments);
  }
  EXPECT_THAT(server_.received(), IsEmpty());
}

TEST_F(CommandLineTest, SaysWhatANameLooksLike) {
  EXPECT_EQ(Run({"release", "get", "abc"}).err,
            "communique: NAME: \"abc\" is no name: give NEWSROOM/RELEASE or newsrooms/NEWSROOM/releases/RELEASE\n"
            "Run with --help for more information.\n");
}

TEST_F(CommandLineTest, ShortNamesAreMadeWhole) {
  for (const char* name : {"igh-de", "newsrooms/igh-de"}) {
    EXPECT_EQ(Run({"newsroom", "get", name}).code, kExitOk);
    EXPECT_EQ(LastRequest<releases::v1::GetNewsroomRequest>("GetNewsroom").name(), "newsrooms/igh-de");
  }
}

TEST_F(CommandLineTest, OptionsStandBeforeOrBehindTheVerb) {
  EXPECT_THAT(Run({"--output", "json", "newsroom", "get", "a"}).out, StartsWith("{\n"));
  EXPECT_THAT(Run({"newsroom", "--output", "jsonl", "get", "a"}).out, StartsWith("{\"name\""));
}

TEST_F(CommandLineTest, WhatDoesNotExistHasAnExitCodeOfItsOwn) {
  server_.Fail("GetRelease", platform::NotFound("release", "newsrooms/a/releases/b"));
  const Result result = Run({"release", "get", "a/b"});
  EXPECT_EQ(result.code, kExitNotFound);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err,
            "communique: NOT_FOUND: there is no release newsrooms/a/releases/b\n"
            "  reason: NOT_FOUND\n"
            "  request id: fake-request\n");
}

TEST_F(CommandLineTest, ErrorsAreJsonForWhoAsksForIt) {
  server_.Fail("GetRelease", platform::NotFound("release", "newsrooms/a/releases/b"));
  const Result result = Run({"release", "get", "a/b", "--output", "jsonl"});
  EXPECT_THAT(result.err, StartsWith("{\"code\":5,\"message\":\"there is no release newsrooms/a/releases/b\","));
  EXPECT_EQ(result.code, kExitNotFound);
}

TEST_F(CommandLineTest, MistakesAreJsonForWhoAsksForIt) {
  for (const std::vector<std::string>& output :
       {std::vector<std::string>{"--output", "json"}, {"--output=json"}, {"--output", "jsonl"}}) {
    for (std::vector<std::string> mistake : {std::vector<std::string>{"release", "get", "only-an-id"}, {"relase"}}) {
      mistake.insert(mistake.end(), output.begin(), output.end());
      const Result result = Run(mistake);
      EXPECT_EQ(result.code, kExitUsage);
      EXPECT_THAT(result.err, StartsWith("{")) << result.err;
      EXPECT_THAT(result.err, HasSubstr("\"code\":")) << result.err;
    }
  }
  EXPECT_THAT(Run({"newsroom", "get", "a", "--output", "yaml"}).err, StartsWith("communique: "));
}

TEST_F(CommandLineTest, NoTokenIsAnonymous) {
  Run({"newsroom", "get", "a"});
  EXPECT_THAT(LastMetadata(), Not(Contains(Key("authorization"))));
}

TEST_F(CommandLineTest, TokensComeFromTheCommandLineAFileOrTheEnvironmentInThisOrder) {
  platform::TemporaryFolder folder;
  std::ofstream(folder.File("token")) << "from-file\n";
  environment_["COMMUNIQUE_TOKEN"] = "from-environment";
  Run({"newsroom", "get", "a"});
  EXPECT_THAT(LastMetadata(), Contains(Pair("authorization", "Bearer from-environment")));
  Run({"newsroom", "get", "a", "--token-file", folder.File("token")});
  EXPECT_THAT(LastMetadata(), Contains(Pair("authorization", "Bearer from-file")));
  Run({"newsroom", "get", "a", "--token", "from-option"});
  EXPECT_THAT(LastMetadata(), Contains(Pair("authorization", "Bearer from-option")));
  Run({"newsroom", "get", "a", "--token-file", "-"}, "from-input\n");
  EXPECT_THAT(LastMetadata(), Contains(Pair("authorization", "Bearer from-input")));
}

TEST_F(CommandLineTest, TheServerComesFromTheEnvironmentWhenNotGiven) {
  environment_["COMMUNIQUE_SERVER"] = server_.address();
  EXPECT_EQ(RunElsewhere({"newsroom", "get", "a"}).code, kExitOk);
  environment_["COMMUNIQUE_SERVER"] = "127.0.0.1:1";
  EXPECT_EQ(Run({"newsroom", "get", "a"}).code, kExitOk);
}

TEST_F(CommandLineTest, EveryCallHasARequestId) {
  Run({"newsroom", "get", "a"});
  const auto made = LastMetadata().find("x-request-id")->second;
  EXPECT_TRUE(platform::IsUuid(made)) << made;
  const std::string given = "01929e6d-2b3c-7d4e-8f50-a1b2c3d4e5f6";
  Run({"newsroom", "get", "a", "--request-id", given});
  EXPECT_THAT(LastMetadata(), Contains(Pair("x-request-id", given)));
}

}  // namespace
}  // namespace communique::command

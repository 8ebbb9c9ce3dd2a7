// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/completion.h"

#include <gmock/gmock.h>

#include <fstream>

#include "absl/strings/str_split.h"
#include "services/platform/testing/process.h"
#include "services/platform/testing/temporary_folder.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsSupersetOf;
using ::testing::Not;

// Sources the script in a real bash and asks it what it would offer.
class CompletionTest : public CommandTest {
 protected:
  std::vector<std::string> Complete(const std::string& words) {
    const std::string script = folder_.File("script");
    const std::string output = folder_.File("output");
    std::ofstream(script) << RunElsewhere({"completion", "bash"}).out << "COMP_WORDS=(" << words << ")\n"
                          << "COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_communique\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n";
    std::ofstream(output, std::ios::trunc).close();
    EXPECT_EQ(platform::RunProcess({"bash", "-u", script}, {"", output, {}}), 0);
    std::stringstream offered;
    offered << std::ifstream(output).rdbuf();
    return absl::StrSplit(offered.str(), '\n', absl::SkipEmpty());
  }

  platform::TemporaryFolder folder_;
};

TEST_F(CompletionTest, OffersVerbsAndOptions) {
  EXPECT_THAT(Complete("communique ''"), IsSupersetOf({"release", "edition", "watch", "--server", "--help"}));
  EXPECT_THAT(Complete("communique rel"), ElementsAre("release"));
  EXPECT_THAT(Complete("communique release re"), ElementsAre("render", "replace", "return", "reinstate"));
  EXPECT_THAT(Complete("communique contact ''"),
              IsSupersetOf({"create", "update", "get", "list", "search", "deactivate", "reactivate", "delete",
                            "undelete", "merge", "unmerge", "printable"}));
  EXPECT_THAT(Complete("communique organization ''"),
              IsSupersetOf({"create", "update", "delete", "undelete", "get", "list"}));
}

TEST_F(CompletionTest, OffersTheOptionsOfTheVerb) {
  EXPECT_THAT(Complete("communique release withdraw a/b --"), IsSupersetOf({"--kind", "--explanation", "--output"}));
  EXPECT_THAT(Complete("communique release submit a/b --"), Not(Contains("--kind")));
  EXPECT_THAT(Complete("communique contact create a/b --"),
              IsSupersetOf({"--person", "--desk", "--public", "--contacts-server"}));
  EXPECT_THAT(Complete("communique contact update a/b --"),
              IsSupersetOf({"--role", "--add-email", "--remove-phone", "--clear", "--etag", "--validate-only"}));
  EXPECT_THAT(Complete("communique contact merge a/b a/c --k"), ElementsAre("--keep-primary"));
  EXPECT_THAT(Complete("communique contact get a/b --p"), ElementsAre("--personal", "--plaintext"));
}

TEST_F(CompletionTest, OptionsBeforeTheVerbLeadNowhereElse) {
  EXPECT_THAT(Complete("communique --output json edition l"), ElementsAre("list"));
}

TEST_F(CompletionTest, LeavesNamesAndFilesToTheShell) {
  EXPECT_THAT(Complete("communique import rele"), ElementsAre());
}

}  // namespace
}  // namespace communique::command

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>

#include "communique/releases/v1/release_service.pb.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using releases::v1::BatchUpdateBlocksRequest;
using releases::v1::Release;
using releases::v1::UpdateReleaseRequest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ReleaseEditingVerbsTest : public CommandTest {
 protected:
  void SetUp() override {
    release_ = Load<Release>("release");
    server_.Answer("GetRelease", release_);
    server_.Answer("BatchUpdateBlocks", release_);
    server_.Answer("UpdateRelease", release_);
  }

  Result Edit(const std::string& block, const std::string& text) {
    return Run({"release", "edit", "a/b", "--block", block, "--text", text});
  }

  Release release_;
};

TEST_F(ReleaseEditingVerbsTest, EditReplacesOneBlockAsItWasRead) {
  EXPECT_EQ(Edit("n1", "Neuer Hinweis").code, kExitOk);
  EXPECT_THAT(Methods(), ElementsAre("GetRelease", "BatchUpdateBlocks"));
  auto request = LastRequest<BatchUpdateBlocksRequest>("BatchUpdateBlocks");
  EXPECT_EQ(request.request_id().size(), 36U);
  request.clear_request_id();
  EXPECT_EQ(
      request.ShortDebugString(),
      "name: \"newsrooms/a/releases/b\" changes { replace { block_id: \"n1\" paragraph { text: \"Neuer Hinweis\" } } "
      "etag: \"\\\"n1-etag\\\"\" }");
}

TEST_F(ReleaseEditingVerbsTest, EditTakesHeadingsAndTheLead) {
  EXPECT_EQ(Edit("b3", "- Boote").code, kExitOk);
  const auto heading = LastRequest<BatchUpdateBlocksRequest>("BatchUpdateBlocks").changes(0).replace().heading();
  EXPECT_EQ(heading.text(), "- Boote");
  EXPECT_EQ(heading.level(), 1);
  const Result lead = Edit("b1", "Kurz.");
  EXPECT_EQ(lead.err, "The new text is without the old one's 1 link or emphasis.\n");
  EXPECT_EQ(LastRequest<BatchUpdateBlocksRequest>("BatchUpdateBlocks").changes(0).replace().paragraph().markup_size(),
            0);
}

TEST_F(ReleaseEditingVerbsTest, EditRefusesWhatIsMoreThanOneText) {
  EXPECT_EQ(Edit("b2", "x").err,
            "communique: block b2 is a quote, which is more than one text; use communique release replace\n");
  EXPECT_THAT(Edit("b4", "x").err, HasSubstr("b4 is a list"));
  EXPECT_THAT(Edit("b9", "x").err, HasSubstr("there is no block b9"));
  EXPECT_EQ(Edit("b9", "x").code, kExitFailed);
}

TEST_F(ReleaseEditingVerbsTest, ReplaceInABlockSendsTheBlockAlone) {
  const Result result = Run({"release", "replace", "a/b", "Ufer.”", "Ufer.“"});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(
      result.out,
      HasSubstr("b2\n"
                "  - Umweltministerin Norma Fluter: „Wer einen Fluss aufräumt, kennt ihn danach bis ans andere Ufer.”\n"
                "  + Umweltministerin Norma Fluter: „Wer einen Fluss aufräumt, kennt ihn danach bis ans andere Ufer.“\n"
                "newsrooms/igh-de/releases/20261016-qwerty is PUBLISHED"));
  const auto change = LastRequest<BatchUpdateBlocksRequest>("BatchUpdateBlocks").changes(0);
  EXPECT_EQ(change.etag(), "\"b2-etag\"");
  EXPECT_EQ(change.replace().etag(), "");
  EXPECT_EQ(change.replace().quote().spans(1).quotation().closing(), "“");
}

TEST_F(ReleaseEditingVerbsTest, ReplaceOutsideBlocksSendsTheFieldWithTheReleasesEtag) {
  EXPECT_EQ(Run({"release", "replace", "a/b", "Hafenamt von Seeburg", "Hafenamt von Uferstadt"}).code, kExitOk);
  const auto request = LastRequest<UpdateReleaseRequest>("UpdateRelease");
  EXPECT_THAT(request.update_mask().paths(), ElementsAre("content.contact_lines"));
  EXPECT_EQ(request.release().etag(), "\"7\"");
  EXPECT_EQ(request.release().content().contact_lines(1).segments(0).value(), "Hafenamt von Uferstadt in Seeburg");
  // The server fills standing texts in and does not take them back.
  EXPECT_EQ(request.release().content().abouts(0).boilerplate_revision(), "3");
  EXPECT_EQ(request.release().content().abouts(0).blocks_size(), 0);
}

TEST_F(ReleaseEditingVerbsTest, ReplaceSaysWhatElseItTouchedAndWhatNot) {
  EXPECT_THAT(Run({"release", "replace", "a/b", "Norma Fluter", "N. Fluter"}).out,
              HasSubstr("  and in the speaker's Norma Fluter\n"));
  EXPECT_EQ(Run({"release", "replace", "a/b", "16. Oktober", "17. Oktober"}).err,
            "The dateline's date still means 10-16: only the printed words were changed.\n");
}

TEST_F(ReleaseEditingVerbsTest, ReplaceExplainsWhatItDoesNotDo) {
  const Result twice = Run({"release", "replace", "a/b", "drei Flüsse", "vier Flüsse"});
  EXPECT_EQ(twice.code, kExitFailed);
  ExpectOutput("replace_twice", twice.err);
  EXPECT_EQ(Run({"release", "replace", "a/b", "", "x"}).code, kExitUsage);
  EXPECT_THAT(Methods(), ElementsAre("GetRelease", "GetRelease"));
}

TEST_F(ReleaseEditingVerbsTest, TextsMayBeginWithADash) {
  EXPECT_EQ(Run({"release", "replace", "--server", server_.address(), "a/b", "--", "- zwölf", "- elf"}).code,
            kExitUsage);  // options behind -- are texts: Run adds one
  EXPECT_EQ(RunElsewhere({"release", "replace", "--server", server_.address(), "a/b", "--", "- zwölf", "- elf"}).code,
            kExitOk);
}

TEST_F(ReleaseEditingVerbsTest, AnEtagIsComparedBeforeAnythingIsSent) {
  const Result result = Run({"release", "replace", "a/b", "Fragen der Presse", "Fragen", "--etag", "\"6\""});
  EXPECT_EQ(result.code, kExitFailed);
  EXPECT_EQ(result.err, "communique: the release has changed: its etag is \"7\", not \"6\"\n");
  EXPECT_THAT(Methods(), ElementsAre("GetRelease"));
}

}  // namespace
}  // namespace communique::command

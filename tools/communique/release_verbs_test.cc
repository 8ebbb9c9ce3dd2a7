// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>

#include "communique/releases/v1/release_service.pb.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using releases::v1::ListReleasesResponse;
using releases::v1::Release;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class ReleaseVerbsTest : public CommandTest {
 protected:
  // Runs `release VERB …` and expects that the server got `method` with `request` (without its request id), after the
  // present etag was asked for.
  template <typename Request>
  void ExpectSends(std::vector<std::string> arguments, const std::string& method, const std::string& request) {
    server_.Answer("GetRelease", release_);
    server_.Answer(method, release_);
    arguments.insert(arguments.begin(), "release");
    const Result result = Run(arguments);
    EXPECT_EQ(result.code, kExitOk) << result.err;
    auto sent = LastRequest<Request>(method);
    EXPECT_EQ(sent.request_id().size(), 36U);
    sent.clear_request_id();
    EXPECT_EQ(sent.ShortDebugString(), R"(name: "newsrooms/a/releases/b" )" + request);
  }

  Release release_ = Load<Release>("release");
};

TEST_F(ReleaseVerbsTest, GetShowsItOnOnePage) {
  server_.Answer("GetRelease", release_);
  const Result result = Run({"release", "get", "igh-de/20261016-qwerty"});
  EXPECT_EQ(result.code, kExitOk);
  ExpectOutput("release_get", result.out);
}

TEST_F(ReleaseVerbsTest, GetGivesAllOfItAsJson) {
  server_.Answer("GetRelease", release_);
  ExpectOutput("release_get_json", Run({"release", "get", "igh-de/20261016-qwerty", "--output", "json"}).out);
}

TEST_F(ReleaseVerbsTest, ListAlignsColumns) {
  ListReleasesResponse list;
  *list.add_releases() = release_;
  auto* draft = list.add_releases();
  draft->set_name("newsrooms/igh-de/releases/20261017-a");
  draft->set_state(Release::STATE_IN_REVIEW);
  draft->mutable_content()->set_language("ar");
  draft->mutable_content()->set_headline("هيئة الأنهار الدولية");
  server_.Answer("ListReleases", list);
  ExpectOutput("release_list", Run({"release", "list", "--newsroom", "igh-de"}).out);
}

TEST_F(ReleaseVerbsTest, ListIsOfAllNewsroomsUnlessItSaysWhich) {
  server_.Answer("ListReleases", ListReleasesResponse());
  Run({"release", "list", "--filter", "state=\"DRAFT\"", "--order-by", "name", "--show-deleted", "--limit", "2000"});
  EXPECT_EQ(LastRequest<releases::v1::ListReleasesRequest>("ListReleases").ShortDebugString(),
            R"(parent: "newsrooms/-" page_size: 1000 filter: "state=\"DRAFT\"" order_by: "name" show_deleted: true)");
}

TEST_F(ReleaseVerbsTest, RenderWritesTheTextByteForByte) {
  releases::v1::Rendering rendering;
  rendering.set_text("\xef\xbb\xbf„Text“\r\n\x1b ohne Zeilenende");
  server_.Answer("RenderRelease", rendering);
  EXPECT_EQ(Run({"release", "render", "a/b"}).out, rendering.text());
  EXPECT_EQ(LastRequest<releases::v1::RenderReleaseRequest>("RenderRelease").ShortDebugString(),
            R"(name: "newsrooms/a/releases/b" format: RENDER_FORMAT_PLAIN_TEXT)");
  Run({"release", "render", "a/b", "--revision", "live", "--format", "markdown"});
  EXPECT_EQ(LastRequest<releases::v1::RenderReleaseRequest>("RenderRelease").ShortDebugString(),
            R"(name: "newsrooms/a/releases/b/revisions/live" format: RENDER_FORMAT_MARKDOWN)");
}

TEST_F(ReleaseVerbsTest, ReviewVerbs) {
  using namespace releases::v1;  // NOLINT(google-build-using-namespace): eleven request types, here alone.
  ExpectSends<SubmitReleaseRequest>({"submit", "a/b"}, "SubmitRelease", R"(etag: "\"7\"")");
  ExpectSends<ReturnReleaseRequest>({"return", "a/b", "--comment", "Jahr fehlt"}, "ReturnRelease",
                                    R"(etag: "\"7\"" comment: "Jahr fehlt")");
  ExpectSends<ApproveReleaseRequest>({"approve", "a/b", "--revision", "2"}, "ApproveRelease",
                                     R"(etag: "\"7\"" revision: "2")");
  ExpectSends<DeleteReleaseRequest>({"delete", "a/b", "--validate-only"}, "DeleteRelease",
                                    R"(etag: "\"7\"" validate_only: true)");
  ExpectSends<UndeleteReleaseRequest>({"undelete", "a/b"}, "UndeleteRelease", R"(etag: "\"7\"")");
}

TEST_F(ReleaseVerbsTest, PublicationVerbs) {
  using namespace releases::v1;  // NOLINT(google-build-using-namespace): as above.
  ExpectSends<PublishReleaseRequest>({"publish", "a/b", "--language", "de", "--language", "en,fr"}, "PublishRelease",
                                     R"(etag: "\"7\"" languages: "de" languages: "en" languages: "fr")");
  ExpectSends<PublishReleaseRequest>(
      {"publish", "--language", "de", "a/b", "--at", "2026-10-16T10:00", "--time-zone", "Europe/Zurich"},
      "PublishRelease",
      R"(etag: "\"7\"" languages: "de" publish_time { local: "2026-10-16T10:00" time_zone: "Europe/Zurich" })");
  ExpectSends<CorrectReleaseRequest>(
      {"correct", "a/b", "--language", "de", "--notice", "de=Falsch, richtig: a=b", "--notice", "en=Wrong"},
      "CorrectRelease",
      R"(etag: "\"7\"" languages: "de" notices { locale: "de" text: "Falsch, richtig: a=b" } )"
      R"(notices { locale: "en" text: "Wrong" })");
  ExpectSends<WithdrawReleaseRequest>({"withdraw", "a/b", "--kind", "gone"}, "WithdrawRelease",
                                      R"(etag: "\"7\"" withdrawal { kind: KIND_GONE })");
  ExpectSends<WithdrawReleaseRequest>(
      {"withdraw", "a/b", "--kind", "redirect", "--replacement", "a/c", "--explanation", "de=neu", "--language", "de"},
      "WithdrawRelease",
      R"(etag: "\"7\"" withdrawal { kind: KIND_REDIRECT explanations { locale: "de" text: "neu" } )"
      R"(replacement: "newsrooms/a/releases/c" } languages: "de")");
  ExpectSends<ReinstateReleaseRequest>({"reinstate", "a/b", "--language", "de"}, "ReinstateRelease",
                                       R"(etag: "\"7\"" languages: "de")");
}

TEST_F(ReleaseVerbsTest, AGivenEtagIsSentUnseen) {
  server_.Answer("SubmitRelease", release_);
  EXPECT_EQ(Run({"release", "submit", "a/b", "--etag", "\"3\""}).code, kExitOk);
  EXPECT_THAT(Methods(), ElementsAre("SubmitRelease"));
  EXPECT_EQ(LastRequest<releases::v1::SubmitReleaseRequest>("SubmitRelease").etag(), "\"3\"");
}

TEST_F(ReleaseVerbsTest, AVerbSaysWhatItLedTo) {
  server_.Answer("GetRelease", release_);
  server_.Answer("WithdrawRelease", release_);
  EXPECT_EQ(
      Run({"release", "withdraw", "a/b", "--kind", "gone"}).out,
      "newsrooms/igh-de/releases/20261016-qwerty is PUBLISHED, and a new text in DRAFT (revision: latest 2, live 1)\n"
      "Editions\n"
      "  de  2026-10-16 08:00:00 UTC  newsrooms/igh-de/releases/20261016-qwerty/editions/de\n");
  EXPECT_THAT(Run({"release", "withdraw", "a/b", "--kind", "gone", "--validate-only"}).out,
              StartsWith("Nothing was changed. It would be so:\nnewsrooms/igh-de/"));
  EXPECT_THAT(Run({"release", "withdraw", "a/b", "--kind", "gone", "--output", "json"}).out,
              StartsWith("{\n \"name\""));
}

TEST_F(ReleaseVerbsTest, ADeletionSaysUntilWhenItCanBeTakenBack) {
  release_.set_state(Release::STATE_DELETED);
  release_.clear_pending_state();
  release_.mutable_purge_time()->set_seconds(1794729600);
  server_.Answer("GetRelease", release_);
  server_.Answer("DeleteRelease", release_);
  EXPECT_THAT(Run({"release", "delete", "a/b"}).out, HasSubstr("It can be undeleted until 2026-11-15 08:00:00 UTC."));
}

TEST_F(ReleaseVerbsTest, AVerbOnWhatIsNotThereIsNotFound) {
  server_.Fail("GetRelease", absl::NotFoundError("no"));
  EXPECT_EQ(Run({"release", "submit", "a/b"}).code, kExitNotFound);
  EXPECT_THAT(Methods(), ElementsAre("GetRelease"));
}

}  // namespace
}  // namespace communique::command

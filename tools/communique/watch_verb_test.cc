// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>

#include "communique/releases/v1/edition_service.pb.h"
#include "communique/releases/v1/release_service.pb.h"
#include "services/platform/errors/error.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using platform::Reason;
using releases::v1::Change;
using releases::v1::WatchEditionsResponse;
using releases::v1::WatchReleasesRequest;
using releases::v1::WatchReleasesResponse;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class WatchVerbTest : public CommandTest {
 protected:
  void SetUp() override {
    releases::v1::ListReleasesResponse list;
    list.set_watch_token("now");
    server_.Answer("ListReleases", list);
  }

  static WatchReleasesResponse Event(const std::string& token, Change::Verb verb, const std::string& revision = "") {
    WatchReleasesResponse event;
    event.set_token(token);
    auto* change = event.mutable_change();
    change->set_verb(verb);
    change->set_resource("newsrooms/a/releases/b");
    if (!revision.empty()) change->set_revision("newsrooms/a/releases/b/revisions/" + revision);
    change->set_actor("anna");
    change->mutable_time()->set_seconds(1792137600);
    return event;
  }

  static WatchReleasesResponse Bookmark(const std::string& token) {
    WatchReleasesResponse bookmark;
    bookmark.set_token(token);
    return bookmark;
  }

  static absl::Status Ended() {
    return platform::Unavailable(Reason::ERROR_REASON_WATCH_ENDED, "the stream is old", absl::Milliseconds(10));
  }

  // The positions that were watched from.
  std::vector<std::string> Positions() const {
    std::vector<std::string> positions;
    for (const auto& received : server_.received()) {
      if (received.method == "WatchReleases") positions.push_back(received.As<WatchReleasesRequest>().watch_token());
    }
    return positions;
  }
};

TEST_F(WatchVerbTest, PrintsALinePerEvent) {
  server_.AnswerStream<WatchReleasesResponse>(
      "WatchReleases", {Event("1", Change::VERB_UPDATED), Bookmark("2"), Event("3", Change::VERB_APPROVED, "4")},
      absl::OkStatus());
  const Result result = Run({"watch", "--newsroom", "a", "--count", "2"});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_EQ(result.out,
            "2026-10-16 08:00:00 UTC  UPDATED  newsrooms/a/releases/b  by anna\n"
            "2026-10-16 08:00:00 UTC  APPROVED  newsrooms/a/releases/b  revision 4  by anna\n");
  EXPECT_EQ(LastRequest<WatchReleasesRequest>("WatchReleases").parent(), "newsrooms/a");
}

TEST_F(WatchVerbTest, BeginsNowOrWhereItIsTold) {
  server_.AnswerStream<WatchReleasesResponse>("WatchReleases", {Event("1", Change::VERB_UPDATED)}, absl::OkStatus());
  Run({"watch", "--count", "1"});
  Run({"watch", "--count", "1", "--from", "token"});
  EXPECT_THAT(Positions(), ElementsAre("now", "token"));
}

TEST_F(WatchVerbTest, GoesOnBehindTheLastEventWhenTheServerEndsTheStream) {
  server_.AnswerStream<WatchReleasesResponse>("WatchReleases", {Event("1", Change::VERB_UPDATED), Bookmark("2")},
                                              Ended());
  server_.AnswerStream<WatchReleasesResponse>("WatchReleases", {}, absl::UnavailableError("gone for a moment"));
  server_.AnswerStream<WatchReleasesResponse>("WatchReleases", {Event("3", Change::VERB_DELETED)}, absl::OkStatus());
  EXPECT_EQ(Run({"watch", "--count", "2"}).code, kExitOk);
  EXPECT_THAT(Positions(), ElementsAre("now", "2", "2"));
  EXPECT_THAT(pauses_, SizeIs(2));
}

TEST_F(WatchVerbTest, GivesUpWhenTheServerStaysAway) {
  server_.AnswerStream<WatchReleasesResponse>("WatchReleases", {Event("1", Change::VERB_UPDATED)}, Ended());
  server_.Fail("WatchReleases", absl::UnavailableError("gone"));
  const Result result = Run({"watch", "--retries", "3"});
  EXPECT_EQ(result.code, kExitFailed);
  EXPECT_THAT(Positions(), ElementsAre("now", "1", "1", "1"));
  EXPECT_THAT(result.err, HasSubstr("The last position was 1: go on from there with --from\n"));
}

TEST_F(WatchVerbTest, AnErrorThatStaysIsTold) {
  server_.Fail("WatchReleases",
               platform::MakeError(absl::StatusCode::kOutOfRange, Reason::ERROR_REASON_WATCH_TOO_OLD, "too old"));
  const Result result = Run({"watch", "--from", "old"});
  EXPECT_EQ(result.code, kExitFailed);
  EXPECT_THAT(result.err, HasSubstr("List again, and watch without --from."));
  EXPECT_THAT(pauses_, SizeIs(0));
}

TEST_F(WatchVerbTest, EndsWithSuccessAtItsDeadline) {
  server_.Hang("WatchReleases");
  EXPECT_EQ(Run({"watch", "--deadline", "200ms"}).code, kExitOk);
}

TEST_F(WatchVerbTest, JsonIsOneDocumentPerLine) {
  server_.AnswerStream<WatchReleasesResponse>(
      "WatchReleases", {Bookmark("1"), Event("2", Change::VERB_DELETED), Event("3", Change::VERB_UNDELETED)},
      absl::OkStatus());
  EXPECT_EQ(Run({"watch", "--count", "1", "--bookmarks", "--output", "json"}).out,
            "{\"token\":\"1\"}\n"
            "{\"token\":\"2\",\"change\":{\"verb\":\"VERB_DELETED\",\"resource\":\"newsrooms/a/releases/b\","
            "\"actor\":\"anna\",\"time\":\"2026-10-16T08:00:00Z\"}}\n");
}

TEST_F(WatchVerbTest, PublicShowsEditions) {
  releases::v1::ListEditionsResponse list;
  list.set_watch_token("public-now");
  server_.Answer("ListEditions", list);
  WatchEditionsResponse published;
  auto* change = published.mutable_change();
  change->set_verb(Change::VERB_PUBLISHED);
  change->mutable_time()->set_seconds(1792137600);
  change->mutable_edition()->set_name("newsrooms/a/releases/b/editions/de");
  change->mutable_edition()->set_visibility(releases::v1::Edition::VISIBILITY_LIVE);
  change->mutable_edition()->set_headline("Drei Flüsse\nsind frei");
  WatchEditionsResponse withdrawn = published;
  withdrawn.mutable_change()->set_verb(Change::VERB_WITHDRAWN);
  withdrawn.mutable_change()->mutable_edition()->set_visibility(releases::v1::Edition::VISIBILITY_TOMBSTONE);
  withdrawn.mutable_change()->mutable_edition()->clear_headline();
  server_.AnswerStream<WatchEditionsResponse>("WatchEditions", {published, withdrawn}, absl::OkStatus());
  EXPECT_EQ(Run({"watch", "--public", "--newsroom", "a", "--count", "2"}).out,
            "2026-10-16 08:00:00 UTC  PUBLISHED  newsrooms/a/releases/b/editions/de  LIVE  Drei Flüsse sind frei\n"
            "2026-10-16 08:00:00 UTC  WITHDRAWN  newsrooms/a/releases/b/editions/de  TOMBSTONE\n");
  EXPECT_EQ(LastRequest<releases::v1::WatchEditionsRequest>("WatchEditions").ShortDebugString(),
            R"(parent: "newsrooms/a/releases/-" watch_token: "public-now")");
}

}  // namespace
}  // namespace communique::command

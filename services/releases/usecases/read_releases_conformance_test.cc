// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "services/platform/errors/error.h"
#include "services/releases/storage/release_store.h"
#include "services/releases/testing/public_reader.h"
#include "services/releases/testing/release_driver.h"
#include "services/releases/usecases/read_releases.h"

namespace communique::releases {
namespace {

using platform::Reason;
using testing::ElementsAre;
using v1::Release;

class ReadReleasesTest : public testing::TestWithParam<const char*> {
 protected:
  ReadReleasesTest() { store_.MakeNewsroom("relief"); }

  absl::StatusOr<v1::ReleaseRevision> Revision(const std::string& alias) {
    v1::GetReleaseRevisionRequest request;
    request.set_name(release_.name() + "/revisions/" + alias);
    return GetReleaseRevision(store_.environment(), ReleasesStore::As("author"), request);
  }
  std::string HeadlineOf(const std::string& alias) {
    const auto revision = Revision(alias);
    return revision.ok() ? revision->content().headline() : std::string(revision.status().message());
  }
  absl::StatusOr<v1::ListReleasesResponse> List(const v1::ListReleasesRequest& request) {
    return ListReleases(store_.environment(), ReleasesStore::As("author"), request);
  }
  // The headlines of all pages.
  std::vector<std::string> Headlines(v1::ListReleasesRequest request) {
    std::vector<std::string> headlines;
    do {
      const auto page = List(request);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) break;
      EXPECT_TRUE(request.page_size() == 0 || page->releases_size() <= request.page_size());
      for (const auto& release : page->releases()) headlines.push_back(release.content().headline());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return headlines;
  }
  static v1::ListReleasesRequest In(const std::string& parent) {
    v1::ListReleasesRequest request;
    request.set_parent(parent);
    return request;
  }

  ReleasesStore store_{GetParam()};
  ReleaseDriver release_{store_, "newsrooms/relief", "flood"};
};

TEST_P(ReadReleasesTest, AliasesNameTheNewestAndThePublicRevision) {
  ASSERT_TRUE(release_.Create("Eins").ok());
  EXPECT_TRUE(absl::IsNotFound(Revision("latest").status()));
  EXPECT_TRUE(absl::IsNotFound(Revision("live").status()));
  ASSERT_TRUE(release_.SubmitAndApprove().ok());
  EXPECT_EQ(HeadlineOf("latest"), "Eins");
  EXPECT_TRUE(absl::IsNotFound(Revision("live").status()));
  ASSERT_TRUE(release_.Publish().ok());
  EXPECT_EQ(HeadlineOf("live"), "Eins");
  ASSERT_TRUE(release_.SetHeadline("Zwei").ok());
  ASSERT_TRUE(release_.Submit().ok());
  EXPECT_EQ(HeadlineOf("latest"), "Zwei");
  EXPECT_EQ(HeadlineOf("live"), "Eins");
  EXPECT_EQ(HeadlineOf("1"), "Eins");
  EXPECT_EQ(Revision("latest")->name(), release_.name() + "/revisions/2");
  EXPECT_TRUE(absl::IsNotFound(Revision("3").status()));
  for (const char* bad : {"0", "01", "-1", "newest", ""}) {
    EXPECT_TRUE(absl::IsInvalidArgument(Revision(bad).status())) << bad;
  }
}

TEST_P(ReadReleasesTest, ARevisionTellsItsApproval) {
  ASSERT_TRUE(release_.Create("Eins").ok());
  ASSERT_TRUE(release_.Submit().ok());
  EXPECT_FALSE(Revision("latest")->has_approval());
  ASSERT_TRUE(release_.Approve().ok());
  const auto approved = Revision("latest");
  EXPECT_EQ(approved->approval().approver(), "approver");
  EXPECT_EQ(approved->approval().digest(), approved->digest());
  // A return takes the approval back, of the revision too; and submitted again, it waits for a new one.
  ASSERT_TRUE(release_.Return().ok());
  EXPECT_FALSE(Revision("latest")->has_approval());
  ASSERT_TRUE(release_.SubmitAndApprove().ok());
  ASSERT_TRUE(release_.SetHeadline("Zwei").ok());
  ASSERT_TRUE(release_.SetHeadline("Eins").ok());
  ASSERT_TRUE(release_.Submit().ok());
  EXPECT_TRUE(release_.release().latest_revision().ends_with("/1"));
  EXPECT_FALSE(Revision("latest")->has_approval());
}

TEST_P(ReadReleasesTest, RevisionsAreListedByPagesFromTheNewest) {
  ASSERT_TRUE(release_.Create("0").ok());
  for (int i = 1; i <= 5; ++i) {
    ASSERT_TRUE(release_.SetHeadline(absl::StrCat("Fassung ", i)).ok());
    ASSERT_TRUE(release_.Submit().ok());
    ASSERT_TRUE(release_.Return().ok());
  }
  for (const int size : {0, 1, 2, 5}) {
    v1::ListReleaseRevisionsRequest request;
    request.set_parent(release_.name());
    request.set_page_size(size);
    std::vector<std::string> ends;
    do {
      const auto page = ListReleaseRevisions(store_.environment(), ReleasesStore::As("author"), request);
      ASSERT_TRUE(page.ok()) << page.status();
      for (const auto& revision : page->revisions()) {
        EXPECT_FALSE(revision.has_content());
        ends.push_back(revision.name().substr(revision.name().rfind('/')));
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    EXPECT_THAT(ends, ElementsAre("/5", "/4", "/3", "/2", "/1")) << size;
  }
  v1::ListReleaseRevisionsRequest request;
  request.set_parent(release_.name());
  request.set_page_token("nonsense");
  EXPECT_EQ(
      platform::ReasonOf(ListReleaseRevisions(store_.environment(), ReleasesStore::As("author"), request).status()),
      Reason::ERROR_REASON_PAGE_TOKEN_MISMATCH);
  request.clear_page_token();
  request.set_page_size(-1);
  EXPECT_TRUE(absl::IsInvalidArgument(
      ListReleaseRevisions(store_.environment(), ReleasesStore::As("author"), request).status()));
}

TEST_P(ReadReleasesTest, ListsByPagesOrdersAndFilters) {
  store_.MakeNewsroom("other");
  for (const char* headline : {"B", "D", "A", "C"}) {
    ReleaseDriver release(store_, headline[0] == 'D' ? "newsrooms/other" : "newsrooms/relief",
                          absl::StrCat("r-", headline[0] - 'A'));
    ASSERT_TRUE(release.Create(headline).ok());
    store_.clock().Advance(absl::Seconds(1));
  }
  for (const int size : {0, 1, 2}) {
    v1::ListReleasesRequest request = In("newsrooms/-");
    request.set_page_size(size);
    EXPECT_THAT(Headlines(request), ElementsAre("C", "A", "D", "B")) << size;
    request.set_order_by("name");
    EXPECT_THAT(Headlines(request), ElementsAre("D", "A", "B", "C")) << size;
    request.set_order_by("create_time");
    request.set_filter("headline != \"A\"");
    EXPECT_THAT(Headlines(request), ElementsAre("B", "D", "C")) << size;
  }
  EXPECT_THAT(Headlines(In("newsrooms/other")), ElementsAre("D"));
  EXPECT_TRUE(absl::IsNotFound(List(In("newsrooms/nobody")).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(List(In("newsrooms")).status()));
  v1::ListReleasesRequest request = In("newsrooms/relief");
  request.set_filter("embargo = 1");
  EXPECT_EQ(platform::ReasonOf(List(request).status()), Reason::ERROR_REASON_FILTER_INVALID);
  request.clear_filter();
  request.set_order_by("headline");
  EXPECT_TRUE(absl::IsInvalidArgument(List(request).status()));
}

TEST_P(ReadReleasesTest, DeletedOnesAreListedOnDemandUntilTheyArePurged) {
  ASSERT_TRUE(release_.Create("Weg").ok());
  ASSERT_TRUE(release_.Delete().ok());
  EXPECT_TRUE(Headlines(In("newsrooms/relief")).empty());
  v1::ListReleasesRequest request = In("newsrooms/relief");
  request.set_show_deleted(true);
  EXPECT_THAT(Headlines(request), ElementsAre("Weg"));
  ASSERT_TRUE(release_.Refresh().ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_DELETED);
  EXPECT_TRUE(release_.release().has_purge_time());

  const auto purge = [&] {
    std::int64_t purged = 0;
    EXPECT_TRUE(store_.db()
                    .Write(ReleasesStore::Soon(),
                           [&](platform::Session& session) {
                             const auto done = PurgeReleases(session, store_.clock().Now(), 100);
                             purged = done.ok() ? *done : -1;
                             return done.status();
                           })
                    .ok());
    return purged;
  };
  store_.clock().Advance(absl::Hours(24 * 30) - absl::Microseconds(1));
  EXPECT_EQ(purge(), 0);
  store_.clock().Advance(absl::Microseconds(1));
  EXPECT_EQ(purge(), 1);
  EXPECT_EQ(purge(), 0);
  EXPECT_TRUE(absl::IsNotFound(release_.Refresh()));
  EXPECT_TRUE(Headlines(request).empty());
  EXPECT_TRUE(absl::IsNotFound(release_.Undelete()));
  // The id stays taken.
  EXPECT_TRUE(absl::IsAlreadyExists(release_.Create("Wieder")));
}

TEST_P(ReadReleasesTest, ListsShowNoBodies) {
  ASSERT_TRUE(release_.Create("Kurz").ok());
  const auto page = List(In("newsrooms/relief"));
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->releases(0).content().headline(), "Kurz");
  EXPECT_FALSE(page->releases(0).content().has_lead());
  EXPECT_TRUE(page->releases(0).content().body().empty());
  EXPECT_TRUE(page->releases(0).content().contact_lines().empty());
  EXPECT_FALSE(page->watch_token().empty());
}

TEST_P(ReadReleasesTest, RendersTheWorkingContentOrARevision) {
  ASSERT_TRUE(release_.CreateApproved("Alt").ok());
  ASSERT_TRUE(release_.SetHeadline("Neu").ok());
  const auto render = [&](const std::string& name) {
    v1::RenderReleaseRequest request;
    request.set_name(name);
    request.set_format(v1::RENDER_FORMAT_PLAIN_TEXT);
    const auto rendering = RenderRelease(store_.environment(), ReleasesStore::As("author"), request);
    return rendering.ok() ? rendering->text().substr(0, rendering->text().find('\n')) : rendering.status().ToString();
  };
  EXPECT_EQ(render(release_.name()), "Neu");
  EXPECT_EQ(render(release_.name() + "/revisions/latest"), "Alt");
  EXPECT_EQ(render(release_.name() + "/revisions/1"), "Alt");
}

INSTANTIATE_TEST_SUITE_P(Engines, ReadReleasesTest, testing::ValuesIn(platform::TestDatabase::kEnginesAndPgBouncer),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::releases

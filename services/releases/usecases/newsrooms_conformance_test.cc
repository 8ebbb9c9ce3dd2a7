// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "services/platform/errors/error.h"
#include "services/releases/testing/public_reader.h"
#include "services/releases/usecases/newsrooms.h"

namespace communique::releases {
namespace {

using platform::Reason;
using testing::ElementsAre;
using testing::HasSubstr;

class NewsroomsTest : public testing::TestWithParam<const char*> {
 protected:
  absl::StatusOr<v1::Newsroom> Get(const std::string& id) {
    v1::GetNewsroomRequest request;
    request.set_name("newsrooms/" + id);
    return GetNewsroom(store_.environment(), ReleasesStore::As("admin"), request);
  }
  absl::StatusOr<Written<v1::Newsroom>> Update(const v1::Newsroom& newsroom, const std::vector<std::string>& mask) {
    v1::UpdateNewsroomRequest request;
    *request.mutable_newsroom() = newsroom;
    for (const auto& path : mask) request.mutable_update_mask()->add_paths(path);
    return UpdateNewsroom(store_.environment(), ReleasesStore::As("admin"), request);
  }
  absl::Status SetParent(const std::string& id, const std::string& parent) {
    v1::Newsroom newsroom;
    newsroom.set_name("newsrooms/" + id);
    newsroom.set_parent_newsroom(parent.empty() ? "" : "newsrooms/" + parent);
    return Update(newsroom, {"parent_newsroom"}).status();
  }
  std::vector<std::string> ListAll(v1::ListNewsroomsRequest request) {
    std::vector<std::string> names;
    do {
      const auto page = ListNewsrooms(store_.environment(), ReleasesStore::As("admin"), request);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) break;
      EXPECT_LE(page->newsrooms_size(), request.page_size() == 0 ? 50 : request.page_size());
      for (const auto& newsroom : page->newsrooms()) names.push_back(newsroom.name());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return names;
  }

  ReleasesStore store_{GetParam()};
  PublicReader reader_{store_.environment()};
};

TEST_P(NewsroomsTest, IsMadeReadAndTold) {
  const v1::Newsroom made = store_.MakeNewsroom("relief");
  EXPECT_EQ(made.name(), "newsrooms/relief");
  EXPECT_FALSE(made.uid().empty());
  EXPECT_FALSE(made.etag().empty());
  EXPECT_TRUE(made.has_create_time());
  const auto read = Get("relief");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->SerializeAsString(), made.SerializeAsString());
  const auto feed = reader_.Feed(platform::Feed::kInternal);
  ASSERT_EQ(feed.size(), 1U);
  EXPECT_EQ(feed[0]->change.name, "newsrooms/relief");
  EXPECT_EQ(feed[0]->change.newsroom, "newsrooms/relief");
  EXPECT_EQ(feed[0]->change.type, "newsroom");
  EXPECT_EQ(feed[0]->change.verb, "CREATED");
  EXPECT_EQ(feed[0]->actor, "admin");
  EXPECT_TRUE(reader_.Feed(platform::Feed::kPublic).empty());
}

TEST_P(NewsroomsTest, WhatIsLeftOutIsFilledIn) {
  v1::CreateNewsroomRequest request;
  request.set_newsroom_id("small");
  request.mutable_newsroom()->set_display_name("Klein");
  request.mutable_newsroom()->set_source_language("DE-ch");
  const auto made = CreateNewsroom(store_.environment(), ReleasesStore::As("admin"), request);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->value.source_language(), "de-CH");
  ASSERT_EQ(made->value.languages_size(), 1);
  EXPECT_EQ(made->value.languages(0), "de-CH");
  EXPECT_EQ(made->value.time_zone(), "UTC");
}

TEST_P(NewsroomsTest, AnIdIsTakenOnce) {
  store_.MakeNewsroom("relief");
  v1::CreateNewsroomRequest request;
  request.set_newsroom_id("relief");
  request.mutable_newsroom()->set_display_name("Zweite");
  request.mutable_newsroom()->set_source_language("de");
  const auto again = CreateNewsroom(store_.environment(), ReleasesStore::As("admin"), request);
  EXPECT_EQ(platform::ReasonOf(again.status()), Reason::ERROR_REASON_ALREADY_EXISTS);
  request.set_newsroom_id("Relief");
  EXPECT_THAT(CreateNewsroom(store_.environment(), ReleasesStore::As("admin"), request).status().message(),
              HasSubstr("newsroom_id"));
  EXPECT_TRUE(absl::IsNotFound(Get("nobody").status()));
  v1::GetNewsroomRequest bad;
  bad.set_name("newsrooms/relief/x");
  EXPECT_TRUE(absl::IsInvalidArgument(GetNewsroom(store_.environment(), ReleasesStore::As("admin"), bad).status()));
}

TEST_P(NewsroomsTest, AllThatIsWrongIsToldTogetherAndOnce) {
  v1::CreateNewsroomRequest request;
  request.set_newsroom_id("No good id");
  request.mutable_newsroom()->set_display_name(" ");
  request.mutable_newsroom()->set_source_language("Deutsch, bitte");
  request.mutable_newsroom()->set_time_zone("Berlin");
  const auto fields = [&] {
    const auto made = CreateNewsroom(store_.environment(), ReleasesStore::As("admin"), request);
    EXPECT_EQ(platform::ReasonOf(made.status()), Reason::ERROR_REASON_FIELD_INVALID) << made.status();
    return ViolatedFields(made.status());
  };
  EXPECT_THAT(fields(),
              ElementsAre("newsroom_id", "newsroom.display_name", "newsroom.source_language", "newsroom.time_zone"));
  request.mutable_newsroom()->set_parent_newsroom("newsrooms/nobody");
  EXPECT_EQ(fields().size(), 4U);
  // An id that is wrong alone is told, too, whatever else is not as it should be.
  *request.mutable_newsroom() = v1::Newsroom();
  request.mutable_newsroom()->set_display_name("Relief");
  request.mutable_newsroom()->set_source_language("de");
  request.mutable_newsroom()->set_parent_newsroom("newsrooms/nobody");
  EXPECT_THAT(fields(), ElementsAre("newsroom_id"));
}

TEST_P(NewsroomsTest, AMaskChangesWhatItNames) {
  const v1::Newsroom made = store_.MakeNewsroom("relief");
  v1::Newsroom change;
  change.set_name(made.name());
  change.set_display_name("Neuer Name");
  change.set_end_mark("***");
  change.set_uid("nobody's business");
  const auto masked = Update(change, {"display_name", "uid"});
  ASSERT_TRUE(masked.ok()) << masked.status();
  EXPECT_EQ(masked->value.display_name(), "Neuer Name");
  EXPECT_EQ(masked->value.end_mark(), "");
  EXPECT_EQ(masked->value.uid(), made.uid());
  EXPECT_EQ(masked->value.languages_size(), 2);
  EXPECT_NE(masked->value.etag(), made.etag());

  // Without a mask: every field that is set.
  const auto unmasked = Update(change, {});
  ASSERT_TRUE(unmasked.ok()) << unmasked.status();
  EXPECT_EQ(unmasked->value.end_mark(), "***");
  EXPECT_EQ(unmasked->value.time_zone(), "Europe/Berlin");

  // With "*": all of them.
  change.set_source_language("de");
  const auto whole = Update(change, {"*"});
  ASSERT_TRUE(whole.ok()) << whole.status();
  EXPECT_EQ(whole->value.languages_size(), 1);
  EXPECT_EQ(whole->value.time_zone(), "UTC");
  EXPECT_EQ(whole->value.uid(), made.uid());

  EXPECT_THAT(Update(change, {"display_nam"}).status().message(), HasSubstr("update_mask"));
}

TEST_P(NewsroomsTest, AnEtagGuardsAgainstOverwriting) {
  const v1::Newsroom made = store_.MakeNewsroom("relief");
  v1::Newsroom change = made;
  change.set_display_name("Erste");
  const auto first = Update(change, {"display_name"});
  ASSERT_TRUE(first.ok()) << first.status();
  change.set_display_name("Zweite");
  const auto second = Update(change, {"display_name"});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(platform::ErrorMetadataValue(second.status(), "etag"), first->value.etag());
  change.set_etag("nonsense");
  EXPECT_EQ(Update(change, {"display_name"}).status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(Get("relief")->display_name(), "Erste");
}

TEST_P(NewsroomsTest, TheSameAgainWritesNothing) {
  const v1::Newsroom made = store_.MakeNewsroom("relief");
  const auto same = Update(made, {"*"});
  ASSERT_TRUE(same.ok()) << same.status();
  EXPECT_EQ(same->value.etag(), made.etag());
  EXPECT_EQ(same->position, 0);
  EXPECT_EQ(reader_.Feed(platform::Feed::kInternal).size(), 1U);
}

TEST_P(NewsroomsTest, ARepeatedRequestIsMadeOnce) {
  v1::CreateNewsroomRequest request;
  request.set_newsroom_id("relief");
  request.mutable_newsroom()->set_display_name("Einmal");
  request.mutable_newsroom()->set_source_language("de");
  request.set_request_id("7b0a4a4e-6d0b-4c4e-9d0a-3d9f6b0c1d2e");
  const auto first = CreateNewsroom(store_.environment(), ReleasesStore::As("admin"), request);
  ASSERT_TRUE(first.ok()) << first.status();
  const auto again = CreateNewsroom(store_.environment(), ReleasesStore::As("admin"), request);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->value.SerializeAsString(), first->value.SerializeAsString());
  EXPECT_EQ(reader_.Feed(platform::Feed::kInternal).size(), 1U);
  // Somebody else's request_id is another one.
  EXPECT_TRUE(
      absl::IsAlreadyExists(CreateNewsroom(store_.environment(), ReleasesStore::As("other"), request).status()));
  request.set_request_id("no uuid");
  EXPECT_THAT(CreateNewsroom(store_.environment(), ReleasesStore::As("admin"), request).status().message(),
              HasSubstr("request_id"));
}

TEST_P(NewsroomsTest, ValidatingOnlyMakesNothing) {
  v1::CreateNewsroomRequest request;
  request.set_newsroom_id("relief");
  request.mutable_newsroom()->set_display_name("Probe");
  request.mutable_newsroom()->set_source_language("de");
  request.set_validate_only(true);
  const auto tried = CreateNewsroom(store_.environment(), ReleasesStore::As("admin"), request);
  ASSERT_TRUE(tried.ok()) << tried.status();
  EXPECT_EQ(tried->value.name(), "newsrooms/relief");
  EXPECT_TRUE(absl::IsNotFound(Get("relief").status()));
  EXPECT_TRUE(reader_.Feed(platform::Feed::kInternal).empty());
}

TEST_P(NewsroomsTest, ListsByPagesAndFilters) {
  for (const char* id : {"b", "d", "a", "c", "e"}) store_.MakeNewsroom(id);
  ASSERT_TRUE(SetParent("c", "a").ok());
  v1::ListNewsroomsRequest request;
  const std::vector<std::string> all = {"newsrooms/a", "newsrooms/b", "newsrooms/c", "newsrooms/d", "newsrooms/e"};
  EXPECT_EQ(ListAll(request), all);
  for (const int size : {1, 2, 5}) {
    request.set_page_size(size);
    EXPECT_EQ(ListAll(request), all) << size;
  }
  request.set_filter("parent_newsroom = \"newsrooms/a\"");
  EXPECT_EQ(ListAll(request), std::vector<std::string>{"newsrooms/c"});
  request.clear_filter();
  request.set_order_by("name desc");
  EXPECT_EQ(ListAll(request), std::vector<std::string>(all.rbegin(), all.rend()));

  const auto error = [&] {
    return platform::ReasonOf(ListNewsrooms(store_.environment(), ReleasesStore::As("admin"), request).status());
  };
  request.set_page_token("nonsense");
  EXPECT_EQ(error(), Reason::ERROR_REASON_PAGE_TOKEN_MISMATCH);
  request.clear_page_token();
  request.set_filter("secret = 1");
  EXPECT_EQ(error(), Reason::ERROR_REASON_FILTER_INVALID);
  request.clear_filter();
  request.set_page_size(-1);
  EXPECT_EQ(error(), Reason::ERROR_REASON_FIELD_INVALID);
}

TEST_P(NewsroomsTest, TheTreeEndsAndIsNotTooDeep) {
  for (int i = 0; i <= 10; ++i) store_.MakeNewsroom(absl::StrCat("n", i));
  EXPECT_EQ(platform::ReasonOf(SetParent("n0", "n0")), Reason::ERROR_REASON_PARENT_CYCLE);
  EXPECT_TRUE(absl::IsNotFound(SetParent("n0", "nobody")));
  // Ten levels are allowed: n0 at the top, n9 at the bottom.
  for (int i = 1; i <= 9; ++i) EXPECT_TRUE(SetParent(absl::StrCat("n", i), absl::StrCat("n", i - 1)).ok()) << i;
  EXPECT_THAT(SetParent("n10", "n9").message(), HasSubstr("10 levels"));
  EXPECT_EQ(platform::ReasonOf(SetParent("n0", "n9")), Reason::ERROR_REASON_PARENT_CYCLE);
  EXPECT_EQ(platform::ReasonOf(SetParent("n3", "n7")), Reason::ERROR_REASON_PARENT_CYCLE);
  EXPECT_TRUE(SetParent("n9", "").ok());
  EXPECT_TRUE(SetParent("n10", "n9").ok());
}

TEST_P(NewsroomsTest, WhatIsNotEnforcedYetIsRefused) {
  v1::Newsroom change = store_.MakeNewsroom("relief");
  change.set_duty_contact("contacts/x");
  EXPECT_EQ(platform::ReasonOf(Update(change, {"duty_contact"}).status()), Reason::ERROR_REASON_FIELD_NOT_SUPPORTED);
}

INSTANTIATE_TEST_SUITE_P(Engines, NewsroomsTest, testing::ValuesIn(platform::TestDatabase::kEnginesAndPgBouncer),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::releases

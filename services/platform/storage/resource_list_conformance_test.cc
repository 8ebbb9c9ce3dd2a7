// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/testing/desk_table.h"

namespace communique::platform {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ResourceListConformanceTest : public DeskTableTest {};

TEST_P(ResourceListConformanceTest, OrdersByBytesOnEveryEngine) {
  for (const char* title : {"ä", "a10", "a9", "B", "a", "Z", ""}) Add(MakeDesk(absl::StrCat("id-", title), title));
  EXPECT_THAT(Titles(Query()), ElementsAre("", "B", "Z", "a", "a10", "a9", "ä"));
  EXPECT_THAT(Titles(Query("", "title desc")), ElementsAre("ä", "a9", "a10", "a", "Z", "B", ""));
  EXPECT_THAT(Titles(Query("title > Z")), ElementsAre("a", "a10", "a9", "ä"));
  EXPECT_THAT(Titles(Query("title = \"a*\"")), ElementsAre("a", "a10", "a9"));
  EXPECT_THAT(Titles(Query("title != \"a*\"")), ElementsAre("", "B", "Z", "ä"));
}

TEST_P(ResourceListConformanceTest, Filters) {
  Desk a = MakeDesk("a", "A", 1, {"climate change", "migration"});
  a.set_kind(Desk::KIND_PRESS);
  Desk b = MakeDesk("b", "B", 2, {"migration"});
  b.set_open(true);
  Desk c = MakeDesk("c", "C", 3);
  c.set_kind(Desk::KIND_DUTY);
  Add(a);
  Add(b, absl::Seconds(1));
  Add(c, absl::Seconds(2));
  EXPECT_THAT(Titles(Query("seats >= 2")), ElementsAre("B", "C"));
  EXPECT_THAT(Titles(Query("topics:\"climate change\"")), ElementsAre("A"));
  EXPECT_THAT(Titles(Query("topics:migration -topics:\"climate change\"")), ElementsAre("B"));
  EXPECT_THAT(Titles(Query("-topics:*")), ElementsAre("C"));
  EXPECT_THAT(Titles(Query("kind = PRESS OR open = true")), ElementsAre("A", "B"));
  EXPECT_THAT(Titles(Query("kind != KIND_DUTY AND (seats = 1 OR seats = 3)")), ElementsAre("A"));
  EXPECT_THAT(Titles(Query(absl::StrCat("create_time > \"", absl::FormatTime(kNow, absl::UTCTimeZone()), "\""))),
              ElementsAre("B", "C"));
  EXPECT_THAT(Titles(Query("NOT (seats < 3)")), ElementsAre("C"));
  const auto bad = List(Query("seats ~ 3"));
  EXPECT_EQ(ReasonOf(bad.status()), Reason::ERROR_REASON_FILTER_INVALID);
}

TEST_P(ResourceListConformanceTest, PagesShowEveryRowOnceInEveryOrder) {
  std::vector<std::string> all;
  for (int i = 0; i < 60; ++i) {
    Add(MakeDesk(absl::StrCat("id", i), absl::StrCat("t", i % 7), i % 3), absl::Microseconds(i / 4));
    all.push_back(absl::StrCat("t", i % 7));
  }
  for (const char* order : {"", "title", "title desc", "seats desc, title", "seats, title desc", "update_time desc"}) {
    ListQuery query = Query("", order);
    const std::vector<std::string> whole = Titles(query);
    EXPECT_THAT(whole, testing::UnorderedElementsAreArray(all)) << order;
    for (int size : {1, 7, 24, 25, 26, 59, 60}) {
      query.page_size = size;
      EXPECT_EQ(Titles(query), whole) << order << " by " << size;
    }
  }
}

TEST_P(ResourceListConformanceTest, APageStopsAtItsSizeInRowsAndBytes) {
  ResourceSchema<Desk> schema = Schema();
  schema.limits.default_page_size = 3;
  schema.limits.max_page_size = 4;
  schema.limits.max_page_bytes = 2500;
  table_ = ResourceTable<Desk>(std::move(schema));
  for (int i = 0; i < 9; ++i) Add(MakeDesk(absl::StrCat("id", i), absl::StrCat("t", i)));
  ListQuery query = Query();
  EXPECT_EQ(List(query)->resources.size(), 3U);
  query.page_size = 2;
  EXPECT_EQ(List(query)->resources.size(), 2U);
  query.page_size = 1000;
  EXPECT_EQ(List(query)->resources.size(), 4U);
  query.page_size = -1;
  EXPECT_THAT(std::string(List(query).status().message()), HasSubstr("page_size: must not be negative"));

  for (int i = 0; i < 4; ++i) Add(MakeDesk(absl::StrCat("big", i), absl::StrCat(std::string(1000, 'x'), i)));
  Add(MakeDesk("huge", std::string(5000, 'y')));
  query = Query("title >= x");
  query.page_size = 4;
  auto page = List(query);
  EXPECT_EQ(page->resources.size(), 2U) << "a third would pass 2500 bytes";
  query.page_token = page->next_page_token;
  EXPECT_EQ(List(query)->resources.size(), 2U);
  query.page_token = List(query)->next_page_token;
  page = List(query);
  EXPECT_EQ(page->resources.size(), 1U) << "a page has one row at least";
  EXPECT_EQ(page->next_page_token, "");
}

TEST_P(ResourceListConformanceTest, AListGoesOnFromItsTokenWhateverChanged) {
  std::vector<std::string> uids;
  for (int i = 0; i < 6; ++i) uids.push_back(Add(MakeDesk(absl::StrCat("id", i), absl::StrCat("t", i))));
  ListQuery query = Query();
  query.page_size = 2;
  query.page_token = List(query)->next_page_token;
  ASSERT_TRUE(Write([&](Session& session) { return table_.SoftDelete(session, By("b"), Key(uids[1]), ""); }).ok());
  Add(MakeDesk("early", "t0a"));
  Add(MakeDesk("late", "t9"));
  EXPECT_THAT(Titles(query), ElementsAre("t2", "t3", "t4", "t5", "t9"));
}

TEST_P(ResourceListConformanceTest, ATokenOfAnotherListIsRefused) {
  for (int i = 0; i < 3; ++i) Add(MakeDesk(absl::StrCat("id", i), absl::StrCat("t", i)));
  ListQuery query = Query();
  query.page_size = 1;
  query.page_token = List(query)->next_page_token;
  ASSERT_TRUE(List(query).ok());
  std::vector<ListQuery> others(6, query);
  others[0].filter = "seats = 0";
  others[1].order_by = "title desc";
  others[2].parent = "newsrooms/m";
  others[3].audience = "anonymous";
  others[4].method = "ListChairs";
  others[5].show_deleted = true;
  for (const ListQuery& other : others) {
    EXPECT_EQ(ReasonOf(List(other).status()), Reason::ERROR_REASON_PAGE_TOKEN_MISMATCH);
  }
  query.page_size = 2;
  EXPECT_TRUE(List(query).ok()) << "the page size may change";
}

TEST_P(ResourceListConformanceTest, TheCallersConditionHoldsForEveryRow) {
  Add(MakeDesk("a", "A", 1));
  Add(MakeDesk("b", "B", 2));
  ListQuery query = Query("seats = 1 OR seats = 2");
  query.condition = "t.seats > :least OR t.title = :title";
  query.condition_params = {{"least", 1}, {"title", "nobody"}};
  EXPECT_THAT(Titles(query), ElementsAre("B"));
  query.newsroom_uid = kOtherNewsroom;
  EXPECT_THAT(Titles(query), IsEmpty());
  query.newsroom_uid.reset();
  EXPECT_THAT(Titles(query), ElementsAre("B"));
}

INSTANTIATE_TEST_SUITE_P(Engines, ResourceListConformanceTest, testing::ValuesIn(TestDatabase::kEnginesAndPgBouncer),
                         TestDatabase::Name);

}  // namespace
}  // namespace communique::platform

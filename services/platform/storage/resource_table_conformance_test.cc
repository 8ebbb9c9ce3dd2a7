// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "desk.pb.h"
#include "services/platform/base/uuid.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/migrations.h"
#include "services/platform/storage/resource_table.h"
#include "services/platform/testing/test_database.h"

namespace communique::platform {

// Made from testdata/resource_migrations.
const MigrationSet& ResourceTestMigrations();

namespace {

using testdata::Desk;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kNewsroom[] = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
constexpr char kOtherNewsroom[] = "017f22e2-79b0-7cc3-98c4-dc0c0c073990";
const absl::Time kNow = absl::FromUnixMicros(1'790'000'000'123'456);

absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

ResourceSchema<Desk> Schema() {
  ResourceSchema<Desk> schema;
  schema.table = "desks";
  schema.type = "desk";
  schema.columns = {{"desk_id", [](const Desk& desk) -> Value { return desk.desk_id(); }},
                    {"title", [](const Desk& desk) -> Value { return desk.title(); }},
                    {"seats", [](const Desk& desk) -> Value { return desk.seats(); }},
                    {"kind", [](const Desk& desk) -> Value { return std::int64_t{desk.kind()}; }},
                    {"open", [](const Desk& desk) -> Value { return std::int64_t{desk.open()}; }}};
  schema.child_tables = {{"desk_topics", [](const Desk& desk) {
                            return std::vector<std::string>(desk.topics().begin(), desk.topics().end());
                          }}};
  schema.filter_fields = {{"title", FilterField::Text("title")},
                          {"seats", FilterField::Int("seats")},
                          {"kind", FilterField::Enum("kind", Desk::Kind_descriptor())},
                          {"open", FilterField::Bool("open")},
                          {"topics", FilterField::RepeatedText("desk_topics")},
                          {"delete_time", FilterField::Timestamp("delete_us")}};
  schema.order_fields = {{"title", {"title", ColumnType::kText}}, {"seats", {"seats", ColumnType::kInt}}};
  return schema;
}

class ResourceTableConformanceTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const absl::Status status = Migrate(test_.db(), {&ResourceTestMigrations()}, kNow, Soon());
    ASSERT_TRUE(status.ok()) << status;
  }

  // Runs `work` in one transaction of its own.
  template <typename Work>
  auto Write(const Work& work) {
    decltype(work(std::declval<Session&>())) result = absl::UnknownError("not run");
    const absl::Status status = test_.db().Write(Soon(), [&](Session& session) {
      result = work(session);
      return result.status();
    });
    return status.ok() ? std::move(result) : decltype(result)(status);
  }

  template <typename Work>
  auto Read(const Work& work) {
    decltype(work(std::declval<Session&>())) result = absl::UnknownError("not run");
    const absl::Status status = test_.db().Read(Soon(), [&](Session& session) {
      result = work(session);
      return result.status();
    });
    return status.ok() ? std::move(result) : decltype(result)(status);
  }

  static ResourceKey Key(std::string uid) { return {kNewsroom, uid, "newsrooms/n/desks/" + uid}; }
  static WriteStamp By(std::string actor, absl::Duration later = absl::ZeroDuration()) {
    return {actor, "request-of-" + actor, kNow + later};
  }

  static Desk MakeDesk(std::string id, std::string title, std::int64_t seats = 0,
                       std::vector<std::string> topics = {}) {
    Desk desk;
    desk.set_desk_id(id);
    desk.set_title(title);
    desk.set_seats(seats);
    for (std::string& topic : topics) desk.add_topics(topic);
    return desk;
  }

  // Adds a desk; its uid.
  std::string Add(const Desk& desk, absl::Duration later = absl::ZeroDuration()) {
    const std::string uid = MakeUuidV7(kNow + later);
    const auto added =
        Write([&](Session& session) { return table_.Insert(session, By("anna", later), Key(uid), desk); });
    EXPECT_TRUE(added.ok()) << added.status();
    return uid;
  }

  absl::StatusOr<Resource<Desk>> Get(const std::string& uid) {
    return Read([&](Session& session) { return table_.Get(session, Key(uid)); });
  }

  absl::StatusOr<ResourcePage<Desk>> List(const ListQuery& query) {
    return Read([&](Session& session) { return table_.List(session, query); });
  }

  static ListQuery Query(std::string filter = "", std::string order_by = "title") {
    ListQuery query;
    query.newsroom_uid = kNewsroom;
    query.filter = filter;
    query.order_by = order_by;
    query.method = "ListDesks";
    query.parent = "newsrooms/n";
    query.audience = "staff";
    return query;
  }

  // The titles on all pages of `query`.
  std::vector<std::string> Titles(ListQuery query) {
    std::vector<std::string> titles;
    do {
      const auto page = List(query);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) break;
      for (const auto& resource : page->resources) titles.push_back(resource.message.title());
      EXPECT_TRUE(page->next_page_token.empty() || page->next_page_token != query.page_token);
      query.page_token = page->next_page_token;
    } while (!query.page_token.empty());
    return titles;
  }

  TestDatabase test_{GetParam()};
  ResourceTable<Desk> table_{Schema()};
};

TEST_P(ResourceTableConformanceTest, InsertsAndGets) {
  const std::string uid = Add(MakeDesk("press", "Presse", 7, {"a", "b", "a"}));
  const auto got = Get(uid);
  ASSERT_TRUE(got.ok()) << got.status();
  EXPECT_EQ(got->message.SerializeAsString(), MakeDesk("press", "Presse", 7, {"a", "b", "a"}).SerializeAsString());
  EXPECT_EQ(got->meta.newsroom_uid, kNewsroom);
  EXPECT_EQ(got->meta.uid, uid);
  EXPECT_EQ(got->meta.etag, "\"1\"");
  EXPECT_EQ(got->meta.actor, "anna");
  EXPECT_EQ(got->meta.request_id, "request-of-anna");
  EXPECT_EQ(got->meta.create_time, kNow);
  EXPECT_EQ(got->meta.update_time, kNow);
  EXPECT_FALSE(got->meta.delete_time.has_value());
}

TEST_P(ResourceTableConformanceTest, WhatIsNotThereIsNotFound) {
  const auto got = Get(MakeUuidV7(kNow));
  EXPECT_EQ(ReasonOf(got.status()), Reason::ERROR_REASON_NOT_FOUND);
  EXPECT_THAT(std::string(got.status().message()), HasSubstr("there is no desk newsrooms/n/desks/"));
  const std::string uid = Add(MakeDesk("press", "x"));
  const auto elsewhere = Read([&](Session& session) {
    return table_.Get(session, {kOtherNewsroom, uid, "newsrooms/o/desks/x"});
  });
  EXPECT_EQ(ReasonOf(elsewhere.status()), Reason::ERROR_REASON_NOT_FOUND);
}

TEST_P(ResourceTableConformanceTest, FindsByAUniqueColumn) {
  const std::string uid = Add(MakeDesk("press", "x"));
  const auto find = [&](std::string id) {
    return Read([&](Session& session) { return table_.Find(session, kNewsroom, "desk_id", id); });
  };
  ASSERT_TRUE(find("press").ok());
  EXPECT_EQ((**find("press")).meta.uid, uid);
  EXPECT_FALSE((*find("PRESS")).has_value());
}

TEST_P(ResourceTableConformanceTest, ATakenIdIsAlreadyExists) {
  Add(MakeDesk("press", "x"));
  const auto again = Write([&](Session& session) {
    return table_.Insert(session, By("bert"), Key(MakeUuidV7(kNow)), MakeDesk("press", "y"));
  });
  EXPECT_EQ(ReasonOf(again.status()), Reason::ERROR_REASON_ALREADY_EXISTS);
  EXPECT_THAT(std::string(again.status().message()), HasSubstr("choose another"));
}

TEST_P(ResourceTableConformanceTest, UpdatesMessageColumnsAndMeta) {
  const std::string uid = Add(MakeDesk("press", "old", 1, {"a"}));
  const auto updated = Write([&](Session& session) {
    return table_.Update(session, By("bert", absl::Seconds(5)), Key(uid), "\"1\"", MakeDesk("press", "new", 2, {"b"}));
  });
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->meta.etag, "\"2\"");
  EXPECT_EQ(updated->message.title(), "new");
  const auto got = Get(uid);
  EXPECT_EQ(got->message.title(), "new");
  EXPECT_EQ(got->meta.actor, "bert");
  EXPECT_EQ(got->meta.create_time, kNow);
  EXPECT_EQ(got->meta.update_time, kNow + absl::Seconds(5));
  EXPECT_THAT(Titles(Query("seats = 2 AND topics:b")), ElementsAre("new"));
  EXPECT_THAT(Titles(Query("topics:a")), IsEmpty());
}

TEST_P(ResourceTableConformanceTest, OfTwoWritersOneIsToldTheCurrentEtag) {
  const std::string uid = Add(MakeDesk("press", "x"));
  const auto update = [&](std::string actor, std::string etag) {
    return Write(
        [&](Session& session) { return table_.Update(session, By(actor), Key(uid), etag, MakeDesk("press", actor)); });
  };
  const std::string etag = Get(uid)->meta.etag;
  ASSERT_TRUE(update("anna", etag).ok());
  const auto second = update("bert", etag);
  EXPECT_EQ(second.status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ReasonOf(second.status()), Reason::ERROR_REASON_ETAG_MISMATCH);
  EXPECT_EQ(ErrorMetadataValue(second.status(), "etag"), "\"2\"");
  EXPECT_EQ(Get(uid)->message.title(), "anna");
  EXPECT_TRUE(update("bert", ErrorMetadataValue(second.status(), "etag")).ok());
  for (const char* nonsense : {"2", "\"02\"", "\"\"", "\"x\"", "W/\"2\""}) {
    EXPECT_EQ(ReasonOf(update("carl", nonsense).status()), Reason::ERROR_REASON_ETAG_MISMATCH) << nonsense;
  }
  EXPECT_TRUE(update("carl", "").ok()) << "no etag changes whatever is there";
}

TEST_P(ResourceTableConformanceTest, OfTwoWritersAtOnceExactlyOneWins) {
  const std::string uid = Add(MakeDesk("press", "x"));
  for (int round = 0; round < 10; ++round) {
    const std::string etag = Get(uid)->meta.etag;
    std::vector<absl::Status> results(2);
    std::vector<std::thread> writers;
    for (std::size_t i = 0; i < 2; ++i) {
      writers.emplace_back([&, i] {
        results[i] = Write([&](Session& session) {
                       return table_.Update(session, By("w"), Key(uid), etag, MakeDesk("press", absl::StrCat(i)));
                     }).status();
      });
    }
    for (std::thread& writer : writers) writer.join();
    const std::size_t loser = results[0].ok() ? 1 : 0;
    EXPECT_TRUE(results[1 - loser].ok());
    EXPECT_EQ(ReasonOf(results[loser]), Reason::ERROR_REASON_ETAG_MISMATCH) << results[loser];
    EXPECT_EQ(ErrorMetadataValue(results[loser], "etag"), Get(uid)->meta.etag);
  }
}

TEST_P(ResourceTableConformanceTest, ALockedRowMakesReadAndWriteOne) {
  const std::string uid = Add(MakeDesk("press", "x"));
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&] {
      for (int k = 0; k < 5; ++k) {
        const auto updated = Write([&](Session& session) -> absl::StatusOr<Resource<Desk>> {
          auto desk = table_.Get(session, Key(uid), RowLock::kForUpdate);
          if (!desk.ok()) return desk;
          desk->message.set_seats(desk->message.seats() + 1);
          return table_.Update(session, By("w"), Key(uid), desk->meta.etag, desk->message);
        });
        EXPECT_TRUE(updated.ok()) << updated.status();
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(Get(uid)->message.seats(), 20);
}

TEST_P(ResourceTableConformanceTest, UnknownFieldsSurvive) {
  testdata::NewerDesk newer;
  newer.set_desk_id("press");
  newer.set_title("x");
  newer.set_motto("written by a newer server");
  Desk desk;
  ASSERT_TRUE(desk.ParseFromString(newer.SerializeAsString()));
  const std::string uid = Add(desk);
  auto got = Get(uid);
  got->message.set_title("y");
  ASSERT_TRUE(Write([&](Session& session) {
                return table_.Update(session, By("bert"), Key(uid), got->meta.etag, got->message);
              }).ok());
  testdata::NewerDesk back;
  ASSERT_TRUE(back.ParseFromString(Get(uid)->message.SerializeAsString()));
  EXPECT_EQ(back.title(), "y");
  EXPECT_EQ(back.motto(), "written by a newer server");
}

TEST_P(ResourceTableConformanceTest, AnOlderServerDoesNotTouchWhatItWouldDamage) {
  ResourceSchema<Desk> newer = Schema();
  newer.payload_schema = 3;
  newer.min_writer = 2;
  const ResourceTable<Desk> newer_table(std::move(newer));
  const std::string uid = MakeUuidV7(kNow);
  ASSERT_TRUE(Write([&](Session& session) {
                return newer_table.Insert(session, By("new"), Key(uid), MakeDesk("press", "x"));
              }).ok());
  EXPECT_TRUE(Get(uid).ok());
  const auto update = [&](const ResourceTable<Desk>& table) {
    return Write(
        [&](Session& session) { return table.Update(session, By("b"), Key(uid), "", MakeDesk("press", "y")); });
  };
  EXPECT_EQ(ReasonOf(update(table_).status()), Reason::ERROR_REASON_WRITTEN_BY_NEWER_SERVER);
  ResourceSchema<Desk> between = Schema();
  between.payload_schema = 2;
  EXPECT_TRUE(update(ResourceTable<Desk>(std::move(between))).ok());
  EXPECT_EQ(ReasonOf(update(table_).status()), Reason::ERROR_REASON_WRITTEN_BY_NEWER_SERVER)
      << "min_writer never falls";
}

TEST_P(ResourceTableConformanceTest, SoftDeletesAndUndeletes) {
  const std::string uid = Add(MakeDesk("press", "x"));
  const auto deleted = Write(
      [&](Session& session) { return table_.SoftDelete(session, By("bert", absl::Seconds(9)), Key(uid), "\"1\""); });
  ASSERT_TRUE(deleted.ok()) << deleted.status();
  EXPECT_EQ(deleted->meta.delete_time, kNow + absl::Seconds(9));
  EXPECT_EQ(deleted->meta.etag, "\"2\"");
  EXPECT_TRUE(Get(uid)->meta.delete_time.has_value());
  EXPECT_THAT(Titles(Query()), IsEmpty());
  ListQuery all = Query();
  all.show_deleted = true;
  EXPECT_THAT(Titles(all), ElementsAre("x"));
  all.filter = "delete_time:*";
  EXPECT_THAT(Titles(all), ElementsAre("x"));
  const auto stale = Write([&](Session& session) { return table_.Undelete(session, By("b"), Key(uid), "\"1\""); });
  EXPECT_EQ(ReasonOf(stale.status()), Reason::ERROR_REASON_ETAG_MISMATCH);
  ASSERT_TRUE(Write([&](Session& session) { return table_.Undelete(session, By("b"), Key(uid), "\"2\""); }).ok());
  EXPECT_FALSE(Get(uid)->meta.delete_time.has_value());
  EXPECT_THAT(Titles(Query()), ElementsAre("x"));
}

TEST_P(ResourceTableConformanceTest, BatchGetKeepsTheOrderAndLeavesOut) {
  const std::string a = Add(MakeDesk("a", "A"));
  const std::string b = Add(MakeDesk("b", "B"));
  const auto got = Read([&](Session& session) {
    return table_.BatchGet(session, kNewsroom, {b, MakeUuidV7(kNow), a, b});
  });
  ASSERT_TRUE(got.ok()) << got.status();
  std::vector<std::string> titles;
  for (const auto& desk : *got) titles.push_back(desk.message.title());
  EXPECT_THAT(titles, ElementsAre("B", "A", "B"));
  EXPECT_TRUE(Read([&](Session& session) { return table_.BatchGet(session, kNewsroom, {}); })->empty());
}

TEST_P(ResourceTableConformanceTest, SeveralOperationsAreOneTransaction) {
  const absl::Status status = test_.db().Write(Soon(), [&](Session& session) -> absl::Status {
    auto added = table_.Insert(session, By("anna"), Key(MakeUuidV7(kNow)), MakeDesk("a", "A"));
    if (!added.ok()) return added.status();
    return table_.Update(session, By("anna"), Key(MakeUuidV7(kNow)), "", MakeDesk("b", "B")).status();
  });
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_NOT_FOUND);
  EXPECT_THAT(Titles(Query()), IsEmpty());
}

TEST_P(ResourceTableConformanceTest, OrdersByBytesOnEveryEngine) {
  for (const char* title : {"ä", "a10", "a9", "B", "a", "Z", ""}) Add(MakeDesk(absl::StrCat("id-", title), title));
  EXPECT_THAT(Titles(Query()), ElementsAre("", "B", "Z", "a", "a10", "a9", "ä"));
  EXPECT_THAT(Titles(Query("", "title desc")), ElementsAre("ä", "a9", "a10", "a", "Z", "B", ""));
  EXPECT_THAT(Titles(Query("title > Z")), ElementsAre("a", "a10", "a9", "ä"));
  EXPECT_THAT(Titles(Query("title = \"a*\"")), ElementsAre("a", "a10", "a9"));
  EXPECT_THAT(Titles(Query("title != \"a*\"")), ElementsAre("", "B", "Z", "ä"));
}

TEST_P(ResourceTableConformanceTest, Filters) {
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

TEST_P(ResourceTableConformanceTest, PagesShowEveryRowOnceInEveryOrder) {
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

TEST_P(ResourceTableConformanceTest, APageStopsAtItsSizeInRowsAndBytes) {
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

TEST_P(ResourceTableConformanceTest, AListGoesOnFromItsTokenWhateverChanged) {
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

TEST_P(ResourceTableConformanceTest, ATokenOfAnotherListIsRefused) {
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

TEST_P(ResourceTableConformanceTest, TheCallersConditionHoldsForEveryRow) {
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

TEST_P(ResourceTableConformanceTest, ADamagedPayloadIsAnErrorNotAnEmptyResource) {
  const std::string uid = Add(MakeDesk("a", "A"));
  ASSERT_TRUE(Write([&](Session& session) {
                return session.Execute("UPDATE desks SET payload = :junk WHERE uid = :uid",
                                       {{"junk", Bytes{"\xff\xff"}}, {"uid", uid}});
              }).ok());
  EXPECT_EQ(Get(uid).status().code(), absl::StatusCode::kInternal);
}

INSTANTIATE_TEST_SUITE_P(Engines, ResourceTableConformanceTest, testing::ValuesIn(TestDatabase::kEnginesAndPgBouncer),
                         TestDatabase::Name);

}  // namespace
}  // namespace communique::platform

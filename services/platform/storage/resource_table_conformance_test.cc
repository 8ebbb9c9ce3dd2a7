// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/testing/desk_table.h"

namespace communique::platform {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ResourceTableConformanceTest : public DeskTableTest {};

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

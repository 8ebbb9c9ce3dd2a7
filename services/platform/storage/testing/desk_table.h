// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "desk.pb.h"
#include "services/platform/base/uuid.h"
#include "services/platform/storage/migrations.h"
#include "services/platform/storage/resource_table.h"
#include "services/platform/testing/test_database.h"

// What the conformance tests of ResourceTable share: a resource and a table for it.
namespace communique::platform {

// Made from testdata/resource_migrations.
const MigrationSet& ResourceTestMigrations();

using testdata::Desk;

inline constexpr char kNewsroom[] = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
inline constexpr char kOtherNewsroom[] = "017f22e2-79b0-7cc3-98c4-dc0c0c073990";
inline const absl::Time kNow = absl::FromUnixMicros(1'790'000'000'123'456);

inline absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

inline ResourceSchema<Desk> Schema() {
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

// A database with the tables of testdata/resource_migrations, and what the tests do with desks.
class DeskTableTest : public testing::TestWithParam<const char*> {
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

}  // namespace communique::platform

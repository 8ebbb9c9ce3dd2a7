// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// What Database and Session promise, on every engine.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/database.h"
#include "services/platform/testing/test_database.h"

namespace communique::platform {
namespace {

using testing::ElementsAre;

absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

class DatabaseConformanceTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const bool sqlite = test_.db().engine() == Engine::kSqlite;
    const std::string text = sqlite ? "TEXT NOT NULL" : "TEXT COLLATE \"C\" NOT NULL";
    const std::string bytes = sqlite ? "BLOB NOT NULL" : "BYTEA NOT NULL";
    const absl::Status made = Write([&](Session& session) {
      return session.RunScript(absl::StrCat("CREATE TABLE things (id BIGINT PRIMARY KEY, name ", text, ", data ", bytes,
                                            "); CREATE UNIQUE INDEX things_name ON things (name)"));
    });
    ASSERT_TRUE(made.ok()) << made;
  }

  absl::Status Write(const Database::Work& work) { return test_.db().Write(Soon(), work); }
  absl::Status Read(const Database::Work& work) { return test_.db().Read(Soon(), work); }

  absl::Status Insert(std::int64_t id, std::string name, std::string data = "") {
    return Write([&](Session& session) { return InsertIn(session, id, name, data); });
  }

  static absl::Status InsertIn(Session& session, std::int64_t id, std::string name, std::string data = "") {
    return session
        .Execute("INSERT INTO things (id, name, data) VALUES (:id, :name, :data)",
                 {{"id", id}, {"name", name}, {"data", Bytes{data}}})
        .status();
  }

  std::vector<std::string> Names() {
    std::vector<std::string> names;
    const absl::Status status = Read([&](Session& session) -> absl::Status {
      names.clear();
      const auto rows = session.Query("SELECT name FROM things ORDER BY name");
      if (!rows.ok()) return rows.status();
      for (const Row row : *rows) names.push_back(row.Text(0));
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return names;
  }

  TestDatabase test_{GetParam()};
};

TEST_P(DatabaseConformanceTest, KeepsNumbersTextAndBytesAsTheyAre) {
  std::string every_byte;
  for (int i = 0; i < 256; ++i) every_byte.push_back(static_cast<char>(i));
  const std::string text = "Grüße \"zitiert\" 'einfach' \\n :name $1 \xF0\x9F\x8E\x89";
  ASSERT_TRUE(Insert(std::numeric_limits<std::int64_t>::min(), text, every_byte).ok());
  ASSERT_TRUE(Insert(std::numeric_limits<std::int64_t>::max(), "", "").ok());
  const absl::Status status = Read([&](Session& session) -> absl::Status {
    const auto rows = session.Query("SELECT id, name, data FROM things ORDER BY id");
    if (!rows.ok()) return rows.status();
    EXPECT_EQ(rows->size(), 2U);
    EXPECT_EQ((*rows)[0].Int(0), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ((*rows)[0].Text(1), text);
    EXPECT_EQ((*rows)[0].Bytes(2), every_byte);
    EXPECT_EQ((*rows)[1].Int(0), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ((*rows)[1].Text(1), "");
    EXPECT_EQ((*rows)[1].Bytes(2), "");
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_P(DatabaseConformanceTest, FindsByTextAndBytesAndReadsBigPayloads) {
  std::string big(3'000'000, '\0');
  for (std::size_t i = 0; i < big.size(); ++i) big[i] = static_cast<char>(i * 7);
  ASSERT_TRUE(Insert(1, "big", big).ok());
  EXPECT_TRUE(Read([&](Session& session) -> absl::Status {
                const auto rows = session.Query("SELECT data FROM things WHERE data = :data AND name = :name",
                                                {{"data", Bytes{big}}, {"name", "big"}});
                EXPECT_TRUE(rows.ok() && rows->size() == 1 && (*rows)[0].Bytes(0) == big);
                return absl::OkStatus();
              }).ok());
}

TEST_P(DatabaseConformanceTest, CountsSumsAndConditionsAreNumbers) {
  ASSERT_TRUE(Insert(1LL << 40, "a").ok());
  ASSERT_TRUE(Insert(1LL << 41, "b").ok());
  EXPECT_TRUE(Read([&](Session& session) -> absl::Status {
                const auto rows = session.Query(
                    "SELECT count(*), COALESCE(sum(id), 0), COALESCE(max(id), 0), EXISTS (SELECT 1 FROM things), 7 "
                    "FROM things");
                if (!rows.ok()) return rows.status();
                EXPECT_EQ((*rows)[0].Int(0), 2);
                EXPECT_EQ((*rows)[0].Int(1), 3 * (1LL << 40));
                EXPECT_EQ((*rows)[0].Int(2), 1LL << 41);
                EXPECT_EQ((*rows)[0].Int(3), 1);
                EXPECT_EQ((*rows)[0].Int(4), 7);
                return absl::OkStatus();
              }).ok());
}

TEST_P(DatabaseConformanceTest, ANameMayStandTwiceAndColonsInQuotesAreText) {
  ASSERT_TRUE(Insert(5, "10:30").ok());
  EXPECT_TRUE(Read([&](Session& session) -> absl::Status {
                const auto rows = session.Query(
                    "SELECT id FROM things WHERE (id = :x OR id + 1 = :x) AND name = '10:30'", {{"x", 5}});
                EXPECT_TRUE(rows.ok() && rows->size() == 1) << rows.status();
                return rows.status();
              }).ok());
}

TEST_P(DatabaseConformanceTest, SortsTextByBytes) {
  for (const char* name : {"ä", "a10", "a9", "B", "a", "Z", "\xF0\x9F\x8E\x89"}) {
    ASSERT_TRUE(Insert(static_cast<std::int64_t>(std::hash<std::string>()(name) >> 2U), name).ok());
  }
  EXPECT_THAT(Names(), ElementsAre("B", "Z", "a", "a10", "a9", "ä", "\xF0\x9F\x8E\x89"));
}

TEST_P(DatabaseConformanceTest, TellsHowManyRowsChanged) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(Insert(i, absl::StrCat("n", i)).ok());
  EXPECT_TRUE(
      Write([](Session& session) -> absl::Status {
        EXPECT_EQ(*session.Execute("UPDATE things SET name = name WHERE id > :id", {{"id", 0}}), 2);
        EXPECT_EQ(*session.Execute("DELETE FROM things WHERE id = :id", {{"id", 77}}), 0);
        EXPECT_EQ(*session.Execute("INSERT INTO things (id, name, data) VALUES (:id, :name, :data) "
                                   "ON CONFLICT DO NOTHING",
                                   {{"id", 1}, {"name", "n1"}, {"data", Bytes{}}}),
                  0);
        const auto rows = session.Query("UPDATE things SET id = id + 10 WHERE id = :id RETURNING id", {{"id", 2}});
        EXPECT_TRUE(rows.ok() && rows->size() == 1 && (*rows)[0].Int(0) == 12) << rows.status();
        return rows.status();
      }).ok());
}

TEST_P(DatabaseConformanceTest, AnErrorOfTheFunctionRollsBack) {
  const absl::Status status = Write([](Session& session) -> absl::Status {
    EXPECT_TRUE(InsertIn(session, 1, "gone").ok());
    return NotFound("thing", "things/2");
  });
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_NOT_FOUND);
  EXPECT_THAT(Names(), ElementsAre());
}

TEST_P(DatabaseConformanceTest, AUniqueViolationIsAlreadyExists) {
  ASSERT_TRUE(Insert(1, "a").ok());
  EXPECT_EQ(ReasonOf(Insert(1, "b")), Reason::ERROR_REASON_ALREADY_EXISTS);
  EXPECT_TRUE(absl::IsAlreadyExists(Insert(2, "a")));
}

TEST_P(DatabaseConformanceTest, AFailedStatementEndsTheTransactionEvenIfTheFunctionGoesOn) {
  ASSERT_TRUE(Insert(1, "a").ok());
  const absl::Status status = Write([](Session& session) -> absl::Status {
    EXPECT_TRUE(InsertIn(session, 2, "b").ok());
    EXPECT_TRUE(absl::IsAlreadyExists(InsertIn(session, 1, "x")));
    EXPECT_TRUE(absl::IsAlreadyExists(InsertIn(session, 3, "c")));
    EXPECT_FALSE(session.Query("SELECT 1").ok());
    return absl::OkStatus();
  });
  EXPECT_TRUE(absl::IsAlreadyExists(status)) << status;
  EXPECT_THAT(Names(), ElementsAre("a"));
}

TEST_P(DatabaseConformanceTest, TheFunctionMayExplainAnError) {
  ASSERT_TRUE(Insert(1, "a").ok());
  const absl::Status status = Write([](Session& session) -> absl::Status {
    const absl::Status inserted = InsertIn(session, 1, "a");
    if (absl::IsAlreadyExists(inserted)) return InvalidField("thing_id", "is taken");
    return inserted;
  });
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_FIELD_INVALID);
}

TEST_P(DatabaseConformanceTest, TextThatCannotBeStoredIsRefusedClearly) {
  for (const std::string& bad : {std::string("a\0b", 3), std::string("a\xff"), std::string("\xed\xa0\x80")}) {
    const absl::Status status = Insert(1, bad);
    EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_FIELD_INVALID) << status;
    EXPECT_NE(status.message().find("U+0000"), absl::string_view::npos);
  }
  EXPECT_THAT(Names(), ElementsAre());
}

TEST_P(DatabaseConformanceTest, MistakesAreInternalAndNameTheStatementButNoValue) {
  for (const Database::Work& mistake : std::vector<Database::Work>{
           [](Session& s) {
             return s.Query("SELEKT :x", {{"x", "secret-value"}}).status();
           },
           [](Session& s) {
             return s.Query("SELECT id FROM nowhere WHERE id = :x", {{"x", "secret-value"}}).status();
           },
           [](Session& s) {
             return s.Query("SELECT :x + 1; SELECT 1", {{"x", "secret-value"}}).status();
           },
           [](Session& s) { return s.Query("SELECT id FROM things WHERE name = :a").status(); },
           [](Session& s) {
             return s.Query("SELECT id FROM things WHERE name = :a", {{"a", "b"}, {"c", "d"}}).status();
           },
           [](Session& s) { return s.Query("SELECT max(id) FROM things").status(); },
           [](Session& s) { return s.Query("SELECT 1.5").status(); },
       }) {
    const absl::Status status = Read(mistake);
    EXPECT_EQ(status.code(), absl::StatusCode::kInternal) << status;
    EXPECT_NE(status.message().find("SEL"), absl::string_view::npos) << status;
    EXPECT_EQ(status.message().find("secret-value"), absl::string_view::npos) << status;
  }
}

TEST_P(DatabaseConformanceTest, ReadCannotChangeAnything) {
  const absl::Status status = Read([](Session& session) { return InsertIn(session, 1, "a"); });
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal) << status;
  EXPECT_THAT(Names(), ElementsAre());
}

TEST_P(DatabaseConformanceTest, ReadSeesOneUnchangingView) {
  ASSERT_TRUE(Insert(1, "a").ok());
  EXPECT_TRUE(Read([&](Session& session) -> absl::Status {
                EXPECT_EQ((*session.Query("SELECT count(*) FROM things"))[0].Int(0), 1);
                EXPECT_TRUE(Insert(2, "b").ok());  // another connection
                EXPECT_EQ((*session.Query("SELECT count(*) FROM things"))[0].Int(0), 1);
                return absl::OkStatus();
              }).ok());
  EXPECT_THAT(Names(), ElementsAre("a", "b"));
}

TEST_P(DatabaseConformanceTest, NothingOfATransactionIsSeenBeforeItsCommit) {
  EXPECT_TRUE(Write([&](Session& session) -> absl::Status {
                EXPECT_TRUE(InsertIn(session, 1, "a").ok());
                EXPECT_THAT(Names(), ElementsAre());
                return absl::OkStatus();
              }).ok());
  EXPECT_THAT(Names(), ElementsAre("a"));
}

TEST_P(DatabaseConformanceTest, ALeaseLeavesNothingToTheNext) {
  for (int i = 0; i < 20; ++i) {
    EXPECT_FALSE(Write([&](Session& session) -> absl::Status {
                   EXPECT_TRUE(InsertIn(session, i, absl::StrCat(i)).ok());
                   return absl::UnknownError("changed my mind");
                 }).ok());
    EXPECT_FALSE(Read([&](Session& session) { return session.Query("SELECT x FROM nowhere").status(); }).ok());
  }
  EXPECT_THAT(Names(), ElementsAre());
}

TEST_P(DatabaseConformanceTest, ConcurrentCountersLoseNothing) {
  ASSERT_TRUE(Insert(0, "counter").ok());
  constexpr int kThreads = 6;
  constexpr int kEach = 25;
  std::atomic<int> failed = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < kEach; ++i) {
        const absl::Status status = Write([](Session& session) {
          return session.Execute("UPDATE things SET id = id + 1 WHERE name = :name", {{"name", "counter"}}).status();
        });
        if (!status.ok()) ++failed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_TRUE(Read([](Session& session) -> absl::Status {
                EXPECT_EQ((*session.Query("SELECT id FROM things"))[0].Int(0), kThreads * kEach);
                return absl::OkStatus();
              }).ok());
}

TEST_P(DatabaseConformanceTest, SurvivesReopening) {
  ASSERT_TRUE(Insert(1, "a").ok());
  test_.Reopen();
  EXPECT_THAT(Names(), ElementsAre("a"));
}

TEST_P(DatabaseConformanceTest, ADeadlineThatHasPassedChangesNothing) {
  const absl::Status status =
      test_.db().Write(absl::Now() - absl::Seconds(1), [](Session& session) { return InsertIn(session, 1, "a"); });
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(Names(), ElementsAre());
}

INSTANTIATE_TEST_SUITE_P(Engines, DatabaseConformanceTest, testing::ValuesIn(TestDatabase::kEnginesAndPgBouncer),
                         TestDatabase::Name);

}  // namespace
}  // namespace communique::platform

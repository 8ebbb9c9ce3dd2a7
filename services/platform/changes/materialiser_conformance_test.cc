// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/platform/changes/materialiser.h"
#include "services/platform/changes/testing/test_store.h"
#include "services/platform/errors/error.h"
#include "services/platform/testing/fake_clock.h"
#include "services/platform/testing/histories.h"

namespace communique::platform {
namespace {

// A table of things that become public at a time.
class Launches final : public Announcer {
 public:
  static constexpr char kSchema[] =
      "CREATE TABLE launches (id BIGINT NOT NULL PRIMARY KEY, due_us BIGINT NOT NULL, announced BIGINT NOT NULL)";

  absl::StatusOr<Announced> Announce(Session& session, absl::Time now, int limit) override {
    const auto due = session.Query(
        "SELECT id, due_us FROM launches WHERE announced = 0 AND due_us <= :now ORDER BY due_us, id LIMIT :limit",
        {{"now", absl::ToUnixMicros(now)}, {"limit", limit}});
    if (!due.ok()) return due.status();
    Announced announced;
    for (const Row row : *due) {
      const auto marked =
          session.Execute("UPDATE launches SET announced = 1 WHERE id = :id AND announced = 0", {{"id", row.Int(0)}});
      if (!marked.ok()) return marked.status();
      if (*marked == 0) continue;
      announced.changes.push_back(ChangeOf(absl::StrCat(row.Int(0)), "PUBLISHED", absl::StrCat(row.Int(1))));
      announced.first_due = std::min(announced.first_due, absl::FromUnixMicros(row.Int(1)));
      ++announced.rows;
    }
    if (fail_every > 0 && ++calls_ % fail_every == 0) return InvalidField("launch", "the process died here");
    return announced;
  }

  absl::StatusOr<absl::Time> NextDue(Session& session) override {
    const auto rows = session.Query("SELECT COALESCE(MIN(due_us), -1) FROM launches WHERE announced = 0");
    if (!rows.ok()) return rows.status();
    const std::int64_t due = (*rows)[0].Int(0);
    return due < 0 ? absl::InfiniteFuture() : absl::FromUnixMicros(due);
  }

  int fail_every = 0;

 private:
  int calls_ = 0;
};

class MaterialiserTest : public ::testing::TestWithParam<const char*> {
 protected:
  MaterialiserTest() {
    EXPECT_TRUE(store_.db().Write(Soon(), [](Session& session) { return session.RunScript(Launches::kSchema); }).ok());
  }

  void Schedule(std::int64_t id, absl::Time due) {
    EXPECT_TRUE(store_.db()
                    .Write(Soon(),
                           [&](Session& session) -> absl::Status {
                             const auto inserted =
                                 session.Execute("INSERT INTO launches (id, due_us, announced) VALUES (:id, :due, 0)",
                                                 {{"id", id}, {"due", absl::ToUnixMicros(due)}});
                             if (!inserted.ok()) return inserted.status();
                             return AppendChanges(session, {"users/editor", "", absl::Now()},
                                                  {{ChangeOf(absl::StrCat(id), "SCHEDULED")}, {}})
                                 .status();
                           })
                    .ok());
  }
  std::vector<std::string> AnnouncedNames() {
    std::vector<std::string> names;
    for (const FeedEntryPtr& entry : store_.Entries(Feed::kPublic)) names.push_back(entry->change.name);
    return names;
  }

  TestStore store_{GetParam()};
  FakeClock clock_;
  SystemClock machine_clock_;
  SystemMonotonicClock monotonic_;
  FeedTail tail_{store_.db(), {}, machine_clock_, monotonic_};
  Launches launches_;
};

INSTANTIATE_TEST_SUITE_P(Engines, MaterialiserTest, ::testing::ValuesIn(TestDatabase::kEnginesAndPgBouncer),
                         TestDatabase::Name);

TEST_P(MaterialiserTest, AnnouncesWhatIsDueAndNothingEarlier) {
  Materialiser materialiser(store_.db(), clock_, launches_, tail_);
  EXPECT_EQ(*materialiser.RunOnce(), absl::InfiniteFuture());
  const absl::Time due = clock_.Now() + absl::Seconds(10);
  Schedule(1, due);
  Schedule(2, due + absl::Microseconds(1));
  EXPECT_EQ(*materialiser.RunOnce(), due);
  clock_.Set(due - absl::Microseconds(1));
  EXPECT_EQ(*materialiser.RunOnce(), due);
  EXPECT_TRUE(AnnouncedNames().empty());
  clock_.Set(due);
  EXPECT_EQ(*materialiser.RunOnce(), due + absl::Microseconds(1));
  EXPECT_EQ(AnnouncedNames(), std::vector<std::string>{"newsrooms/a/releases/1"});
  // The internal feed is told, too: caches go by it.
  EXPECT_EQ(store_.Entries(Feed::kInternal).back()->change.name, "newsrooms/a/releases/1");
  EXPECT_EQ(store_.Entries(Feed::kInternal).back()->change.verb, "PUBLISHED");
  EXPECT_EQ(*materialiser.RunOnce(), due + absl::Microseconds(1));
  EXPECT_EQ(AnnouncedNames().size(), 1U);
}

TEST_P(MaterialiserTest, AfterAPauseAnnouncesAllInOrderAndTellsHowLate) {
  std::vector<absl::Duration> lateness;
  Materialiser materialiser(store_.db(), clock_, launches_, tail_, {.batch = 4},
                            [&](absl::Duration late) { lateness.push_back(late); });
  for (int i = 9; i >= 0; --i) Schedule(i, clock_.Now() + absl::Minutes(i));
  clock_.Advance(absl::Minutes(9));
  EXPECT_EQ(*materialiser.RunOnce(), absl::InfiniteFuture());
  std::vector<std::string> expected;
  for (int i = 0; i < 10; ++i) expected.push_back(absl::StrCat("newsrooms/a/releases/", i));
  EXPECT_EQ(AnnouncedNames(), expected);
  EXPECT_EQ(lateness, (std::vector<absl::Duration>{absl::Minutes(9), absl::Minutes(5), absl::Minutes(1)}));
  EXPECT_EQ(materialiser.stats().announced, 10U);
  EXPECT_EQ(materialiser.stats().transactions, 3U);
  EXPECT_EQ(materialiser.stats().last_lateness, absl::Minutes(1));
}

// A transaction that fails midway marks nothing and says nothing.
TEST_P(MaterialiserTest, WhatFailsIsDoneAgain) {
  Materialiser materialiser(store_.db(), clock_, launches_, tail_, {.batch = 3});
  for (int i = 0; i < 30; ++i) Schedule(i, clock_.Now());
  launches_.fail_every = 2;
  int failures = 0;
  while (!materialiser.RunOnce().ok()) ++failures;
  EXPECT_GE(failures, 9);
  EXPECT_EQ(materialiser.stats().failures, static_cast<std::uint64_t>(failures));
  EXPECT_EQ(AnnouncedNames().size(), 30U);
}

TEST_P(MaterialiserTest, IsWokenByWhatIsScheduledAndByTheClock) {
  ASSERT_TRUE(tail_.Tick().ok());
  // It would sleep for an hour.
  Materialiser materialiser(store_.db(), tail_.clock(), launches_, tail_, {.poll = absl::Hours(1)});
  tail_.AddObserver(materialiser);
  tail_.Start();
  materialiser.Start();
  const absl::Time due = absl::Now() + absl::Milliseconds(100);
  Schedule(1, due);
  tail_.Hint();
  const absl::Time end = absl::Now() + absl::Seconds(20);
  while (AnnouncedNames().empty() && absl::Now() < end) absl::SleepFor(absl::Milliseconds(1));
  EXPECT_GE(absl::Now(), due);
  EXPECT_EQ(AnnouncedNames().size(), 1U);
  EXPECT_GE(store_.Entries(Feed::kPublic)[0]->time, due - absl::Microseconds(1));
  tail_.Stop();
}

TEST_P(MaterialiserTest, StopsAtOnce) {
  Materialiser materialiser(store_.db(), clock_, launches_, tail_, {.poll = absl::Hours(1)});
  materialiser.Start();
  materialiser.Stop();
  materialiser.Stop();
}

// Replicas race for the same rows, and some die in the middle: each row is announced once, none early.
TEST_P(MaterialiserTest, ReplicasAnnounceEachRowOnceAndNeverEarly) {
  constexpr int kRows = 600;
  const absl::Time start = absl::Now() + absl::Milliseconds(300);
  std::mt19937 random(9);
  ASSERT_TRUE(store_.db()
                  .Write(Soon(),
                         [&](Session& session) -> absl::Status {
                           for (int i = 0; i < kRows; ++i) {
                             const absl::Time due = start + absl::Milliseconds(random() % 1'500);
                             const auto inserted =
                                 session.Execute("INSERT INTO launches (id, due_us, announced) VALUES (:id, :due, 0)",
                                                 {{"id", i}, {"due", absl::ToUnixMicros(due)}});
                             if (!inserted.ok()) return inserted.status();
                           }
                           return absl::OkStatus();
                         })
                  .ok());
  struct Replica {
    Replica(Database& database, const Clock& machine, const MonotonicClock& monotonic, int fail_every)
        : tail(database, {}, machine, monotonic), materialiser(database, tail.clock(), launches, tail, {.batch = 7}) {
      launches.fail_every = fail_every;
      tail.AddObserver(materialiser);
      tail.Start();
      materialiser.Start();
    }
    ~Replica() {
      tail.Stop();
      materialiser.Stop();
    }
    Launches launches;
    FeedTail tail;
    Materialiser materialiser;
  };
  std::vector<std::unique_ptr<Replica>> replicas;
  for (const int fail_every : {0, 3, 5}) {
    replicas.push_back(std::make_unique<Replica>(store_.db(), machine_clock_, monotonic_, fail_every));
  }
  const absl::Time end = absl::Now() + absl::Seconds(30);
  while (store_.Heads().made_public.position < kRows && absl::Now() < end) absl::SleepFor(absl::Milliseconds(10));
  absl::SleepFor(absl::Milliseconds(100));
  replicas.clear();

  std::map<std::string, int> times;
  absl::Duration latest;
  for (const FeedEntryPtr& entry : store_.Entries(Feed::kPublic)) {
    ++times[entry->change.name];
    std::int64_t due_us = 0;
    ASSERT_TRUE(absl::SimpleAtoi(entry->change.revision, &due_us));
    ASSERT_GE(entry->time, absl::FromUnixMicros(due_us)) << "early";
    latest = std::max(latest, entry->time - absl::FromUnixMicros(due_us));
  }
  EXPECT_EQ(times.size(), static_cast<std::size_t>(kRows));
  for (const auto& [name, count] : times) EXPECT_EQ(count, 1) << name;
  std::printf("%s: %d rows by 3 replicas, the latest %.0f ms late\n", GetParam(), kRows,
              absl::ToDoubleMilliseconds(latest));
}

TEST_P(MaterialiserTest, TenThousandDueAtOnceAreAnnouncedInSeconds) {
  constexpr int kRows = OfHistories(10'000);
  ASSERT_TRUE(store_.db()
                  .Write(Soon(),
                         [&](Session& session) -> absl::Status {
                           for (int i = 0; i < kRows; i += 100) {
                             std::string sql = "INSERT INTO launches (id, due_us, announced) VALUES ";
                             for (int j = 0; j < 100; ++j) absl::StrAppend(&sql, j ? "," : "", "(", i + j, ", 1, 0)");
                             if (auto inserted = session.Execute(sql); !inserted.ok()) return inserted.status();
                           }
                           return absl::OkStatus();
                         })
                  .ok());
  Materialiser materialiser(store_.db(), clock_, launches_, tail_);
  const absl::Time began = absl::Now();
  EXPECT_EQ(*materialiser.RunOnce(), absl::InfiniteFuture());
  const absl::Duration took = absl::Now() - began;
  EXPECT_EQ(store_.Heads().made_public.position, kRows);
  EXPECT_LT(took, absl::Seconds(60));
  std::printf("%s: %d due at once announced in %.1f s\n", GetParam(), kRows, absl::ToDoubleSeconds(took));
}

}  // namespace
}  // namespace communique::platform

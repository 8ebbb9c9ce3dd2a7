// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// What the feed promises, on every engine.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <random>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/changes/feed_token.h"
#include "services/platform/changes/testing/test_store.h"
#include "services/platform/changes/trim_feed.h"
#include "services/platform/errors/error.h"
#include "services/platform/testing/golden.h"
#include "services/platform/testing/histories.h"
#include "services/platform/testing/schema_dump.h"

namespace communique::platform {
namespace {

const absl::Time kTime = absl::FromUnixMicros(1'790'000'000'123'456);

class FeedConformanceTest : public ::testing::TestWithParam<const char*> {
 protected:
  static DatabaseOptions Options() {
    DatabaseOptions options;
    options.write_sessions = 8;
    return options;
  }

  TestStore store_{GetParam(), Options()};
};

INSTANTIATE_TEST_SUITE_P(Engines, FeedConformanceTest, ::testing::ValuesIn(TestDatabase::kEnginesAndPgBouncer),
                         TestDatabase::Name);

TEST_P(FeedConformanceTest, BeginsEmptyWithAnIdOfItsOwn) {
  const FeedHeads heads = store_.Heads();
  EXPECT_EQ(heads.internal.position, 0);
  EXPECT_EQ(heads.made_public.position, 0);
  EXPECT_EQ(heads.store_id.size(), 36U);
  ASSERT_TRUE(PrepareStore(store_.db(), Soon()).ok());
  EXPECT_EQ(store_.Heads().store_id, heads.store_id);
}

TEST_P(FeedConformanceTest, HasTheSameSchemaOnEveryEngine) {
  ExpectGolden("services/platform/changes/testdata/change_feed.schema", DumpSchema(store_.db()));
}

TEST_P(FeedConformanceTest, KeepsWhatWasDoneToWhatByWhom) {
  const Change change = {"newsrooms/igh",
                         "newsrooms/igh/releases/2021-12-01-abc",
                         "017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
                         "release",
                         "CORRECTED",
                         "rev-2 \"ü\""};
  const AppendedPositions positions = store_.Append({{change}, {}}, kTime);
  EXPECT_EQ(positions.internal, 1);
  EXPECT_EQ(positions.made_public, 0);
  const auto entries = store_.Entries(Feed::kInternal);
  ASSERT_EQ(entries.size(), 1U);
  const FeedEntry& entry = *entries[0];
  EXPECT_EQ(entry.position, 1);
  EXPECT_EQ(entry.change.newsroom, change.newsroom);
  EXPECT_EQ(entry.change.name, change.name);
  EXPECT_EQ(entry.change.uid, change.uid);
  EXPECT_EQ(entry.change.type, change.type);
  EXPECT_EQ(entry.change.verb, change.verb);
  EXPECT_EQ(entry.change.revision, change.revision);
  EXPECT_EQ(entry.actor, "users/editor");
  EXPECT_EQ(entry.request_id, "request-1");
  EXPECT_EQ(entry.time, kTime);
}

// Caches go by the internal feed's positions alone.
TEST_P(FeedConformanceTest, TellsThePublicFeedNothingThatTheInternalOneIsNotTold) {
  const absl::Status status = store_.db().Write(Soon(), [](Session& session) {
    return AppendChanges(session, {"users/editor", "", kTime}, {{}, {ChangeOf("page", "PUBLISHED")}}).status();
  });
  EXPECT_TRUE(absl::IsInternal(status)) << status;
  EXPECT_EQ(store_.Heads().made_public.position, 0);
}

TEST_P(FeedConformanceTest, TakesSeveralEntriesForBothFeedsInTheirOrder) {
  store_.AppendInternal("first");
  ChangeSet changes;
  for (int i = 0; i < 250; ++i) changes.internal.push_back(ChangeOf(absl::StrCat(i)));
  for (int i = 0; i < 3; ++i) changes.made_public.push_back(ChangeOf(absl::StrCat("p", i)));
  const AppendedPositions positions = store_.Append(changes);
  EXPECT_EQ(positions.internal, 251);
  EXPECT_EQ(positions.made_public, 3);
  const auto internal = store_.Entries(Feed::kInternal, 1);
  ASSERT_EQ(internal.size(), 250U);
  for (int i = 0; i < 250; ++i) {
    EXPECT_EQ(internal[static_cast<std::size_t>(i)]->position, i + 2);
    EXPECT_EQ(internal[static_cast<std::size_t>(i)]->change.name, absl::StrCat("newsrooms/a/releases/", i));
  }
  EXPECT_EQ(store_.Entries(Feed::kPublic)[2]->change.name, "newsrooms/a/releases/p2");
  EXPECT_EQ(store_.Append({}).internal, 0);
}

TEST_P(FeedConformanceTest, ReadsInPages) {
  for (int i = 0; i < 7; ++i) store_.AppendInternal(absl::StrCat(i));
  EXPECT_EQ(store_.Entries(Feed::kInternal, 0, 3).size(), 3U);
  const auto page = store_.Entries(Feed::kInternal, 3, 3);
  ASSERT_EQ(page.size(), 3U);
  EXPECT_EQ(page[0]->position, 4);
  EXPECT_TRUE(store_.Entries(Feed::kInternal, 7).empty());
  EXPECT_TRUE(store_.Entries(Feed::kPublic).empty());
}

TEST_P(FeedConformanceTest, ATransactionThatFailsLeavesNoGap) {
  store_.AppendInternal("a");
  const absl::Status status = store_.db().Write(Soon(), [&](Session& session) -> absl::Status {
    const auto appended = AppendChanges(session, {"users/editor", "", kTime}, {{ChangeOf("b")}, {ChangeOf("b")}});
    EXPECT_EQ(appended->internal, 2);
    return InvalidField("release", "no");
  });
  EXPECT_FALSE(status.ok());
  EXPECT_EQ(store_.AppendInternal("c"), 2);
  EXPECT_EQ(store_.Heads().made_public.position, 0);
}

// Writers finish in another order than they began, some give up; followers read all the while. Nobody may miss an
// entry, get one twice, or see two changes of one resource in the wrong order.
TEST_P(FeedConformanceTest, FollowersSeeEveryCommitOnceInOrderHoweverWritersFinish) {
  constexpr int kResources = 20;
  const int transactions = std::string_view(GetParam()) == "postgres" ? OfHistories(10'000) : OfHistories(1'500);
  ASSERT_TRUE(store_.db()
                  .Write(Soon(),
                         [](Session& session) {
                           return session.RunScript(
                               "CREATE TABLE counters (id BIGINT NOT NULL PRIMARY KEY, revision BIGINT NOT NULL)");
                         })
                  .ok());
  ASSERT_TRUE(store_.db()
                  .Write(Soon(),
                         [](Session& session) -> absl::Status {
                           for (int i = 0; i < kResources; ++i) {
                             const auto inserted =
                                 session.Execute("INSERT INTO counters (id, revision) VALUES (:id, 0)", {{"id", i}});
                             if (!inserted.ok()) return inserted.status();
                           }
                           return absl::OkStatus();
                         })
                  .ok());

  std::atomic<int> next = 0;
  std::atomic<int> committed = 0, failed = 0;
  const auto write = [&](unsigned seed) {
    std::mt19937 random(seed);
    while (next++ < transactions) {
      const auto resource = static_cast<int>(random() % kResources);
      const auto before = absl::Microseconds(random() % 2 == 0 ? 0 : random() % 2'000);
      const auto entries = 1 + random() % 3;
      const bool gives_up = random() % 10 == 0;
      const absl::Status status = store_.db().Write(Soon(), [&](Session& session) -> absl::Status {
        const auto row = session.Query("UPDATE counters SET revision = revision + 1 WHERE id = :id RETURNING revision",
                                       {{"id", resource}});
        if (!row.ok()) return row.status();
        absl::SleepFor(before);
        ChangeSet changes;
        for (unsigned i = 0; i < entries; ++i) {
          changes.internal.push_back(
              ChangeOf(absl::StrCat(resource), "UPDATED", absl::StrCat((*row)[0].Int(0), ".", i)));
        }
        if (entries == 2) changes.made_public = changes.internal;
        if (auto appended = AppendChanges(session, {"users/editor", "", kTime}, changes); !appended.ok()) {
          return appended.status();
        }
        return gives_up ? InvalidField("release", "no") : absl::OkStatus();
      });
      if (status.ok()) ++committed;
      if (!status.ok() && !gives_up) ++failed;
    }
  };

  std::atomic<bool> ended = false;
  std::vector<std::vector<FeedEntryPtr>> seen(3);
  const auto follow = [&](std::size_t follower, Feed feed) {
    FeedPosition position = 0;
    while (true) {
      const bool last_round = ended;
      const auto page = store_.Entries(feed, position, 100);
      for (const FeedEntryPtr& entry : page) {
        ASSERT_EQ(entry->position, position + 1) << "a gap, or a repeat";
        position = entry->position;
        seen[follower].push_back(entry);
      }
      if (last_round && page.empty()) return;
      if (page.empty()) absl::SleepFor(absl::Milliseconds(1));
    }
  };
  std::vector<std::thread> followers;
  followers.emplace_back([&] { follow(0, Feed::kInternal); });
  followers.emplace_back([&] { follow(1, Feed::kInternal); });
  followers.emplace_back([&] { follow(2, Feed::kPublic); });
  const absl::Time began = absl::Now();
  std::vector<std::thread> writers;
  for (unsigned i = 0; i < 8; ++i) writers.emplace_back([&, i] { write(i); });
  for (std::thread& writer : writers) writer.join();
  const double seconds = absl::ToDoubleSeconds(absl::Now() - began);
  ended = true;
  for (std::thread& follower : followers) follower.join();

  EXPECT_EQ(failed, 0);
  EXPECT_GT(committed, transactions * 8 / 10);
  const FeedHeads heads = store_.Heads();
  EXPECT_EQ(seen[0].size(), static_cast<std::size_t>(heads.internal.position));
  EXPECT_EQ(seen[1].size(), seen[0].size());
  EXPECT_EQ(seen[2].size(), static_cast<std::size_t>(heads.made_public.position));
  for (const auto& entries : seen) {
    std::map<std::string, double> newest;
    for (const FeedEntryPtr& entry : entries) {
      double revision = 0;
      ASSERT_TRUE(absl::SimpleAtod(entry->change.revision, &revision));
      ASSERT_GT(revision, newest[entry->change.name]) << entry->change.name;
      newest[entry->change.name] = revision;
    }
  }
  std::printf("%s: %d transactions with 8 writers in %.1f s, %.0f/s\n", GetParam(), committed.load(), seconds,
              committed / seconds);
}

TEST_P(FeedConformanceTest, TrimsWhatIsOldAndSaysSo) {
  for (int day = 0; day < 10; ++day) {
    store_.Append({{ChangeOf(absl::StrCat(day)), ChangeOf(absl::StrCat(day))}, {ChangeOf(absl::StrCat(day))}},
                  kTime + absl::Hours(24 * day));
  }
  const absl::Time now = kTime + absl::Hours(24 * 9) + absl::Minutes(1);
  const TrimOptions options = {.max_rows = 3};
  EXPECT_EQ(*TrimFeed(store_.db(), Feed::kInternal, now, options, Soon()), 6);
  const FeedHeads heads = store_.Heads();
  EXPECT_EQ(heads.internal.trimmed, 6);
  EXPECT_EQ(heads.internal.position, 20);
  EXPECT_EQ(heads.made_public.trimmed, 0);
  EXPECT_EQ(store_.Entries(Feed::kInternal)[0]->position, 7);
  const auto token = [&](FeedPosition position) {
    return CheckFeedToken(EncodeFeedToken({heads.store_id, Feed::kInternal, position}), Feed::kInternal, heads)
        .status();
  };
  EXPECT_TRUE(token(6).ok());
  EXPECT_EQ(ReasonOf(token(5)), Reason::ERROR_REASON_WATCH_TOO_OLD);
  // It has just been done.
  EXPECT_EQ(*TrimFeed(store_.db(), Feed::kInternal, now + absl::Minutes(9), {.max_rows = 3}, Soon()), 0);
  EXPECT_EQ(*TrimFeed(store_.db(), Feed::kInternal, now + absl::Hours(24), {.max_rows = 3}, Soon()), 2);
  EXPECT_EQ(*TrimFeed(store_.db(), Feed::kPublic, now, options, Soon()), 3);
}

// A clock that stepped back does not make a hole: what is younger in order stays, whatever its time says.
TEST_P(FeedConformanceTest, TrimsOnlyFromTheFront) {
  for (const int day : {0, 8, 1, 9}) store_.Append({{ChangeOf("r")}, {}}, kTime + absl::Hours(24 * day));
  EXPECT_EQ(*TrimFeed(store_.db(), Feed::kInternal, kTime + absl::Hours(24 * 14), {}, Soon()), 1);
  EXPECT_EQ(store_.Entries(Feed::kInternal).size(), 3U);
}

TEST_P(FeedConformanceTest, OneReplicaTrims) {
  for (int i = 0; i < 50; ++i) store_.Append({{ChangeOf("r")}, {}}, kTime);
  std::atomic<std::int64_t> removed = 0;
  std::atomic<int> trimmers = 0;
  std::vector<std::thread> replicas;
  for (int i = 0; i < 4; ++i) {
    replicas.emplace_back([&] {
      const auto trimmed =
          TrimFeed(store_.db(), Feed::kInternal, kTime + absl::Hours(24 * 8), {.max_rows = 20}, Soon());
      ASSERT_TRUE(trimmed.ok()) << trimmed.status();
      removed += *trimmed;
      if (*trimmed > 0) ++trimmers;
    });
  }
  for (std::thread& replica : replicas) replica.join();
  EXPECT_EQ(removed, 50);
  EXPECT_EQ(trimmers, 1);
  EXPECT_EQ(store_.AppendInternal("next"), 51);
}

TEST_P(FeedConformanceTest, ARestoredStoreRefusesTheTokensOfBefore) {
  store_.AppendInternal("a");
  const FeedHeads before = store_.Heads();
  const std::string token = EncodeFeedToken({before.store_id, Feed::kInternal, 1});
  ASSERT_TRUE(CheckFeedToken(token, Feed::kInternal, store_.Heads()).ok());
  ASSERT_TRUE(RenewStore(store_.db(), Soon()).ok());
  EXPECT_NE(store_.Heads().store_id, before.store_id);
  EXPECT_EQ(ReasonOf(CheckFeedToken(token, Feed::kInternal, store_.Heads()).status()),
            Reason::ERROR_REASON_WATCH_TOKEN_FOREIGN);
}

}  // namespace
}  // namespace communique::platform

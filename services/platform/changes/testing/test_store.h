// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/changes/read_feed.h"
#include "services/platform/testing/test_database.h"

// What the tests of the feed share: a store with the feed's tables, and short ways to write to it and read it.
namespace communique::platform {

inline absl::Time Soon() { return absl::Now() + absl::Seconds(30); }

// A change of a release of newsrooms/a.
inline Change ChangeOf(std::string id, std::string verb = "UPDATED", std::string revision = "") {
  return {"newsrooms/a",
          absl::StrCat("newsrooms/a/releases/", id),
          absl::StrCat("uid-", id),
          "release",
          std::move(verb),
          std::move(revision)};
}

class TestStore {
 public:
  explicit TestStore(std::string_view engine, DatabaseOptions options = {}) : test_(engine, std::move(options)) {
    absl::Status status = Migrate(db(), {&ChangeFeedMigrations()}, absl::Now(), Soon());
    if (status.ok()) status = PrepareStore(db(), Soon());
    EXPECT_TRUE(status.ok()) << status;
  }

  Database& db() { return test_.db(); }
  TestDatabase& database() { return test_; }

  // Commits `changes` at `now`.
  AppendedPositions Append(const ChangeSet& changes, absl::Time now = absl::Now()) {
    AppendedPositions positions;
    const absl::Status status = db().Write(Soon(), [&](Session& session) -> absl::Status {
      const auto appended = AppendChanges(session, {"users/editor", "request-1", now}, changes);
      if (appended.ok()) positions = *appended;
      return appended.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return positions;
  }
  FeedPosition AppendInternal(std::string id, std::string verb = "UPDATED") {
    return Append({{ChangeOf(std::move(id), std::move(verb))}, {}}).internal;
  }
  FeedPosition AppendPublic(std::string id, std::string verb = "PUBLISHED") {
    return Append({{ChangeOf(id, verb)}, {ChangeOf(id, verb)}}).made_public;
  }

  FeedHeads Heads() {
    FeedHeads heads;
    const absl::Status status = db().Read(Soon(), [&](Session& session) -> absl::Status {
      const auto read = ReadFeedHeads(session);
      if (read.ok()) heads = *read;
      return read.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return heads;
  }

  std::vector<FeedEntryPtr> Entries(Feed feed, FeedPosition after = 0, std::size_t limit = 100'000) {
    std::vector<FeedEntryPtr> entries;
    const absl::Status status = db().Read(Soon(), [&](Session& session) -> absl::Status {
      const auto heads = ReadFeedHeads(session);
      if (!heads.ok()) return heads.status();
      auto read = ReadFeedEntries(session, feed, after, heads->of(feed).position, limit);
      if (!read.ok()) return read.status();
      entries = *std::move(read);
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return entries;
  }

 private:
  TestDatabase test_;
};

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "google/protobuf/wrappers.pb.h"
#include "services/platform/following/feed_projection.h"
#include "services/platform/following/testing/fake_peer.h"

namespace communique::platform {

// Accounts of a FakePeer, kept up to date by adding what the events say: an event that is applied twice, or not at all,
// shows in the sums for ever.
class AccountProjection final : public FeedProjection {
 public:
  explicit AccountProjection(FakePeer& peer) : peer_(peer) {}

  // Makes the tables of the projection and of the follower.
  static void CreateTables(Database& database) {
    const absl::Time deadline = absl::Now() + absl::Seconds(30);
    ASSERT_TRUE(Migrate(database, {&FollowedFeedMigrations()}, absl::Now(), deadline).ok());
    ASSERT_TRUE(database
                    .Write(deadline,
                           [](Session& session) {
                             return session.RunScript(
                                 "CREATE TABLE accounts (name TEXT NOT NULL PRIMARY KEY, balance BIGINT NOT NULL, "
                                 "generation BIGINT NOT NULL)");
                           })
                    .ok());
  }
  static std::map<std::string, int> Accounts(Database& database) {
    std::map<std::string, int> accounts;
    const absl::Status status = database.Read(absl::Now() + absl::Seconds(30), [&](Session& session) -> absl::Status {
      accounts.clear();
      const auto rows = session.Query("SELECT name, balance FROM accounts ORDER BY name");
      if (!rows.ok()) return rows.status();
      for (const Row row : *rows) accounts[row.Text(0)] = static_cast<int>(row.Int(1));
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return accounts;
  }

  absl::Status Prepare(std::span<const FeedEvent> events, absl::Time, const std::stop_token& stop) override {
    prepared += events.size();
    return on_prepare ? on_prepare(stop) : absl::OkStatus();
  }
  absl::Status Apply(Session& session, std::span<const FeedEvent> events) override {
    batches.push_back(events.size());
    for (const FeedEvent& event : events) {
      const std::vector<std::string> words = absl::StrSplit(event.As<google::protobuf::StringValue>().value(), ' ');
      int amount = 0;
      EXPECT_TRUE(absl::SimpleAtoi(words.at(1), &amount));
      if (auto status = Change(session, words[0], amount, "balance + excluded.balance", 0); !status.ok()) return status;
    }
    // After the changes: what fails here must undo them.
    return on_apply ? on_apply(session) : absl::OkStatus();
  }
  void OnCommit() override { ++commits; }
  absl::Status List(FeedListing& listing) override {
    if (on_list) {
      if (auto status = on_list(listing); !status.ok()) return status;
    }
    const auto [accounts, token] = peer_.List();
    // A page each.
    for (const auto& [name, balance] : accounts) {
      const absl::Status status = listing.Write([&, name = name, balance = balance](Session& session) {
        return Change(session, name, balance, "excluded.balance", listing.generation());
      });
      if (!status.ok()) return status;
      if (after_page) after_page();
    }
    return listing.Finish(token, [&](Session& session) {
      return session
          .Execute("DELETE FROM accounts WHERE generation < :generation", {{"generation", listing.generation()}})
          .status();
    });
  }

  std::function<absl::Status(const std::stop_token&)> on_prepare;
  std::function<absl::Status(Session&)> on_apply;
  std::function<absl::Status(FeedListing&)> on_list;
  std::function<void()> after_page;
  std::size_t prepared = 0;
  std::vector<std::size_t> batches;
  int commits = 0;

 private:
  static absl::Status Change(Session& session, const std::string& name, int balance, const std::string& value,
                             std::int64_t generation) {
    const std::string keep = generation == 0 ? "accounts.generation" : "excluded.generation";
    return session
        .Execute(absl::StrCat("INSERT INTO accounts (name, balance, generation) VALUES (:name, :balance, :generation) "
                              "ON CONFLICT (name) DO UPDATE SET balance = ",
                              value == "excluded.balance" ? "" : "accounts.", value, ", generation = ", keep),
                 {{"name", name}, {"balance", balance}, {"generation", generation}})
        .status();
  }

  FakePeer& peer_;
};

}  // namespace communique::platform

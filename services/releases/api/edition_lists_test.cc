// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// ListEditions through the reply caches of two replicas, each with its own tail of the feed: what an anonymous reader
// gets follows from what is public, and from nothing else.

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "communique/releases/v1/edition_service.pb.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/cache/cache_feeder.h"
#include "services/platform/cache/testing/fake_shared_store.h"
#include "services/platform/changes/feed_token.h"
#include "services/platform/changes/materialiser.h"
#include "services/platform/rpc/testing/in_process_server.h"
#include "services/platform/testing/fake_monotonic_clock.h"
#include "services/releases/api/edition_api.h"
#include "services/releases/testing/release_driver.h"
#include "services/releases/usecases/announce_editions.h"

namespace communique::releases {
namespace {

using platform::FeedPosition;

constexpr char kPath[] = "/communique.releases.v1.EditionService/ListEditions";

// A replica's public side. Its tail ticks when the test says so; its monotonic clock stands still, so that no tick is
// ever late.
class Replica {
 public:
  Replica(ReleasesStore& store, platform::SharedStore& shared) : store_(store) {
    cache_.emplace(platform::ReplyCacheOptions(),
                   platform::ReplyCache::Environment{clock_, store.clock(), monotonic_,
                                                     [this](absl::Time deadline, platform::ReplyCache::Work work) {
                                                       return db_read_.Submit(deadline, std::move(work));
                                                     },
                                                     &shared});
    feeder_.emplace(*cache_);
    tail_.AddObserver(*feeder_);
    editions_.emplace(parts_, *cache_, absl::Seconds(1),
                      platform::ServerStream<v1::WatchEditionsRequest>(
                          "WatchEditions", db_read_, [](const std::shared_ptr<platform::EventStream>&, const auto&) {
                            return absl::CancelledError();
                          }));
    server_.emplace(std::vector<platform::ServiceMethods>{editions_->Methods()});
    channel_ = server_->NewChannel();
    Tick();
  }

  void Tick() { EXPECT_TRUE(tail_.Tick().ok()); }
  platform::FeedTail& tail() { return tail_; }
  // A change that this replica has committed.
  void Commit(const std::string& resource, FeedPosition position) { cache_->OnCommit(resource, position); }
  std::uint64_t loads() const { return cache_->stats().loads; }

  v1::ListEditionsResponse List(const std::string& parent) {
    v1::ListEditionsRequest request;
    request.set_parent(parent);
    grpc::ClientContext context;
    std::string bytes;
    const grpc::Status status = platform::CallWithBytes(channel_, kPath, request.SerializeAsString(), context, &bytes);
    EXPECT_TRUE(status.ok()) << parent << ": " << status.error_message();
    v1::ListEditionsResponse response;
    EXPECT_TRUE(response.ParseFromString(bytes));
    return response;
  }

 private:
  ReleasesStore& store_;
  platform::FakeMonotonicClock monotonic_;
  const platform::SystemClock clock_;
  platform::FeedTail tail_{store_.db(), {}, store_.clock(), monotonic_};
  platform::Executor db_read_{{.name = "db-read", .threads = 1}, clock_};
  const ApiParts parts_{store_.environment(), db_read_, db_read_, db_read_, db_read_, tail_};
  std::optional<platform::ReplyCache> cache_;
  std::optional<platform::CacheFeeder> feeder_;
  std::optional<EditionApi> editions_;
  std::optional<platform::InProcessServer> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

class EditionListsTest : public ::testing::Test {
 protected:
  EditionListsTest() {
    for (const char* id : {"relief", "rescue"}) store_.MakeNewsroom(id);
    for (int i = 0; i < 2; ++i) replicas_.emplace_back(store_, shared_);
  }

  static const std::vector<std::string>& Parents() {
    static const std::vector<std::string> parents = {"newsrooms/relief/releases/-", "newsrooms/rescue/releases/-",
                                                     "newsrooms/-/releases/-", "newsrooms/relief/releases/coming"};
    return parents;
  }

  // Everything that both replicas answer, twice: as it comes, and out of their caches.
  std::map<std::string, std::string> Observe() {
    std::map<std::string, std::string> seen;
    for (std::size_t i = 0; i < replicas_.size(); ++i) {
      for (const std::string& parent : Parents()) {
        const std::string first = replicas_[i].List(parent).SerializeAsString();
        const std::uint64_t loads = replicas_[i].loads();
        EXPECT_EQ(replicas_[i].List(parent).SerializeAsString(), first);
        EXPECT_EQ(replicas_[i].loads(), loads) << "a first page is not kept";
        seen[absl::StrCat(parent, " by replica ", i)] = first;
      }
    }
    return seen;
  }

  FeedPosition PositionIn(const v1::ListEditionsResponse& list) {
    const auto token = platform::DecodeFeedToken(list.watch_token());
    EXPECT_TRUE(token.ok() && token->feed == platform::Feed::kPublic);
    return token.ok() ? token->position : -1;
  }
  void ExpectTokens(FeedPosition position) {
    for (std::size_t i = 0; i < replicas_.size(); ++i) {
      for (const std::string& parent : Parents()) {
        EXPECT_EQ(PositionIn(replicas_[i].List(parent)), position) << parent << " by replica " << i;
      }
    }
  }

  void TickAll() {
    for (Replica& replica : replicas_) replica.Tick();
  }
  // Something that nobody outside may notice, in each newsroom; the first replica does it.
  void WriteHidden() {
    for (const char* newsroom : {"newsrooms/relief", "newsrooms/rescue"}) {
      ReleaseDriver hidden(store_, newsroom, absl::StrCat("hidden-", ++hidden_));
      ASSERT_TRUE(hidden.Create("Geheim").ok());
      replicas_[0].Tick();
      replicas_[0].Commit(hidden.name(), replicas_[0].tail().head(platform::Feed::kInternal));
    }
    TickAll();
  }
  // Public at `since`.
  void Schedule(const std::string& newsroom, const std::string& id, absl::Time since) {
    ReleaseDriver release(store_, newsroom, id);
    ASSERT_TRUE(release.CreateApproved("Hilfe ist da").ok());
    const absl::Status published = release.Publish(absl::FormatTime(
        "%Y-%m-%dT%H:%M:%S", since, absl::LoadTimeZone("Europe/Berlin", &berlin_) ? berlin_ : absl::UTCTimeZone()));
    ASSERT_TRUE(published.ok()) << published;
  }
  void PublishNow(const std::string& newsroom, const std::string& id) {
    ReleaseDriver release(store_, newsroom, id);
    ASSERT_TRUE(release.CreateApproved("Noch mehr Hilfe").ok());
    ASSERT_TRUE(release.Publish().ok());
  }
  // As another replica does it, which has none of these caches.
  void Announce() {
    EditionAnnouncer announcer;
    platform::Materialiser materialiser(store_.db(), store_.clock(), announcer, elsewhere_);
    ASSERT_TRUE(materialiser.RunOnce().ok());
    ASSERT_EQ(materialiser.stats().announced, 1U);
  }

  ReleasesStore store_{"sqlite"};
  platform::FakeSharedStore shared_;
  platform::FakeMonotonicClock monotonic_;
  platform::FeedTail elsewhere_{store_.db(), {}, store_.clock(), monotonic_};
  std::deque<Replica> replicas_;
  absl::TimeZone berlin_;
  int hidden_ = 0;
};

// What a reader watches from after it has listed: an announcement that is in no list's token yet would be sent again.
TEST_F(EditionListsTest, AnAnnouncementMovesTheTokensOfAllListsOnAllReplicas) {
  const absl::Time since = store_.clock().Now() + absl::Minutes(1);
  Schedule("newsrooms/relief", "coming", since);
  TickAll();
  Observe();
  store_.clock().Set(since);
  Observe();
  EXPECT_EQ(replicas_[1].List("newsrooms/relief/releases/-").editions_size(), 1);
  ExpectTokens(0);
  Announce();
  TickAll();
  ExpectTokens(1);
}

TEST_F(EditionListsTest, WhatHappensInOneNewsroomMovesTheTokensOfTheOthers) {
  Observe();
  PublishNow("newsrooms/rescue", "now");
  TickAll();
  ExpectTokens(1);
}

TEST_F(EditionListsTest, AHiddenWriteChangesNothingAtAnyTime) {
  const absl::Time since = store_.clock().Now() + absl::Minutes(1);
  Schedule("newsrooms/relief", "coming", since);
  TickAll();
  const auto expect_no_change = [&](const char* when) {
    const auto before = Observe();
    WriteHidden();
    EXPECT_EQ(Observe(), before) << "a hidden write shows " << when;
  };
  expect_no_change("before anything is public");
  store_.clock().Set(since);
  expect_no_change("between the beginning and the announcement");
  Announce();
  TickAll();
  expect_no_change("after the announcement");
  PublishNow("newsrooms/rescue", "now");
  TickAll();
  expect_no_change("after something has happened in another newsroom");
}

// Lists are kept all the same: a hidden write elsewhere does not even make them be read again.
TEST_F(EditionListsTest, AreKeptWhileNothingHappensInTheirNewsroom) {
  PublishNow("newsrooms/relief", "coming");
  TickAll();
  Observe();
  ReleaseDriver hidden(store_, "newsrooms/rescue", "hidden");
  ASSERT_TRUE(hidden.Create("Geheim").ok());
  TickAll();
  for (Replica& replica : replicas_) {
    const std::uint64_t loads = replica.loads();
    replica.List("newsrooms/relief/releases/-");
    EXPECT_EQ(replica.loads(), loads);
  }
}

}  // namespace
}  // namespace communique::releases

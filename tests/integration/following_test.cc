// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// A service that follows the releases service over gRPC, in two replicas: it knows of every change once and in order,
// however often either of them is restarted or killed.

#include <gtest/gtest.h>

#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/following/feed_follower.h"
#include "services/platform/peers/peer_stub.h"
#include "services/platform/testing/captured_log.h"
#include "services/platform/testing/test_database.h"
#include "tests/testing/client.h"
#include "tests/testing/press_office.h"
#include "tests/testing/service_data.h"
#include "tests/testing/service_process.h"

namespace communique::testing {
namespace {

using platform::FeedEvent;
using platform::FeedFollower;
using platform::FeedListing;
using platform::PeerMethods;
using platform::Session;

using Changes = std::vector<std::string>;  // "resource verb revision"

std::string TextOf(const v1::Change& change) {
  return absl::StrCat(change.resource(), " ", v1::Change::Verb_Name(change.verb()), " ", change.revision());
}

// Writes down every change; what was there before, as "listed".
class Journal final : public platform::FeedProjection {
 public:
  explicit Journal(platform::Peer& releases) : releases_(releases) {}

  static absl::Status CreateTables(platform::Database& database) {
    const absl::Time deadline = absl::Now() + absl::Seconds(30);
    absl::Status status = Migrate(database, {&platform::FollowedFeedMigrations()}, absl::Now(), deadline);
    if (!status.ok()) return status;
    return database.Write(deadline, [](Session& session) {
      return session.RunScript(
          "CREATE TABLE journal (line BIGINT NOT NULL PRIMARY KEY, text TEXT NOT NULL);"
          "CREATE TABLE listed (name TEXT NOT NULL PRIMARY KEY, generation BIGINT NOT NULL)");
    });
  }
  static Changes Read(platform::Database& database, const std::string& sql) {
    Changes texts;
    const absl::Status status = database.Read(absl::Now() + absl::Seconds(30), [&](Session& session) -> absl::Status {
      texts.clear();
      const auto rows = session.Query(sql);
      if (!rows.ok()) return rows.status();
      for (const platform::Row row : *rows) texts.push_back(row.Text(0));
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return texts;
  }

  absl::Status Apply(Session& session, std::span<const FeedEvent> events) override {
    for (const FeedEvent& event : events) {
      const v1::Change& change = event.As<v1::WatchReleasesResponse>().change();
      const auto inserted =
          session.Execute("INSERT INTO journal (line, text) SELECT COALESCE(max(line), 0) + 1, :text FROM journal",
                          {{"text", TextOf(change)}});
      if (!inserted.ok()) return inserted.status();
    }
    return absl::OkStatus();
  }
  absl::Status List(FeedListing& listing) override {
    v1::ListReleasesRequest request;
    request.set_parent("newsrooms/example");
    request.set_page_size(2);
    std::string token;
    do {
      const auto page = releases_.Call(&PeerMethods<v1::ReleaseService>::ListReleases, request,
                                       {.stop = listing.stop(), .repeatable = true});
      if (!page.ok()) return page.status();
      if (token.empty()) token = page->watch_token();
      const absl::Status status = listing.Write([&](Session& session) -> absl::Status {
        for (const v1::Release& release : page->releases()) {
          const auto inserted = session.Execute(
              "INSERT INTO listed (name, generation) VALUES (:name, :generation) ON CONFLICT DO NOTHING",
              {{"name", release.name()}, {"generation", listing.generation()}});
          if (!inserted.ok()) return inserted.status();
        }
        return absl::OkStatus();
      });
      if (!status.ok()) return status;
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return listing.Finish(token);
  }

 private:
  const platform::PeerStub<v1::ReleaseService> releases_;
};

// A replica of the service that follows.
class Replica {
 public:
  Replica(const std::string& address, platform::Database& database, const platform::Log& log)
      : peer_(Open(address, metrics_, log)), journal_(*peer_), releases_(*peer_) {
    v1::WatchReleasesRequest request;
    request.set_parent("newsrooms/example");
    platform::FeedFollowerOptions options;
    options.batch = 2;  // so that streams are held back, too
    options.max_retry_pause = absl::Milliseconds(200);
    follower_ =
        std::make_unique<FeedFollower>(platform::FollowedFeed{"releases", "releases"},
                                       releases_.Watch(&PeerMethods<v1::ReleaseService>::WatchReleases, request),
                                       journal_, options, FeedFollower::Environment{database, clock_, monotonic_, log});
    follower_->Start();
  }

  FeedFollower& follower() { return *follower_; }

 private:
  static std::unique_ptr<platform::Peer> Open(const std::string& address, platform::Metrics& metrics,
                                              const platform::Log& log) {
    platform::PeerOptions options;
    options.name = "releases";
    options.address = address;
    auto peer = platform::Peer::Open(options, metrics, log);
    EXPECT_TRUE(peer.ok()) << peer.status();
    return *std::move(peer);
  }

  const platform::SystemClock clock_;
  const platform::SystemMonotonicClock monotonic_;
  platform::Metrics metrics_;
  std::unique_ptr<platform::Peer> peer_;
  Journal journal_;
  platform::PeerStub<v1::ReleaseService> releases_;
  std::unique_ptr<FeedFollower> follower_;
};

class FollowingTest : public ::testing::TestWithParam<const char*> {
 protected:
  FollowingTest() {
    EXPECT_TRUE(Journal::CreateTables(database_.db()).ok());
    // On a port that stays the same.
    const ReleasesProcess first(data_.flags(), data_.environment());
    address_ = first.internal();
  }

  void StartReleases() {
    if (releases_ != nullptr) {
      releases_->Start();
      return;
    }
    releases_ = std::make_unique<ReleasesProcess>(
        data_.FlagsAnd({"--drain.grace=500ms", "--listen.internal=" + address_}), data_.environment());
  }
  void Publish(int count) {
    Client client(address_);
    for (int i = 0; i < count; ++i) {
      const auto release = PressOffice(client).MakePublic(absl::StrCat("release-", ++published_), "News");
      ASSERT_TRUE(release.ok()) << release.status();
    }
  }
  std::string WatchToken() {
    Client client(address_);
    v1::ListReleasesRequest request;
    request.set_parent("newsrooms/example");
    const auto list = client.Call(&v1::ReleaseService::Stub::ListReleases, request);
    EXPECT_TRUE(list.ok()) << list.status();
    return list.ok() ? list->watch_token() : "";
  }
  // The changes after `token`, told by the releases service to somebody else, until there is one of `last`.
  Changes ChangesSince(const std::string& token, const std::string& last) {
    Client client(address_);
    grpc::ClientContext context;
    client.SetDeadline(context);
    v1::WatchReleasesRequest request;
    request.set_parent("newsrooms/example");
    request.set_watch_token(token);
    const auto stub = v1::ReleaseService::NewStub(client.channel());
    const auto stream = stub->WatchReleases(&context, request);
    Changes changes;
    v1::WatchReleasesResponse response;
    while (stream->Read(&response)) {
      if (!response.has_change()) continue;
      changes.push_back(TextOf(response.change()));
      if (response.change().resource() == last && response.change().verb() == v1::Change::VERB_PUBLISHED) break;
    }
    context.TryCancel();
    (void)stream->Finish();
    return changes;
  }
  Changes Told() { return Journal::Read(database_.db(), "SELECT text FROM journal ORDER BY line"); }
  // Until the last release that was published is known to be.
  bool CatchesUp() {
    const std::string last = ReleaseName(absl::StrCat("release-", published_));
    const absl::Time give_up = absl::Now() + absl::Seconds(30);
    while (absl::Now() < give_up) {
      const Changes told = Told();
      if (!told.empty() && told.back().starts_with(absl::StrCat(last, " VERB_PUBLISHED"))) return true;
      absl::SleepFor(absl::Milliseconds(2));
    }
    return false;
  }

  ReleasesData data_{GetParam()};
  platform::TestDatabase database_{"sqlite"};
  platform::CapturedLog log_;
  std::string address_;
  std::unique_ptr<ReleasesProcess> releases_;
  int published_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Engines, FollowingTest, ::testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

TEST_P(FollowingTest, KnowsEveryChangeOnceWhoeverIsRestarted) {
  StartReleases();
  {
    Client client(address_);
    ASSERT_TRUE(PressOffice(client).Open().ok());
  }
  Publish(5);
  const std::string token = WatchToken();
  const auto start = [this] { return std::make_unique<Replica>(address_, database_.db(), log_.log()); };
  auto one = start();
  auto two = start();
  const absl::Time give_up = absl::Now() + absl::Seconds(30);
  while (one->follower().stats().listings + two->follower().stats().listings == 0 && absl::Now() < give_up) {
    absl::SleepFor(absl::Milliseconds(2));
  }
  EXPECT_EQ(Journal::Read(database_.db(), "SELECT name FROM listed ORDER BY name").size(), 5U);

  Publish(3);
  ASSERT_TRUE(CatchesUp()) << log_.Text();

  // The service that is followed is restarted in order.
  EXPECT_EQ(releases_->Terminate(), 0);
  StartReleases();
  Publish(3);
  ASSERT_TRUE(CatchesUp()) << log_.Text();

  // It is killed, and nobody follows when it comes back and goes on.
  releases_->Kill();
  one.reset();
  two.reset();
  StartReleases();
  Publish(6);
  one = start();
  ASSERT_TRUE(CatchesUp()) << log_.Text();

  // Killed again, under those who follow.
  two = start();
  Publish(1);
  releases_->Kill();
  StartReleases();
  const absl::Time began = absl::Now();
  Publish(1);
  ASSERT_TRUE(CatchesUp()) << log_.Text();
  std::printf("known %.0f ms after a restart, publishing included\n", absl::ToDoubleMilliseconds(absl::Now() - began));

  EXPECT_EQ(Told(), ChangesSince(token, ReleaseName(absl::StrCat("release-", published_))));
  EXPECT_GT(one->follower().stats().applied + two->follower().stats().applied, 0U);
  const absl::Time asked = absl::Now();
  one.reset();
  EXPECT_LT(absl::Now() - asked, absl::Seconds(1)) << "an open stream holds up the end";
}

}  // namespace
}  // namespace communique::testing

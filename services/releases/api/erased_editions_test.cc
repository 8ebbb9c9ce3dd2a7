// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// What was cached before a person was erased: it is given to nobody, and lies neither in this process nor in Redis.

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "communique/releases/v1/edition_service.pb.h"
#include "services/platform/cache/cache_feeder.h"
#include "services/platform/cache/redis_store.h"
#include "services/platform/rpc/testing/in_process_server.h"
#include "services/platform/testing/fake_monotonic_clock.h"
#include "services/platform/testing/redis_server.h"
#include "services/releases/api/edition_api.h"
#include "services/releases/testing/personal_data.h"

namespace communique::releases {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char kPath[] = "/communique.releases.v1.EditionService/GetEdition";

// A replica's public side. Its tail ticks when the test says so.
class Replica {
 public:
  Replica(ReleasesStore& store, const platform::RedisServer& redis) : store_(store), shared_(RedisOptionsFor(redis)) {
    cache_.emplace(platform::ReplyCacheOptions(),
                   platform::ReplyCache::Environment{clock_, store.clock(), monotonic_,
                                                     [this](absl::Time deadline, platform::ReplyCache::Work work) {
                                                       return db_read_.Submit(deadline, std::move(work));
                                                     },
                                                     &shared_});
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
  platform::ReplyCache& cache() { return *cache_; }
  const platform::RedisStore& shared() const { return shared_; }
  // What is stored in Redis under this edition's name.
  std::string SharedKey(const std::string& edition) const {
    return absl::StrCat("communique:", tail_.store_id(), ":1:", edition);
  }
  std::string Get(const std::string& edition) {
    v1::GetEditionRequest request;
    request.set_name(edition);
    grpc::ClientContext context;
    std::string bytes;
    const grpc::Status status = platform::CallWithBytes(channel_, kPath, request.SerializeAsString(), context, &bytes);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return bytes;
  }
  // As main.cc makes it.
  Environment MakeEnvironment() {
    Environment environment = store_.environment();
    environment.changed = [this](std::string_view resource, platform::FeedPosition position) {
      cache_->OnCommit(resource, position);
    };
    environment.forget_replies = [this](const std::vector<std::string>& editions) {
      return cache_->Forget(editions) ? absl::OkStatus() : absl::UnavailableError("redis");
    };
    return environment;
  }

 private:
  static platform::RedisOptions RedisOptionsFor(const platform::RedisServer& redis) {
    platform::RedisOptions options;
    options.address = redis.address();
    options.connect_timeout = options.command_timeout = absl::Seconds(2);
    return options;
  }

  ReleasesStore& store_;
  platform::FakeMonotonicClock monotonic_;
  const platform::SystemClock clock_;
  platform::RedisStore shared_;
  platform::FeedTail tail_{store_.db(), {}, store_.clock(), monotonic_};
  platform::Executor db_read_{{.name = "db-read", .threads = 1}, clock_};
  const ApiParts parts_{store_.environment(), db_read_, db_read_, db_read_, db_read_, tail_};
  std::optional<platform::ReplyCache> cache_;
  std::optional<platform::CacheFeeder> feeder_;
  std::optional<EditionApi> editions_;
  std::optional<platform::InProcessServer> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

class ErasedEditionsTest : public PersonalDataStore, public ::testing::Test {
 protected:
  ErasedEditionsTest() : PersonalDataStore("sqlite") {}

  static void WaitFor(const std::function<bool()>& condition) {
    const absl::Time end = absl::Now() + absl::Seconds(20);
    while (!condition() && absl::Now() < end) absl::SleepFor(absl::Milliseconds(1));
    ASSERT_TRUE(condition());
  }

  platform::RedisServer redis_;
};

TEST_F(ErasedEditionsTest, AreNeitherServedNorKept) {
  ASSERT_TRUE(PublishedWith({HerLine()}).ok());
  const std::string edition = driver_.EditionOf("de");
  Replica here(store_, redis_);
  Replica there(store_, redis_);
  ASSERT_THAT(here.Get(edition), HasSubstr("milena@example.org"));
  WaitFor([&] { return here.shared().stats().stored > 0; });
  ASSERT_THAT(there.Get(edition), HasSubstr("milena@example.org")) << "out of Redis";
  ASSERT_THAT(redis_.Run({"GET", here.SharedKey(edition)}), HasSubstr("milena@example.org"));

  StopPrinting();
  ASSERT_TRUE(Erase(here.MakeEnvironment()).ok());
  EXPECT_EQ(redis_.Run({"EXISTS", here.SharedKey(edition)}), "0");
  EXPECT_EQ(redis_.Run({"DBSIZE"}), "0");
  EXPECT_FALSE(here.cache().TryGet(edition)) << "at once where it was erased";
  there.Tick();
  EXPECT_FALSE(there.cache().TryGet(edition)) << "and elsewhere as soon as the feed tells";
  for (Replica* replica : {&here, &there}) {
    replica->Tick();
    EXPECT_THAT(replica->Get(edition), Not(HasSubstr("milena@example.org")));
  }
}

TEST_F(ErasedEditionsTest, RedisIsWaitedForWhileItDoesNotAnswer) {
  ASSERT_TRUE(PublishedWith({HerLine()}).ok());
  const std::string edition = driver_.EditionOf("de");
  Replica here(store_, redis_);
  here.Get(edition);
  WaitFor([&] { return here.shared().stats().stored > 0; });
  redis_.Dump();
  redis_.Stop();
  StopPrinting();
  EXPECT_TRUE(absl::IsUnavailable(Erase(here.MakeEnvironment()).status()));
  EXPECT_THAT(Found(), testing::IsEmpty()) << "the database does not wait";
  redis_.Start();
  ASSERT_THAT(redis_.Run({"GET", here.SharedKey(edition)}), HasSubstr("milena@example.org")) << "it comes back with it";
  WaitFor([&] { return Erase(here.MakeEnvironment()).ok(); });
  EXPECT_EQ(redis_.Run({"DBSIZE"}), "0");
}

}  // namespace
}  // namespace communique::releases

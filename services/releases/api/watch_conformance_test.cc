// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// WatchEditions and WatchReleases over gRPC: what a watcher is told of what has gone since, and what he is told when he
// cannot go on from where he was.

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "communique/releases/v1/edition_service.grpc.pb.h"
#include "communique/releases/v1/release_service.grpc.pb.h"
#include "services/platform/changes/feed_token.h"
#include "services/platform/changes/trim_feed.h"
#include "services/platform/rpc/grpc_status.h"
#include "services/platform/rpc/testing/in_process_server.h"
#include "services/platform/testing/fake_monotonic_clock.h"
#include "services/releases/api/edition_api.h"
#include "services/releases/api/release_api.h"
#include "services/releases/api/watch.h"
#include "services/releases/testing/public_reader.h"
#include "services/releases/testing/release_driver.h"

namespace communique::releases {
namespace {

using platform::Feed;
using platform::Reason;
using testing::ElementsAre;
using v1::Change;

constexpr char kAllEditions[] = "newsrooms/-/releases/-";
constexpr char kStoreOfOthers[] = "01912d68-0000-7000-8000-000000000000";

class WatchTest : public ::testing::TestWithParam<const char*> {
 protected:
  WatchTest() {
    tail_.AddObserver(edition_hub_);
    tail_.AddObserver(release_hub_);
    store_.MakeNewsroom("relief");
    Tick();
  }

  void Tick() { EXPECT_TRUE(tail_.Tick().ok()); }
  // Until what was found out for one watcher is told no others any more.
  void Forget() { monotonic_.Advance(platform::WatchHubOptions().reuse + absl::Nanoseconds(1)); }
  // Lists and does not read: the token of the list.
  std::string EditionsToken() {
    v1::ListEditionsRequest request;
    request.set_parent(kAllEditions);
    const auto list = reader_.List(request);
    EXPECT_TRUE(list.ok()) << list.status();
    return list.ok() ? list->watch_token() : "";
  }
  std::string ReleasesToken() {
    v1::ListReleasesRequest request;
    request.set_parent("newsrooms/relief");
    const auto list = ListReleases(store_.environment(), ReleasesStore::As("reader"), request);
    EXPECT_TRUE(list.ok()) << list.status();
    return list.ok() ? list->watch_token() : "";
  }

  // The first `count` messages to who watches from `token`; why it ended when fewer come.
  template <typename Stub, typename Request, typename Response>
  absl::Status Watch(std::unique_ptr<grpc::ClientReader<Response>> (Stub::*method)(grpc::ClientContext*,
                                                                                   const Request&),
                     Stub& stub, const std::string& parent, const std::string& token, std::size_t count,
                     std::vector<Response>& told) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(20)));
    Request request;
    request.set_parent(parent);
    request.set_watch_token(token);
    const auto stream = (stub.*method)(&context, request);
    Response response;
    while (told.size() < count && stream->Read(&response)) told.push_back(response);
    if (told.size() == count && count > 0) context.TryCancel();
    const grpc::Status status = stream->Finish();
    return told.size() == count && count > 0 ? absl::OkStatus() : platform::FromGrpcStatus(status);
  }
  std::vector<v1::WatchEditionsResponse> WatchEditions(const std::string& token, std::size_t count) {
    std::vector<v1::WatchEditionsResponse> told;
    const auto status =
        Watch(&v1::EditionService::Stub::WatchEditions, *editions_stub_, kAllEditions, token, count, told);
    EXPECT_TRUE(status.ok()) << status;
    return told;
  }
  absl::Status WhyNoEditions(const std::string& token) {
    std::vector<v1::WatchEditionsResponse> told;
    return Watch(&v1::EditionService::Stub::WatchEditions, *editions_stub_, kAllEditions, token, 0, told);
  }
  absl::Status WhyNoReleases(const std::string& token) {
    std::vector<v1::WatchReleasesResponse> told;
    return Watch(&v1::ReleaseService::Stub::WatchReleases, *releases_stub_, "newsrooms/-", token, 0, told);
  }

  ReleasesStore store_{GetParam()};
  PublicReader reader_{store_.environment()};
  const platform::SystemClock system_clock_;
  platform::FakeMonotonicClock monotonic_;
  platform::Executor executor_{{.name = "test", .threads = 2}, system_clock_};
  platform::FeedTail tail_{store_.db(), {}, store_.clock(), monotonic_};
  EditionEvents edition_events_{store_.environment()};
  ReleaseEvents release_events_;
  platform::WatchHub edition_hub_{tail_, store_.db(), Feed::kPublic, edition_events_, {}, monotonic_, Submit()};
  platform::WatchHub release_hub_{tail_, store_.db(), Feed::kInternal, release_events_, {}, monotonic_, Submit()};
  const ApiParts parts_{store_.environment(), executor_, executor_, executor_, executor_, tail_};
  platform::ReplyCache cache_{
      {}, {system_clock_, store_.clock(), monotonic_, [this](absl::Time deadline, platform::ReplyCache::Work work) {
             return executor_.Submit(deadline, std::move(work));
           }}};
  EditionApi editions_{parts_, cache_, absl::Seconds(1), WatchEditionsMethod(edition_hub_)};
  platform::InProcessServer server_{{editions_.Methods(), ReleaseMethods(parts_, WatchReleasesMethod(release_hub_))}};
  const std::shared_ptr<grpc::Channel> channel_ = server_.NewChannel();
  const std::unique_ptr<v1::EditionService::Stub> editions_stub_ = v1::EditionService::NewStub(channel_);
  const std::unique_ptr<v1::ReleaseService::Stub> releases_stub_ = v1::ReleaseService::NewStub(channel_);

 private:
  platform::WatchHub::Submit Submit() {
    return [this](auto work) { return executor_.Submit(absl::AnyInvocable<void() &&>(std::move(work))); };
  }
};

INSTANTIATE_TEST_SUITE_P(Engines, WatchTest, ::testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

// Of each event, what was done.
std::vector<Change::Verb> Verbs(const std::vector<v1::WatchEditionsResponse>& told) {
  std::vector<Change::Verb> verbs;
  for (const auto& response : told) verbs.push_back(response.change().verb());
  return verbs;
}

// Who was away while a release came, was corrected and went hears that it all happened, and not one word of it.
TEST_P(WatchTest, OldEventsOfWhatHasGoneAreTombstones) {
  const std::string before = EditionsToken();
  ReleaseDriver release(store_, "newsrooms/relief", "r1");
  ASSERT_TRUE(release.CreateApproved("Dreihundert Opfer").ok());
  v1::Release topics;
  topics.add_topics("secret");
  ASSERT_TRUE(release.Update(topics, {"topics"}).ok());
  ASSERT_TRUE(release.Publish().ok());
  store_.clock().Advance(absl::Minutes(1));
  ASSERT_TRUE(release.SetHeadline("Dreizehn Verletzte").ok());
  ASSERT_TRUE(release.SubmitAndApprove().ok());
  ASSERT_TRUE(release.Correct("Es waren dreizehn.").ok());
  store_.clock().Advance(absl::Minutes(1));
  Tick();
  ASSERT_THAT(Verbs(WatchEditions(before, 2)), ElementsAre(Change::VERB_PUBLISHED, Change::VERB_CORRECTED));

  ASSERT_TRUE(release.Withdraw(v1::Withdrawal::KIND_GONE).ok());
  store_.clock().Advance(absl::Minutes(1));
  Forget();
  Tick();
  const auto told = WatchEditions(before, 3);
  ASSERT_THAT(Verbs(told), ElementsAre(Change::VERB_PUBLISHED, Change::VERB_CORRECTED, Change::VERB_WITHDRAWN));
  const v1::Edition now = reader_.Read(release.EditionOf("de"));
  for (const auto& response : told) {
    // Nothing but this: not a word, nor the address that is made of words.
    v1::EditionCard tombstone;
    tombstone.set_name(release.EditionOf("de"));
    tombstone.set_etag(now.etag());
    tombstone.set_visibility(v1::Edition::VISIBILITY_TOMBSTONE);
    tombstone.set_locale("de");
    *tombstone.mutable_publish_time() = now.publish_time();
    *tombstone.mutable_update_time() = now.update_time();
    EXPECT_EQ(response.change().edition().DebugString(), tombstone.DebugString());
    for (const char* word : {"pfer", "opfer", "Verletzte", "verletzte", "dreizehn", "secret", "Hilfe", "Genf"}) {
      EXPECT_FALSE(absl::StrContains(response.SerializeAsString(), word)) << word;
    }
  }
}

// One language's tombstone, and a text that is put back: what is told is what there is to read, never an older text.
TEST_P(WatchTest, WordsOfOldRevisionsNeverComeBack) {
  const std::string before = EditionsToken();
  ReleaseDriver release(store_, "newsrooms/relief", "r1");
  ASSERT_TRUE(release.CreateApproved("Falsch").ok());
  ASSERT_TRUE(release.Publish().ok());
  store_.clock().Advance(absl::Minutes(1));
  ASSERT_TRUE(release.Withdraw(v1::Withdrawal::KIND_GONE, "", {"de"}).ok());
  store_.clock().Advance(absl::Minutes(1));
  ASSERT_TRUE(release.SetHeadline("Richtig").ok());
  ASSERT_TRUE(release.SubmitAndApprove().ok());
  ASSERT_TRUE(release.Correct().ok());
  Tick();
  for (const auto& response : WatchEditions(before, 2)) {
    EXPECT_EQ(response.change().edition().visibility(), v1::Edition::VISIBILITY_TOMBSTONE);
    EXPECT_EQ(response.change().edition().headline(), "");
  }
  store_.clock().Advance(absl::Minutes(1));
  ASSERT_TRUE(release.Reinstate({"de"}).ok());
  Forget();
  Tick();
  const auto told = WatchEditions(before, 3);
  EXPECT_THAT(Verbs(told), ElementsAre(Change::VERB_PUBLISHED, Change::VERB_WITHDRAWN, Change::VERB_REINSTATED));
  for (const auto& response : told) EXPECT_EQ(response.change().edition().headline(), "Richtig");
}

TEST_P(WatchTest, ForeignTokensAreRefusedClearly) {
  const auto expect_foreign = [](const absl::Status& status, const std::string& token) {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << token;
    EXPECT_EQ(platform::ReasonOf(status), Reason::ERROR_REASON_WATCH_TOKEN_FOREIGN) << token;
    EXPECT_EQ(std::string(status.message()),
              "the token is not one of this store and feed, or is from before it was restored: list again, and go on "
              "from the list's watch_token");
  };
  const std::string editions = EditionsToken();
  const std::string releases = ReleasesToken();
  expect_foreign(WhyNoEditions(releases), "of the internal feed");
  expect_foreign(WhyNoReleases(editions), "of the public feed");
  expect_foreign(WhyNoEditions(platform::EncodeFeedToken({kStoreOfOthers, Feed::kPublic, 0})), "of another store");
  expect_foreign(WhyNoReleases(platform::EncodeFeedToken({kStoreOfOthers, Feed::kInternal, 0})), "of another store");
  for (const std::string& garbage :
       {std::string("garbage"), std::string("0"), std::string(1000, 'A'), editions + "=", editions.substr(1),
        editions.substr(0, editions.size() - 1), absl::StrCat(" ", editions), std::string("../../etc/passwd")}) {
    expect_foreign(WhyNoEditions(garbage), garbage);
    expect_foreign(WhyNoReleases(garbage), garbage);
  }
}

TEST_P(WatchTest, TokensThatAreTooOldAreRefusedClearly) {
  const std::string editions = EditionsToken();
  const std::string releases = ReleasesToken();
  ReleaseDriver release(store_, "newsrooms/relief", "r1");
  ASSERT_TRUE(release.CreateApproved("Alt").ok());
  ASSERT_TRUE(release.Publish().ok());
  Tick();
  ASSERT_EQ(WatchEditions(editions, 1).size(), 1U);

  // A week later, when the feeds have been trimmed.
  store_.clock().Advance(absl::Hours(8 * 24));
  for (const Feed feed : {Feed::kPublic, Feed::kInternal}) {
    const auto trimmed = platform::TrimFeed(store_.db(), feed, store_.clock().Now(), {}, ReleasesStore::Soon());
    ASSERT_TRUE(trimmed.ok() && *trimmed > 0) << trimmed.status();
  }
  Tick();
  for (const absl::Status& status : {WhyNoEditions(editions), WhyNoReleases(releases)}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange);
    EXPECT_EQ(platform::ReasonOf(status), Reason::ERROR_REASON_WATCH_TOO_OLD) << status;
    EXPECT_EQ(std::string(status.message()),
              "the token is older than the feed is kept: list again, and go on from the list's watch_token");
  }
  // As it says.
  const std::string again = EditionsToken();
  ReleaseDriver next(store_, "newsrooms/relief", "r2");
  ASSERT_TRUE(next.CreateApproved("Neu").ok());
  ASSERT_TRUE(next.Publish().ok());
  Tick();
  const auto told = WatchEditions(again, 1);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].change().edition().headline(), "Neu");
}

// A store that was restored has lost its newest commits.
TEST_P(WatchTest, TokensOfWhatIsLostAreRefusedClearly) {
  const std::string store_id = tail_.store_id();
  // It is refused when a tick that began later has seen no more.
  const auto expect_ahead = [&](auto why_none, Feed feed) {
    std::optional<absl::Status> status;
    std::thread watcher([&] { status = why_none(platform::EncodeFeedToken({store_id, feed, 1'000'000})); });
    const auto& hub = feed == Feed::kPublic ? edition_hub_ : release_hub_;
    while (hub.stats().watchers == 0) absl::SleepFor(absl::Milliseconds(1));
    while (hub.stats().watchers > 0) {
      monotonic_.Advance(absl::Milliseconds(1));
      Tick();
    }
    watcher.join();
    EXPECT_EQ(status->code(), absl::StatusCode::kOutOfRange);
    EXPECT_EQ(platform::ReasonOf(*status), Reason::ERROR_REASON_WATCH_TOKEN_AHEAD) << *status;
    EXPECT_THAT(std::string(status->message()), testing::HasSubstr("list again"));
  };
  expect_ahead([this](const std::string& token) { return WhyNoEditions(token); }, Feed::kPublic);
  expect_ahead([this](const std::string& token) { return WhyNoReleases(token); }, Feed::kInternal);
}

}  // namespace
}  // namespace communique::releases

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "communique/releases/v1/newsroom_service.pb.h"
#include "services/contacts/testing/contacts_store.h"
#include "services/contacts/usecases/follow_newsrooms.h"
#include "services/platform/base/uuid.h"
#include "services/platform/changes/feed_token.h"
#include "services/platform/errors/error.h"

namespace communique::contacts {
namespace {

using platform::FeedEvent;
using platform::FeedListing;
using platform::Session;
using testing::ElementsAre;

// The releases service: newsrooms by name, listed two at a time.
class FakeNewsrooms final : public NewsroomSource {
 public:
  void Have(const std::string& id, const std::string& parent = "") {
    const std::string name = "newsrooms/" + id;
    newsrooms_[name] = {name, "uid-of-" + id, parent, "de", "Europe/Berlin"};
  }
  void Forget(const std::string& id) { newsrooms_.erase("newsrooms/" + id); }

  absl::StatusOr<Newsroom> Get(const std::string& name, absl::Time, const std::stop_token&) override {
    ++gets;
    const auto found = newsrooms_.find(name);
    if (found == newsrooms_.end()) return platform::NotFound("newsroom", name);
    return found->second;
  }
  absl::StatusOr<Page> List(const std::string& page_token, const std::stop_token&) override {
    Page page{{}, "", page_token.empty() ? token : "later than the first page"};
    auto next = page_token.empty() ? newsrooms_.begin() : newsrooms_.find(page_token);
    for (; next != newsrooms_.end() && page.newsrooms.size() < 2; ++next) page.newsrooms.push_back(next->second);
    if (next != newsrooms_.end()) page.next_page_token = next->first;
    return page;
  }

  int gets = 0;
  const std::string token =
      platform::EncodeFeedToken({platform::MakeUuidV7(absl::UnixEpoch()), platform::Feed::kInternal, 7});

 private:
  std::map<std::string, Newsroom> newsrooms_;
};

FeedEvent ChangeOf(const std::string& newsroom) {
  auto response = std::make_shared<releases::v1::WatchNewsroomsResponse>();
  response->mutable_change()->set_resource(newsroom);
  return {"token", response};
}

class FollowNewsroomsTest : public testing::TestWithParam<const char*> {
 protected:
  absl::Status Tell(const std::vector<FeedEvent>& events) {
    if (auto status = projection_.Prepare(events, ContactsStore::Soon(), {}); !status.ok()) return status;
    return store_.db().Write(ContactsStore::Soon(),
                             [&](Session& session) { return projection_.Apply(session, events); });
  }
  void List() {
    const platform::FollowedFeed feed{"releases", "newsrooms"};
    std::int64_t generation = 0;
    ASSERT_TRUE(store_.db()
                    .Write(ContactsStore::Soon(),
                           [&](Session& session) -> absl::Status {
                             auto status = CreateFollowedPosition(session, feed, store_.clock().Now());
                             if (!status.ok()) return status;
                             const auto position = LockFollowedPosition(session, feed);
                             if (position.ok()) generation = position->generation;
                             return position.status();
                           })
                    .ok());
    auto listing =
        FeedListing::Begin(store_.db(), feed, generation, {absl::Seconds(10), absl::Seconds(10)}, store_.clock(), {});
    ASSERT_TRUE(listing.ok() && listing->has_value()) << listing.status();
    const absl::Status listed = projection_.List(**listing);
    ASSERT_TRUE(listed.ok()) << listed;
    EXPECT_TRUE((*listing)->finished());
  }
  // The names from the newsroom up; none when it is not known.
  std::vector<std::string> Line(const std::string& id) {
    std::vector<std::string> names;
    const absl::Status status = store_.db().Read(ContactsStore::Soon(), [&](Session& session) {
      names.clear();
      const auto line = NewsroomAndAncestors(session, "newsrooms/" + id);
      if (!line.ok()) return line.status();
      for (const Newsroom& newsroom : *line) names.push_back(newsroom.name);
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok() || absl::IsNotFound(status)) << status;
    return names;
  }

  ContactsStore store_{GetParam()};
  FakeNewsrooms source_;
  NewsroomProjection projection_{source_};
};

TEST_P(FollowNewsroomsTest, AnEventBringsTheNewsroomAsItIsNow) {
  source_.Have("hq");
  source_.Have("river");
  ASSERT_TRUE(Tell({ChangeOf("newsrooms/river"), ChangeOf("newsrooms/hq"), ChangeOf("newsrooms/river")}).ok());
  EXPECT_EQ(source_.gets, 2) << "each is asked for once";
  EXPECT_THAT(Line("river"), ElementsAre("newsrooms/river"));
  source_.Have("river", "newsrooms/hq");
  ASSERT_TRUE(Tell({ChangeOf("newsrooms/river")}).ok());
  EXPECT_THAT(Line("river"), ElementsAre("newsrooms/river", "newsrooms/hq"));
}

TEST_P(FollowNewsroomsTest, AnEventIsNotAppliedWithoutItsNewsroom) {
  EXPECT_FALSE(Tell({ChangeOf("newsrooms/river")}).ok());
  EXPECT_THAT(Line("river"), ElementsAre());
}

TEST_P(FollowNewsroomsTest, AListReplacesWhatWasKnown) {
  for (const char* id : {"a", "b", "c", "d", "e"}) source_.Have(id);
  List();
  EXPECT_THAT(Line("e"), ElementsAre("newsrooms/e"));
  // What an event brought after the list is kept by nothing but the next list.
  source_.Have("f");
  ASSERT_TRUE(Tell({ChangeOf("newsrooms/f")}).ok());
  source_.Forget("a");
  List();
  EXPECT_THAT(Line("a"), ElementsAre());
  EXPECT_THAT(Line("f"), ElementsAre("newsrooms/f"));
}

TEST_P(FollowNewsroomsTest, ALineEndsWhereAboveIsNotKnownOrGoesRound) {
  source_.Have("river", "newsrooms/hq");
  source_.Have("a", "newsrooms/b");
  source_.Have("b", "newsrooms/a");
  List();
  EXPECT_THAT(Line("river"), ElementsAre("newsrooms/river"));
  EXPECT_EQ(Line("a").size(), 10U);
}

INSTANTIATE_TEST_SUITE_P(Engines, FollowNewsroomsTest, testing::ValuesIn(platform::TestDatabase::kEngines));

}  // namespace
}  // namespace communique::contacts

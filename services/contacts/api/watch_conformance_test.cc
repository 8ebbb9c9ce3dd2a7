// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "communique/contacts/v1/contact_service.grpc.pb.h"
#include "services/contacts/api/contact_api.h"
#include "services/contacts/api/watch.h"
#include "services/contacts/testing/contact_driver.h"
#include "services/platform/changes/feed_token.h"
#include "services/platform/changes/trim_feed.h"
#include "services/platform/rpc/grpc_status.h"
#include "services/platform/rpc/testing/in_process_server.h"
#include "services/platform/testing/fake_monotonic_clock.h"

// Who watches contacts goes on by a token, or learns why not.
namespace communique::contacts {
namespace {

using platform::Feed;
using platform::FeedPosition;
using platform::Reason;
using platform::ReasonOf;

// A process that has just been started. Its tail ticks once.
class Process {
 public:
  explicit Process(ContactsStore& store) : store_(store) {
    hub_.emplace(tail_, store_.db(), Feed::kInternal, events_, platform::WatchHubOptions(), monotonic_,
                 [this](auto work) { return db_read_.Submit(std::move(work)); });
    tail_.AddObserver(*hub_);
    server_.emplace(
        std::vector<platform::ServiceMethods>{ContactMethods(parts_, WatchContactsMethod(*hub_, db_read_))});
    EXPECT_TRUE(tail_.Tick().ok());
  }
  ~Process() {
    server_.reset();
    hub_.reset();
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  std::string Token(Feed feed, FeedPosition position) const { return tail_.TokenFor(feed, position); }

  // The name in the first event behind `token`, or why there is none.
  absl::StatusOr<std::string> Watch(const std::string& token) {
    v1::WatchContactsRequest request;
    request.set_parent("newsrooms/relief");
    request.set_watch_token(token);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    v1::ContactService::Stub stub(server_->NewChannel());
    const auto stream = stub.WatchContacts(&context, request);
    v1::WatchContactsResponse response;
    while (stream->Read(&response)) {
      if (!response.has_change()) continue;
      context.TryCancel();
      stream->Finish();
      return response.change().resource();
    }
    return platform::FromGrpcStatus(stream->Finish());
  }

 private:
  ContactsStore& store_;
  const platform::SystemClock clock_;
  platform::FakeMonotonicClock monotonic_;
  platform::FeedTail tail_{store_.db(), {}, store_.clock(), monotonic_};
  platform::Executor db_read_{{.name = "db-read", .threads = 1}, clock_};
  ContactEvents events_;
  std::optional<platform::WatchHub> hub_;
  const ApiParts parts_{store_.environment(), db_read_, db_read_, db_read_, db_read_, tail_};
  std::optional<platform::InProcessServer> server_;
};

class WatchContactsTest : public testing::TestWithParam<const char*> {
 protected:
  WatchContactsTest() { store_.MakeNewsroom("relief"); }

  // Contacts "a" and "b", one entry of the feed each; of "a" only the position is left.
  void TrimTheFirstOfTwo() {
    driver_.Make("a", ContactDriver::Person("A"));
    store_.clock().Advance(platform::TrimOptions().kept + absl::Seconds(1));
    driver_.Make("b", ContactDriver::Person("B"));
    const auto trimmed =
        platform::TrimFeed(store_.db(), Feed::kInternal, store_.clock().Now(), {}, ContactsStore::Soon());
    ASSERT_TRUE(trimmed.ok()) << trimmed.status();
    EXPECT_EQ(*trimmed, 1);
  }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
};

TEST_P(WatchContactsTest, ATokenThatIsTooOldIsRefused) {
  TrimTheFirstOfTwo();
  Process process(store_);
  const absl::Status old = process.Watch(process.Token(Feed::kInternal, 0)).status();
  EXPECT_EQ(old.code(), absl::StatusCode::kOutOfRange) << old;
  EXPECT_EQ(ReasonOf(old), Reason::ERROR_REASON_WATCH_TOO_OLD);
  // Nothing behind this one was removed.
  const auto told = process.Watch(process.Token(Feed::kInternal, 1));
  ASSERT_TRUE(told.ok()) << told.status();
  EXPECT_EQ(*told, ContactDriver::NameOf("b"));
}

TEST_P(WatchContactsTest, AForeignTokenIsRefused) {
  driver_.Make("a", ContactDriver::Person("A"));
  Process process(store_);
  const std::string of_another_store =
      platform::EncodeFeedToken({"5f0c3f0e-7a53-4f5e-9f39-8f7b9d4a1c11", Feed::kInternal, 0});
  for (const std::string& token : {std::string("not a token"), process.Token(Feed::kPublic, 0), of_another_store}) {
    const absl::Status foreign = process.Watch(token).status();
    EXPECT_EQ(foreign.code(), absl::StatusCode::kInvalidArgument) << token << foreign;
    EXPECT_EQ(ReasonOf(foreign), Reason::ERROR_REASON_WATCH_TOKEN_FOREIGN) << token;
  }
  const auto told = process.Watch(process.Token(Feed::kInternal, 0));
  ASSERT_TRUE(told.ok()) << told.status();
  EXPECT_EQ(*told, ContactDriver::NameOf("a"));
}

INSTANTIATE_TEST_SUITE_P(Engines, WatchContactsTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// Calls to another service, against a real server with the real chain.

#include "services/platform/peers/peer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <functional>
#include <future>
#include <latch>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/base/uuid.h"
#include "services/platform/errors/error.h"
#include "services/platform/peers/peer_errors.h"
#include "services/platform/peers/peer_stub.h"
#include "services/platform/peers/pending_call.h"
#include "services/platform/rpc/testing/in_process_server.h"
#include "services/platform/rpc/testing/note_methods.h"
#include "services/platform/rpc/testing/note_service.grpc.pb.h"
#include "services/platform/testing/captured_log.h"
#include "services/platform/testing/temporary_folder.h"

namespace communique::platform {
namespace {

using rpctest::v1::GetNoteRequest;
using rpctest::v1::Note;
using rpctest::v1::NoteService;
using rpctest::v1::UpdateNoteRequest;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kName[] = "newsrooms/germany/notes/n1";

GetNoteRequest Request() {
  GetNoteRequest request;
  request.set_name(kName);
  return request;
}

// Lets everybody do everything, and remembers what was shown.
class AnyToken final : public Authenticator {
 public:
  absl::StatusOr<std::shared_ptr<const Principal>> Authenticate(const Credentials& credentials) const override {
    const std::lock_guard lock(mutex_);
    shown_ = std::string(credentials.authorization);
    return std::make_shared<const Principal>("services/test",
                                             std::vector<Grant>{{{kAllRoles.begin(), kAllRoles.end()}, {"*"}}});
  }
  std::string shown() const {
    const std::lock_guard lock(mutex_);
    return shown_;
  }

 private:
  mutable std::mutex mutex_;
  mutable std::string shown_;
};

class PeerTest : public ::testing::Test {
 protected:
  using GetHandler = std::function<absl::StatusOr<Note>(Call&, const GetNoteRequest&)>;

  void Serve(GetHandler get) {
    server_.emplace(std::vector<ServiceMethods>{NoteMethods(executor_, {.get = std::move(get)})},
                    InProcessServerOptions{.authenticator = &authenticator_});
    options_.address = absl::StrCat("127.0.0.1:", server_->port());
    Open();
  }
  void Open() {
    stub_.reset();
    options_.name = "notes";
    auto peer = Peer::Open(options_, metrics_, log_.log());
    ASSERT_TRUE(peer.ok()) << peer.status();
    peer_ = *std::move(peer);
    stub_.emplace(*peer_);
  }
  absl::StatusOr<Note> Get(const PeerCall& call = {}) {
    return stub_->Call(&PeerMethods<NoteService>::GetNote, Request(), call);
  }

  CapturedLog log_;
  Metrics metrics_;
  SystemClock clock_;
  AnyToken authenticator_;
  std::latch release_{1};  // what handlers wait for
  Executor executor_{{.name = "test", .limit_key = "test.max_queued", .threads = 4}, clock_};
  std::optional<InProcessServer> server_;
  PeerOptions options_;
  std::unique_ptr<Peer> peer_;
  std::optional<PeerStub<NoteService>> stub_;
};

TEST_F(PeerTest, CallsAndPassesOnWhoAsks) {
  std::string request_id, traceparent;
  Serve([&](Call& call, const GetNoteRequest& request) {
    request_id = call.request_id();
    traceparent = call.traceparent();
    Note note;
    note.set_text(request.name());
    return note;
  });
  const std::string trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const auto note = Get({.request_id = "call-1", .traceparent = trace});
  ASSERT_TRUE(note.ok()) << note.status();
  EXPECT_EQ(note->text(), kName);
  EXPECT_EQ(request_id, "call-1");
  EXPECT_EQ(traceparent, trace);
  EXPECT_EQ(authenticator_.shown(), "");
  EXPECT_THAT(metrics_.Text(),
              HasSubstr(R"(communique_peer_calls_total{code="OK",peer="notes",request="GetNoteRequest"} 1)"));
}

TEST_F(PeerTest, TheEarlierDeadlineCounts) {
  absl::Time deadline;
  Serve([&](Call& call, const GetNoteRequest&) {
    deadline = call.deadline();
    return Note();
  });
  absl::Time began = absl::Now();
  EXPECT_TRUE(Get().ok());
  EXPECT_LT(deadline, began + absl::Seconds(3));
  EXPECT_GT(deadline, began + absl::Seconds(1));
  began = absl::Now();
  EXPECT_TRUE(Get({.deadline = began + absl::Milliseconds(900)}).ok());
  EXPECT_LT(deadline, began + absl::Milliseconds(1200));
  // What is known to take longer may.
  began = absl::Now();
  EXPECT_TRUE(Get({.timeout = absl::Seconds(30)}).ok());
  EXPECT_GT(deadline, began + absl::Seconds(20));
}

TEST_F(PeerTest, WhoseDeadlineItWas) {
  options_.timeout = absl::Milliseconds(100);
  Serve([&](Call&, const GetNoteRequest&) {
    release_.wait();
    return Note();
  });
  const absl::Status slow = Get().status();
  EXPECT_TRUE(absl::IsUnavailable(slow)) << slow;
  EXPECT_EQ(ReasonOf(slow), Reason::ERROR_REASON_PEER_UNAVAILABLE);
  EXPECT_EQ(ErrorMetadataValue(slow, "peer"), "notes");
  EXPECT_TRUE(RetryAfterOf(slow).has_value());
  EXPECT_THAT(std::string(slow.message()), HasSubstr("notes, which does not answer in time"));
  const absl::Status late = Get({.deadline = absl::Now() + absl::Milliseconds(30)}).status();
  EXPECT_EQ(ReasonOf(late), Reason::ERROR_REASON_DEADLINE_EXCEEDED) << late;
  release_.count_down();
}

TEST_F(PeerTest, TheCallersFaultIsPassedOnAndOthersAreNot) {
  absl::Status answer;
  Serve([&](Call&, const GetNoteRequest&) -> absl::StatusOr<Note> { return answer; });
  for (const auto& fault :
       {NotFound("note", kName), InvalidField("note.text", "must not be empty"), EtagMismatch(kName, "\"7\""),
        AlreadyExists("note", kName),
        FailedPrecondition(Reason::ERROR_REASON_NO_TEXT, kName, "there is no text in this language"),
        MakeError(absl::StatusCode::kOutOfRange, Reason::ERROR_REASON_WATCH_TOO_OLD, "too old")}) {
    answer = fault;
    const absl::Status got = Get().status();
    EXPECT_EQ(got.code(), fault.code());
    EXPECT_EQ(ReasonOf(got), ReasonOf(fault));
    EXPECT_EQ(got.message(), fault.message());
  }
  for (const auto& failure :
       {Exhausted(Reason::ERROR_REASON_OVERLOADED, "full", absl::Seconds(3)), InternalError("a mistake"),
        MakeError(absl::StatusCode::kUnauthenticated, Reason::ERROR_REASON_TOKEN_REQUIRED, "who are you?"),
        MakeError(absl::StatusCode::kPermissionDenied, Reason::ERROR_REASON_PERMISSION_DENIED, "not you"),
        MakeError(absl::StatusCode::kDataLoss, Reason::ERROR_REASON_INTERNAL, "lost")}) {
    answer = failure;
    const absl::Status got = Get().status();
    EXPECT_TRUE(absl::IsUnavailable(got)) << failure;
    EXPECT_EQ(ReasonOf(got), Reason::ERROR_REASON_PEER_UNAVAILABLE) << failure;
    EXPECT_THAT(std::string(got.message()), Not(HasSubstr(std::string(failure.message()))));
    EXPECT_EQ(RetryAfterOf(got), RetryAfterOf(failure).value_or(absl::Seconds(1)));
  }
}

TEST_F(PeerTest, WhatMayBeRepeatedIsTriedOnceMore) {
  std::atomic<int> calls = 0;
  std::atomic<int> failures = 1;
  options_.retry_pause = absl::Milliseconds(20);
  Serve([&](Call&, const GetNoteRequest&) -> absl::StatusOr<Note> {
    ++calls;
    if (failures-- > 0) {
      return Unavailable(Reason::ERROR_REASON_DATABASE_UNAVAILABLE, "the database is away", absl::Milliseconds(1));
    }
    return Note();
  });
  EXPECT_TRUE(Get({.repeatable = true}).ok());
  EXPECT_EQ(calls, 2);
  EXPECT_THAT(metrics_.Text(), HasSubstr(R"(communique_peer_retries_total{peer="notes"} 1)"));

  failures = 1;
  EXPECT_EQ(ReasonOf(Get().status()), Reason::ERROR_REASON_PEER_UNAVAILABLE);
  EXPECT_EQ(calls, 3);

  failures = 5;
  EXPECT_EQ(ReasonOf(Get({.repeatable = true}).status()), Reason::ERROR_REASON_PEER_UNAVAILABLE);
  EXPECT_EQ(calls, 5);

  // Not when there is no time left for it.
  failures = 5;
  EXPECT_FALSE(Get({.deadline = absl::Now() + absl::Milliseconds(9), .repeatable = true}).ok());
  EXPECT_LE(calls, 6);
}

TEST_F(PeerTest, WaitsAsLongAsThePeerAsksOrNotAtAll) {
  std::atomic<int> calls = 0;
  Serve([&](Call&, const GetNoteRequest&) -> absl::StatusOr<Note> {
    ++calls;
    return Unavailable(Reason::ERROR_REASON_SHUTTING_DOWN, "going", absl::Seconds(10));
  });
  const absl::Time began = absl::Now();
  EXPECT_EQ(RetryAfterOf(Get({.repeatable = true}).status()), absl::Seconds(10));
  EXPECT_EQ(calls, 1);
  EXPECT_LT(absl::Now() - began, absl::Seconds(1));
}

TEST_F(PeerTest, APeerThatIsNotThereIsToldAtOnceAndOnceInTheLog) {
  Serve([](Call&, const GetNoteRequest&) { return Note(); });
  EXPECT_TRUE(Get().ok());
  server_.reset();
  for (int i = 0; i < 5; ++i) {
    const absl::Time began = absl::Now();
    EXPECT_EQ(ReasonOf(Get().status()), Reason::ERROR_REASON_PEER_UNAVAILABLE);
    EXPECT_LT(absl::Now() - began, absl::Seconds(1));
  }
  const std::string text = log_.Text();
  EXPECT_THAT(text, HasSubstr("the peer does not answer"));
  EXPECT_EQ(text.find("the peer does not answer"), text.rfind("the peer does not answer"));
  EXPECT_THAT(text, HasSubstr(R"("peer":"notes")"));
}

TEST_F(PeerTest, SeveralAtOnce) {
  std::atomic<int> under_way = 0;
  std::latch all(3);
  Serve([&](Call&, const GetNoteRequest& request) {
    ++under_way;
    all.arrive_and_wait();
    Note note;
    note.set_text(request.want());
    return note;
  });
  std::vector<PeerReply<Note>> replies;
  for (const char* want : {"a", "b", "c"}) {
    GetNoteRequest request = Request();
    request.set_want(want);
    replies.push_back(stub_->Start(&PeerMethods<NoteService>::GetNote, request, {}));
  }
  std::string texts;
  for (auto& reply : replies) texts += reply.Wait().value_or(Note()).text();
  EXPECT_EQ(texts, "abc");
}

// It drops what may be the last channel of the process itself: gRPC's threads must not (calls_under_way.h).
TEST_F(PeerTest, IsNotGoneBeforeGrpcHasLetGoOfItsCalls) {
  options_.address = "127.0.0.1:1";
  Open();
  std::function<void(grpc::Status)> held;
  {
    const PendingCall call(*peer_, {}, "GetNote",
                           [&held](grpc::ClientContext&, std::function<void(grpc::Status)> done) {
                             held = std::move(done);
                             return nullptr;
                           });
  }
  auto gone = std::async(std::launch::async, [this] { peer_.reset(); });
  // It has nothing else to do; without the wait it is gone in a fraction of that.
  EXPECT_EQ(gone.wait_for(std::chrono::milliseconds(200)), std::future_status::timeout);
  held = nullptr;
  gone.wait();
}

TEST_F(PeerTest, ACallNobodyWaitsForIsCancelled) {
  std::latch began(1), cancelled(1);
  Serve([&](Call& call, const GetNoteRequest&) {
    began.count_down();
    while (!call.cancelled()) std::this_thread::yield();
    cancelled.count_down();
    return Note();
  });
  options_.timeout = absl::Minutes(1);
  Open();
  {
    const auto reply = stub_->Start(&PeerMethods<NoteService>::GetNote, Request(), {});
    began.wait();
  }
  cancelled.wait();
}

TEST_F(PeerTest, StopsAtOnceWhenAsked) {
  std::latch began(1);
  options_.timeout = absl::Minutes(1);
  Serve([&](Call& call, const GetNoteRequest&) {
    began.count_down();
    while (!call.cancelled()) std::this_thread::yield();
    return Note();
  });
  std::stop_source stop;
  absl::Status status;
  std::thread waiting([&] { status = Get({.stop = stop.get_token(), .repeatable = true}).status(); });
  began.wait();
  const absl::Time asked = absl::Now();
  stop.request_stop();
  waiting.join();
  EXPECT_LT(absl::Now() - asked, absl::Milliseconds(500));
  EXPECT_TRUE(absl::IsCancelled(status)) << status;
  EXPECT_THAT(log_.Text(), Not(HasSubstr("does not answer")));
}

TEST_F(PeerTest, ShowsItsTokenAndTakesUpANewOne) {
  const TemporaryFolder folder;
  options_.token_file = folder.File("token");
  std::ofstream(options_.token_file) << "first-secret\n";
  Serve([](Call&, const GetNoteRequest&) { return Note(); });
  EXPECT_TRUE(Get().ok());
  EXPECT_EQ(authenticator_.shown(), "Bearer first-secret");

  std::ofstream(folder.File("new")) << "second-secret";
  ASSERT_EQ(rename(folder.File("new").c_str(), options_.token_file.c_str()), 0);
  EXPECT_TRUE(Get().ok());
  EXPECT_EQ(authenticator_.shown(), "Bearer second-secret");

  // What cannot be a token is not taken.
  for (const char* wrong : {"", "\n\n", "two words", "t\xc3\xb6ken", "line\nbreak"}) {
    std::ofstream(folder.File("new")) << wrong;
    ASSERT_EQ(rename(folder.File("new").c_str(), options_.token_file.c_str()), 0);
    EXPECT_TRUE(Get().ok());
    EXPECT_EQ(authenticator_.shown(), "Bearer second-secret");
  }
  ASSERT_EQ(unlink(options_.token_file.c_str()), 0);
  EXPECT_TRUE(Get().ok());
  EXPECT_EQ(authenticator_.shown(), "Bearer second-secret");
  EXPECT_THAT(log_.Text(), HasSubstr("the new token cannot be used"));
  EXPECT_THAT(log_.Text(), Not(HasSubstr("secret")));

  const auto peer = Peer::Open(options_, metrics_, log_.log());
  EXPECT_THAT(std::string(peer.status().message()), HasSubstr("peers.notes.token_file: "));
}

// The steps of a change that is repeated are the same; no two steps are.
TEST(RequestIdOfStepTest, IsTheSameForTheSameStepAlone) {
  const std::string change = "018f22e2-79b0-7cc3-98c4-dc0c0c07398f";
  const std::string step = RequestIdOfStep(change, "grant:de");
  EXPECT_TRUE(IsUuid(step));
  EXPECT_EQ(RequestIdOfStep(change, "grant:de"), step);
  EXPECT_NE(RequestIdOfStep(change, "grant:fr"), step);
  EXPECT_NE(RequestIdOfStep("018f22e2-79b0-7cc3-98c4-dc0c0c073990", "grant:de"), step);
  EXPECT_EQ(RequestIdOfStep("", "grant:de"), "");
}

}  // namespace
}  // namespace communique::platform

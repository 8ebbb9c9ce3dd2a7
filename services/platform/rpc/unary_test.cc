// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <latch>
#include <optional>
#include <stdexcept>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/platform/base/uuid.h"
#include "services/platform/errors/error.h"
#include "services/platform/rpc/grpc_status.h"
#include "services/platform/rpc/testing/in_process_server.h"
#include "services/platform/rpc/testing/note_methods.h"
#include "services/platform/rpc/testing/note_service.grpc.pb.h"
#include "services/platform/testing/fake_clock.h"

namespace communique::platform {
namespace {

using rpctest::v1::GetNoteRequest;
using rpctest::v1::Note;
using rpctest::v1::NoteService;
using rpctest::v1::UpdateNoteRequest;
using ::testing::Contains;
using ::testing::HasSubstr;

constexpr char kName[] = "newsrooms/germany/notes/n1";

class UnaryTest : public testing::Test {
 protected:
  void Start(NoteHandlers handlers, const InProcessServerOptions& options = {}) {
    server_.emplace(std::vector<ServiceMethods>{NoteMethods(executor_, std::move(handlers))}, options);
    stub_ = NoteService::NewStub(server_->NewChannel());
  }

  absl::Status Get(std::string_view name, std::string_view want = "", Note* note = nullptr) {
    GetNoteRequest request;
    request.set_name(std::string(name));
    request.set_want(std::string(want));
    Note reply;
    grpc::ClientContext context;
    return FromGrpcStatus(stub_->GetNote(&context, request, note != nullptr ? note : &reply));
  }

  SystemClock clock_;
  // What handlers wait for. It outlives the executor, and so whoever still waits.
  std::latch release_{1};
  Executor executor_{{.name = "test", .limit_key = "test.max_queued", .threads = 2}, clock_};
  std::optional<InProcessServer> server_;
  std::unique_ptr<NoteService::Stub> stub_;
};

TEST_F(UnaryTest, AnswersFromTheExecutor) {
  std::thread::id handled_on;
  Start({.get = [&](Call& call, const GetNoteRequest& request) {
    handled_on = std::this_thread::get_id();
    EXPECT_EQ(call.method().name, "GetNote");
    EXPECT_EQ(call.principal().id(), "local");
    EXPECT_LT(call.deadline(), absl::Now() + absl::Seconds(31));
    EXPECT_FALSE(call.cancelled());
    Note note;
    note.set_text(request.name());
    return note;
  }});
  Note note;
  EXPECT_TRUE(Get(kName, "", &note).ok());
  EXPECT_EQ(note.text(), kName);
  EXPECT_NE(handled_on, std::thread::id());
}

TEST_F(UnaryTest, AnAsynchronousHandlerAnswersAtOnceWithSharedBytes) {
  Note note;
  note.set_text(std::string(20'000, 'x'));
  const auto cached = std::make_shared<const std::string>(note.SerializeAsString());
  Start({.read = [&](Call&, const GetNoteRequest&, Responder respond) {
    ReplyBytes reply(cached);
    reply.Append(cached);  // twice: a field that comes twice is read as the last
    respond(reply);
  }});
  Note received;
  GetNoteRequest request;
  request.set_name(kName);
  grpc::ClientContext context;
  ASSERT_TRUE(stub_->ReadNote(&context, request, &received).ok());
  EXPECT_EQ(received.text(), note.text());
  server_.reset();
  EXPECT_EQ(cached.use_count(), 1);
}

TEST_F(UnaryTest, AnAsynchronousHandlerMayAnswerLaterFromAnywhere) {
  Start({.read = [&](Call& call, const GetNoteRequest& request, Responder respond) {
    EXPECT_TRUE(executor_
                    .Submit([&call, &request, respond] {
                      call.AddTrailer("communique-token", "t1");
                      Note note;
                      note.set_name(request.name());
                      respond(SerializeReply(note));
                      respond(absl::InternalError("a second answer is ignored"));
                    })
                    .ok());
  }});
  GetNoteRequest request;
  request.set_name(kName);
  Note note;
  grpc::ClientContext context;
  ASSERT_TRUE(stub_->ReadNote(&context, request, &note).ok());
  EXPECT_EQ(note.name(), kName);
  EXPECT_EQ(context.GetServerTrailingMetadata().find("communique-token")->second, "t1");
}

TEST_F(UnaryTest, AHandlerThatLetsTheCallGoIsInternal) {
  Start({.read = [](Call&, const GetNoteRequest&, const Responder&) {}});
  GetNoteRequest request;
  request.set_name(kName);
  Note note;
  grpc::ClientContext context;
  const absl::Status status = FromGrpcStatus(stub_->ReadNote(&context, request, &note));
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_INTERNAL);
  EXPECT_THAT(server_->LogLines(), Contains(HasSubstr("without an answer")));
}

TEST_F(UnaryTest, AnErrorArrivesWithItsReasonAndTheMethodsDomain) {
  Start({.get = [](Call& call, const GetNoteRequest& request) {
    call.AddTrailer("communique-token", "t2");
    return NotFound("note", request.name());
  }});
  GetNoteRequest request;
  request.set_name(kName);
  Note note;
  grpc::ClientContext context;
  const grpc::Status status = stub_->GetNote(&context, request, &note);
  EXPECT_EQ(status.error_code(), grpc::NOT_FOUND);
  EXPECT_EQ(ReasonOf(FromGrpcStatus(status)), Reason::ERROR_REASON_NOT_FOUND);
  EXPECT_THAT(status.error_details(), HasSubstr("communique.rpctest.v1"));
  EXPECT_EQ(context.GetServerTrailingMetadata().find("communique-token")->second, "t2");
}

TEST_F(UnaryTest, ATrailerThatCannotBeSentIsLeftOut) {
  Start({.get = [](Call& call, const GetNoteRequest&) {
    call.AddTrailer("communique-token", "line\nbreak");
    call.AddTrailer("Upper Case", "x");
    call.AddTrailer("communique-other", "fine");
    return Note();
  }});
  GetNoteRequest request;
  request.set_name(kName);
  Note note;
  grpc::ClientContext context;
  EXPECT_TRUE(stub_->GetNote(&context, request, &note).ok());
  EXPECT_EQ(context.GetServerTrailingMetadata().count("communique-token"), 0U);
  EXPECT_EQ(context.GetServerTrailingMetadata().count("communique-other"), 1U);
}

TEST_F(UnaryTest, AHandlerThatThrowsIsInternalAndTheProcessLives) {
  Start({.get = [](Call&, const GetNoteRequest& request) -> absl::StatusOr<Note> {
    if (request.want() == "exception") throw std::runtime_error("password=hunter2");
    if (request.want() == "number") throw 42;
    return Note();
  }});
  for (const char* want : {"exception", "number"}) {
    const absl::Status status = Get(kName, want);
    EXPECT_EQ(status.code(), absl::StatusCode::kInternal) << want;
    EXPECT_FALSE(absl::StrContains(status.message(), "hunter2")) << status;
  }
  EXPECT_TRUE(Get(kName).ok());
  const std::vector<std::string> lines = server_->LogLines();
  EXPECT_THAT(lines, Contains(testing::AllOf(HasSubstr("std::runtime_error"), HasSubstr("request_id"))));
  EXPECT_THAT(lines, testing::Not(Contains(HasSubstr("hunter2"))));
}

TEST_F(UnaryTest, AnAsynchronousHandlerThatThrowsIsInternal) {
  Start({.read = [](Call&, const GetNoteRequest&, const Responder&) { throw std::runtime_error("no"); }});
  GetNoteRequest request;
  request.set_name(kName);
  Note note;
  grpc::ClientContext context;
  EXPECT_EQ(stub_->ReadNote(&context, request, &note).error_code(), grpc::INTERNAL);
  EXPECT_THAT(server_->LogLines(), Contains(HasSubstr("std::runtime_error")));
}

TEST_F(UnaryTest, TakesOverAWellFormedRequestIdAndMakesOneOtherwise) {
  std::string seen;
  Start({.get = [&](Call& call, const GetNoteRequest&) {
    seen = call.request_id();
    return Note();
  }});
  const auto returned = [&](std::optional<std::string> sent) {
    grpc::ClientContext context;
    if (sent) context.AddMetadata("x-request-id", *sent);
    GetNoteRequest request;
    request.set_name(kName);
    Note note;
    EXPECT_TRUE(stub_->GetNote(&context, request, &note).ok());
    const auto found = context.GetServerInitialMetadata().find("x-request-id");
    return found == context.GetServerInitialMetadata().end() ? std::string()
                                                             : std::string(found->second.data(), found->second.size());
  };
  EXPECT_EQ(returned("my-id:7"), "my-id:7");
  EXPECT_EQ(seen, "my-id:7");
  for (const std::optional<std::string>& sent :
       {std::optional<std::string>(), std::optional<std::string>("has space"),
        std::optional<std::string>(std::string(129, 'x')), std::optional<std::string>("\"quoted\"")}) {
    const std::string made = returned(sent);
    EXPECT_TRUE(IsUuid(made)) << made;
    EXPECT_EQ(seen, made);
  }
}

TEST_F(UnaryTest, CarriesTheTraceAndTheTokenToTheHandlerAndTheLog) {
  constexpr char kTraceparent[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  Start({.get = [&](Call& call, const GetNoteRequest&) {
    EXPECT_EQ(call.traceparent(), kTraceparent);
    EXPECT_EQ(call.at_least(), "abc");
    call.log().Info("handled");
    return Note();
  }});
  grpc::ClientContext context;
  context.AddMetadata("traceparent", kTraceparent);
  context.AddMetadata("communique-at-least", "abc");
  GetNoteRequest request;
  request.set_name(kName);
  Note note;
  EXPECT_TRUE(stub_->GetNote(&context, request, &note).ok());
  EXPECT_THAT(server_->LogLines(),
              Contains(testing::AllOf(HasSubstr("handled"), HasSubstr("4bf92f3577b34da6a3ce929d0e0e4736"),
                                      HasSubstr("NoteService/GetNote"), HasSubstr("local"))));
}

TEST_F(UnaryTest, AMissingDeadlineBecomesTheDefaultAndALongOneIsCut) {
  absl::Duration left;
  Start({.get =
             [&](Call& call, const GetNoteRequest&) {
               left = call.deadline() - absl::Now();
               return Note();
             }},
        {.chain = {.default_deadline = absl::Seconds(20), .max_deadline = absl::Seconds(40)}});
  const auto left_with = [&](std::optional<std::chrono::seconds> deadline) {
    grpc::ClientContext context;
    if (deadline) context.set_deadline(std::chrono::system_clock::now() + *deadline);
    GetNoteRequest request;
    request.set_name(kName);
    Note note;
    EXPECT_TRUE(stub_->GetNote(&context, request, &note).ok());
    return absl::ToDoubleSeconds(left);
  };
  EXPECT_NEAR(left_with(std::nullopt), 20, 1);
  EXPECT_NEAR(left_with(std::chrono::seconds(1000)), 40, 1);
  EXPECT_NEAR(left_with(std::chrono::seconds(10)), 10, 1);
}

TEST_F(UnaryTest, WorkWhoseDeadlineHasPassedInTheQueueIsNotDone) {
  FakeClock clock;
  Executor one({.name = "one", .limit_key = "one.max_queued", .threads = 1}, clock);
  std::atomic<int> handled = 0;
  server_.emplace(std::vector<ServiceMethods>{NoteMethods(one, {.get =
                                                                    [&](Call&, const GetNoteRequest&) {
                                                                      release_.wait();
                                                                      ++handled;
                                                                      return Note();
                                                                    }})},
                  InProcessServerOptions{.clock = &clock});
  stub_ = NoteService::NewStub(server_->NewChannel());
  // The thread is busy with the first call; the second one waits beyond its deadline.
  // Its own deadline passes too; whether it is told so or answered is all one here.
  std::thread first([&] { Get(kName).IgnoreError(); });
  while (one.stats()->running < 1) std::this_thread::yield();
  absl::Status second;
  std::thread late([&] { second = Get(kName); });
  while (one.stats()->queued < 1) std::this_thread::yield();
  clock.Advance(absl::Minutes(1));
  release_.count_down();
  first.join();
  late.join();
  EXPECT_EQ(second.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(ReasonOf(second), Reason::ERROR_REASON_DEADLINE_EXCEEDED);
  EXPECT_EQ(handled, 1);
  server_.reset();
}

TEST_F(UnaryTest, TheServerEndsACallThatHasNoDeadlineOfItsOwn) {
  Start({.read = [&](Call&, const GetNoteRequest&,
                     Responder respond) { EXPECT_TRUE(executor_.Submit([this, respond] { release_.wait(); }).ok()); }},
        {.chain = {.default_deadline = absl::Milliseconds(100)}});
  GetNoteRequest request;
  request.set_name(kName);
  Note note;
  grpc::ClientContext context;
  const absl::Status status = FromGrpcStatus(stub_->ReadNote(&context, request, &note));
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_DEADLINE_EXCEEDED);
  release_.count_down();
}

TEST_F(UnaryTest, ACallerWhoLeavesIsSeenAndCostsNothingMore) {
  std::latch started(1);
  std::latch seen(1);
  Start({.get = [&](Call& call, const GetNoteRequest&) {
    started.count_down();
    while (!call.cancelled()) std::this_thread::yield();
    seen.count_down();
    return Note();
  }});
  grpc::ClientContext context;
  std::thread caller([&] {
    GetNoteRequest request;
    request.set_name(kName);
    Note note;
    EXPECT_EQ(stub_->GetNote(&context, request, &note).error_code(), grpc::CANCELLED);
  });
  started.wait();
  context.TryCancel();
  caller.join();
  seen.wait();
  while (server_->chain().calls_in_flight() > 0) std::this_thread::yield();
  EXPECT_THAT(server_->metrics().Text(), HasSubstr("grpc_server_handled_total{grpc_code=\"Canceled\",grpc_method="
                                                   "\"GetNote\",grpc_service=\"communique.rpctest.v1.NoteService\","
                                                   "grpc_type=\"unary\"} 1\n"));
}

TEST_F(UnaryTest, MoreCallsThanAllowedAreTurnedAwayAtOnce) {
  Start({.get =
             [&](Call&, const GetNoteRequest&) {
               release_.wait();
               return Note();
             }},
        {.chain = {.max_calls_in_flight = 3, .retry_after = absl::Milliseconds(70)}});
  std::vector<std::thread> callers;
  for (int i = 0; i < 3; ++i) callers.emplace_back([&] { EXPECT_TRUE(Get(kName).ok()); });
  while (server_->chain().calls_in_flight() < 3) std::this_thread::yield();
  const absl::Status status = Get(kName);
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_OVERLOADED);
  EXPECT_EQ(ErrorMetadataValue(status, "limit"), "rpc.max_calls_in_flight");
  EXPECT_TRUE(status.GetPayload("type.googleapis.com/google.rpc.RetryInfo").has_value());
  release_.count_down();
  for (std::thread& caller : callers) caller.join();
  while (server_->chain().calls_in_flight() > 0) std::this_thread::yield();
  EXPECT_TRUE(Get(kName).ok());
}

TEST_F(UnaryTest, AFullExecutorIsToldToTheCaller) {
  Executor small({.name = "small", .limit_key = "small.max_queued", .threads = 1, .max_queued = 1}, clock_);
  server_.emplace(std::vector<ServiceMethods>{NoteMethods(small, {.get = [&](Call&, const GetNoteRequest&) {
                                                            release_.wait();
                                                            return Note();
                                                          }})});
  stub_ = NoteService::NewStub(server_->NewChannel());
  std::thread running([&] { EXPECT_TRUE(Get(kName).ok()); });
  while (small.stats()->running < 1) std::this_thread::yield();
  std::thread waiting([&] { EXPECT_TRUE(Get(kName).ok()); });
  while (small.stats()->queued < 1) std::this_thread::yield();
  const absl::Status status = Get(kName);
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_OVERLOADED);
  EXPECT_EQ(ErrorMetadataValue(status, "limit"), "small.max_queued");
  release_.count_down();
  running.join();
  waiting.join();
  server_.reset();
}

TEST_F(UnaryTest, AReplyThatIsTooLargeIsAnErrorThatSaysSo) {
  Start({.get =
             [](Call&, const GetNoteRequest&) {
               Note note;
               note.set_text(std::string(2000, 'x'));
               return note;
             }},
        {.chain = {.max_reply_bytes = 1000}});
  const absl::Status status = Get(kName);
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_TOO_LARGE);
  EXPECT_EQ(ErrorMetadataValue(status, "limit"), "rpc.max_reply_bytes");
  EXPECT_EQ(ErrorMetadataValue(status, "bytes"), "2003");
}

TEST_F(UnaryTest, ALargeRequestIsParsedOnTheExecutor) {
  std::atomic<int> handled = 0;
  Start({.update = [&](Call&, const UpdateNoteRequest& request) {
    ++handled;
    Note note;
    note.set_text(absl::StrCat(request.note().text().size()));
    return note;
  }});
  UpdateNoteRequest request;
  request.mutable_note()->set_name(kName);
  request.mutable_note()->set_text(std::string(1 << 20, 'x'));
  Note note;
  grpc::ClientContext context;
  ASSERT_TRUE(stub_->UpdateNote(&context, request, &note).ok());
  EXPECT_EQ(note.text(), "1048576");
  EXPECT_EQ(handled, 1);
}

}  // namespace
}  // namespace communique::platform

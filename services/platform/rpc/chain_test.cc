// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/chain.h"

#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <future>
#include <latch>
#include <map>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/errors/error.h"
#include "services/platform/rpc/chain_settings.h"
#include "services/platform/rpc/grpc_status.h"
#include "services/platform/rpc/testing/in_process_server.h"
#include "services/platform/rpc/testing/note_methods.h"
#include "services/platform/rpc/testing/note_service.grpc.pb.h"
#include "services/platform/testing/golden.h"

namespace communique::platform {
namespace {

using rpctest::v1::BatchGetNotesRequest;
using rpctest::v1::CountNotesRequest;
using rpctest::v1::GetNoteRequest;
using rpctest::v1::Note;
using rpctest::v1::NoteService;
using rpctest::v1::UpdateNoteRequest;
using rpctest::v1::WatchNotesRequest;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Knows "Bearer <role>": that role in the newsroom germany; "Bearer root": every role everywhere.
class RoleAuthenticator final : public Authenticator {
 public:
  absl::StatusOr<std::shared_ptr<const Principal>> Authenticate(const Credentials& credentials) const override {
    if (credentials.authorization.empty()) return Principal::Anonymous();
    const std::string name(credentials.authorization.substr(credentials.authorization.find(' ') + 1));
    if (name == "root") {
      return std::make_shared<Principal>(name, std::vector<Grant>{{{kAllRoles.begin(), kAllRoles.end()}, {"*"}}});
    }
    const std::optional<Role> role = ParseRole(name);
    if (!role) {
      return MakeError(absl::StatusCode::kUnauthenticated, Reason::ERROR_REASON_TOKEN_REQUIRED, "unknown token");
    }
    return std::make_shared<Principal>(name, std::vector<Grant>{{{*role}, {"germany"}}});
  }
};

class ChainTest : public testing::Test {
 protected:
  void Start(NoteHandlers handlers = {}) {
    InProcessServerOptions options;
    options.authenticator = &authenticator_;
    server_.emplace(std::vector<ServiceMethods>{NoteMethods(executor_, std::move(handlers))}, options);
    stub_ = NoteService::NewStub(server_->NewChannel());
  }

  template <typename Request>
  absl::Status Call(grpc::Status (NoteService::Stub::*method)(grpc::ClientContext*, const Request&, Note*),
                    const Request& request, std::string_view token, Note* reply = nullptr) {
    grpc::ClientContext context;
    if (!token.empty()) context.AddMetadata("authorization", absl::StrCat("Bearer ", std::string(token)));
    Note note;
    return FromGrpcStatus((stub_.get()->*method)(&context, request, reply != nullptr ? reply : &note));
  }

  absl::Status Get(std::string_view name, std::string_view token) {
    GetNoteRequest request;
    request.set_name(std::string(name));
    return Call(&NoteService::Stub::GetNote, request, token);
  }

  RoleAuthenticator authenticator_;
  SystemClock clock_;
  Executor executor_{{.name = "test", .limit_key = "test.max_queued"}, clock_};
  std::optional<InProcessServer> server_;
  std::unique_ptr<NoteService::Stub> stub_;
};

TEST_F(ChainTest, HasTheseStepsInThisOrder) {
  EXPECT_THAT(ChainStepNames(),
              ElementsAre("request_id", "trace", "log_scope", "metrics", "in_flight_limit", "deadline", "parse",
                          "principal", "permission", "validate", "handler", "error_mapping"));
}

TEST_F(ChainTest, EveryCallRunsEachStepAfterTheOneBeforeIt) {
  Start({.get = [](platform::Call&, const GetNoteRequest&) -> absl::StatusOr<Note> { return NotFound("note", "x"); }});
  std::mutex mutex;
  std::vector<std::string> steps;
  server_->chain().ObserveStepsForTest([&](std::string_view, std::string_view step) {
    const std::lock_guard lock(mutex);
    steps.emplace_back(step);
  });
  const std::vector<std::string_view> all = ChainStepNames();
  const std::vector<std::string> expected(all.begin(), all.end());

  EXPECT_FALSE(Get("newsrooms/germany/notes/1", "reader").ok());  // blocking
  EXPECT_EQ(std::exchange(steps, {}), expected);

  UpdateNoteRequest large;  // parsed on the executor
  large.mutable_note()->set_name("newsrooms/germany/notes/1");
  large.mutable_note()->set_text(std::string(100'000, 'x'));
  EXPECT_TRUE(Call(&NoteService::Stub::UpdateNote, large, "author").ok());
  EXPECT_EQ(std::exchange(steps, {}), expected);

  GetNoteRequest request;  // asynchronous
  request.set_name("newsrooms/germany/notes/1");
  EXPECT_TRUE(Call(&NoteService::Stub::ReadNote, request, "").ok());
  EXPECT_EQ(std::exchange(steps, {}), expected);

  {
    grpc::ClientContext context;  // a stream
    context.AddMetadata("authorization", "Bearer reader");
    WatchNotesRequest watch;
    watch.set_parent("newsrooms/germany");
    const auto reader = stub_->WatchNotes(&context, watch);
    reader->WaitForInitialMetadata();
    server_->chain().RefuseCalls();
    Note note;
    EXPECT_FALSE(reader->Read(&note));
    EXPECT_FALSE(reader->Finish().ok());
  }
  EXPECT_EQ(std::exchange(steps, {}), expected);
}

TEST_F(ChainTest, ADrainRefusesNewCallsAndLetsThoseUnderWayEnd) {
  std::latch under_way(1), go_on(1);
  Start({.get = [&](platform::Call&, const GetNoteRequest&) {
    under_way.count_down();
    go_on.wait();
    return Note();
  }});
  auto before = std::async(std::launch::async, [this] { return Get("newsrooms/germany/notes/1", "reader"); });
  under_way.wait();
  server_->chain().RefuseCalls();
  const absl::Status refused = Get("newsrooms/germany/notes/1", "reader");
  EXPECT_EQ(refused.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(refused), Reason::ERROR_REASON_SHUTTING_DOWN);
  EXPECT_EQ(RetryAfterOf(refused), absl::Milliseconds(200)) << refused;
  go_on.count_down();
  EXPECT_TRUE(before.get().ok());
}

TEST_F(ChainTest, ARefusalSkipsTheRestAndIsCounted) {
  std::atomic<int> handled = 0;
  Start({.get = [&](platform::Call&, const GetNoteRequest&) {
    ++handled;
    return Note();
  }});
  std::vector<std::string> steps;
  server_->chain().ObserveStepsForTest([&](std::string_view, std::string_view step) { steps.emplace_back(step); });
  EXPECT_EQ(Get("newsrooms/germany/notes/1", "nonsense").code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(absl::StrJoin(steps, " "),
            "request_id trace log_scope metrics in_flight_limit deadline parse principal error_mapping");
  steps.clear();
  EXPECT_EQ(Get("newsrooms/austria/notes/1", "reader").code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(absl::StrJoin(steps, " "),
            "request_id trace log_scope metrics in_flight_limit deadline parse principal permission error_mapping");
  EXPECT_EQ(handled, 0);
  for (const char* code : {"Unauthenticated", "PermissionDenied"}) {
    EXPECT_THAT(server_->metrics().Text(),
                HasSubstr(absl::StrCat("grpc_server_handled_total{grpc_code=\"", code, "\",grpc_method=\"GetNote\",",
                                       "grpc_service=\"communique.rpctest.v1.NoteService\",grpc_type=\"unary\"} 1\n")));
  }
}

TEST_F(ChainTest, APermissionIsNeededInTheNewsroomOfTheResource) {
  Start();
  EXPECT_TRUE(Get("newsrooms/germany/notes/1", "reader").ok());
  EXPECT_EQ(Get("newsrooms/austria/notes/1", "reader").code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Get("newsrooms/-/notes/1", "reader").code(), absl::StatusCode::kPermissionDenied);
  EXPECT_TRUE(Get("newsrooms/-/notes/1", "root").ok());
  EXPECT_EQ(Get("newsrooms/germany/notes/1", "").code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(ReasonOf(Get("newsrooms/germany/notes/1", "nobody")), Reason::ERROR_REASON_TOKEN_REQUIRED);

  UpdateNoteRequest update;
  update.mutable_note()->set_name("newsrooms/germany/notes/1");
  update.mutable_note()->set_text("x");
  EXPECT_TRUE(Call(&NoteService::Stub::UpdateNote, update, "author").ok());
  EXPECT_EQ(Call(&NoteService::Stub::UpdateNote, update, "reader").code(), absl::StatusCode::kPermissionDenied);
}

TEST_F(ChainTest, ANameThatIsNoneNamesItsField) {
  Start();
  for (const char* name : {"", "notes/1", "newsrooms/", "newsrooms//notes/1"}) {
    const absl::Status status = Get(name, "reader");
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << name;
    EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_FIELD_INVALID);
    EXPECT_THAT(std::string(status.message()), HasSubstr("name: must"));
    // A stranger learns nothing but that this is not for strangers.
    EXPECT_EQ(Get(name, "").code(), absl::StatusCode::kUnauthenticated) << name;
  }
  UpdateNoteRequest update;
  EXPECT_THAT(std::string(Call(&NoteService::Stub::UpdateNote, update, "author").message()), HasSubstr("note.name"));
}

TEST_F(ChainTest, EveryItemOfABatchIsChecked) {
  Start();
  BatchGetNotesRequest request;
  request.add_requests()->set_name("newsrooms/germany/notes/1");
  request.add_requests()->set_name("newsrooms/germany/notes/2");
  EXPECT_TRUE(Call(&NoteService::Stub::BatchGetNotes, request, "reader").ok());
  request.add_requests()->set_name("newsrooms/austria/notes/3");
  EXPECT_EQ(Call(&NoteService::Stub::BatchGetNotes, request, "reader").code(), absl::StatusCode::kPermissionDenied);
  request.mutable_requests(2)->set_name("nonsense");
  EXPECT_THAT(std::string(Call(&NoteService::Stub::BatchGetNotes, request, "reader").message()),
              HasSubstr("requests[2].name"));
  EXPECT_EQ(Call(&NoteService::Stub::BatchGetNotes, BatchGetNotesRequest(), "reader").code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(ChainTest, WhatIsAboveAllNewsroomsNeedsTheRightInEvery) {
  Start();
  EXPECT_TRUE(Call(&NoteService::Stub::CountNotes, CountNotesRequest(), "root").ok());
  EXPECT_EQ(Call(&NoteService::Stub::CountNotes, CountNotesRequest(), "reader").code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Call(&NoteService::Stub::CountNotes, CountNotesRequest(), "").code(), absl::StatusCode::kUnauthenticated);
}

TEST_F(ChainTest, APublicRpcTreatsEverybodyAsThePublicButKnowsAWrongToken) {
  std::vector<std::string> seen;
  Start({.read = [&](platform::Call& call, const GetNoteRequest&, const Responder& respond) {
    seen.push_back(call.principal().id());
    call.log().Info("read");
    respond(ReplyBytes());
  }});
  GetNoteRequest request;
  request.set_name("newsrooms/germany/notes/1");
  EXPECT_TRUE(Call(&NoteService::Stub::ReadNote, request, "").ok());
  EXPECT_TRUE(Call(&NoteService::Stub::ReadNote, request, "root").ok());
  EXPECT_THAT(seen, ElementsAre("anonymous", "anonymous"));
  EXPECT_EQ(Call(&NoteService::Stub::ReadNote, request, "nobody").code(), absl::StatusCode::kUnauthenticated);
  EXPECT_THAT(server_->LogLines(), Contains(testing::AllOf(HasSubstr("read"), HasSubstr("\"caller\":\"root\""))));
}

TEST_F(ChainTest, TwoTokensAreNone) {
  Start();
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer reader");
  context.AddMetadata("authorization", "Bearer root");
  GetNoteRequest request;
  request.set_name("newsrooms/germany/notes/1");
  Note note;
  EXPECT_EQ(stub_->GetNote(&context, request, &note).error_code(), grpc::UNAUTHENTICATED);
}

TEST_F(ChainTest, MissingFieldsAreNamedAndOutputOnlyOnesCleared) {
  Start({.update = [](platform::Call&, const UpdateNoteRequest& request) { return request.note(); }});
  UpdateNoteRequest update;
  update.mutable_note()->set_name("newsrooms/germany/notes/1");
  update.mutable_note()->add_replies()->set_etag("mine");
  update.mutable_update_mask()->add_paths("*");
  const absl::Status status = Call(&NoteService::Stub::UpdateNote, update, "author");
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_FIELD_INVALID);
  EXPECT_THAT(std::string(status.message()),
              testing::AllOf(HasSubstr("note.text: is required"), HasSubstr("note.replies[0].text: is required")));

  update.mutable_note()->set_text("x");
  update.mutable_note()->set_etag("mine");
  update.mutable_note()->mutable_replies(0)->set_text("y");
  Note note;
  EXPECT_TRUE(Call(&NoteService::Stub::UpdateNote, update, "author", &note).ok());
  EXPECT_EQ(note.etag(), "");
  EXPECT_EQ(note.replies(0).etag(), "");
  EXPECT_EQ(note.text(), "x");
}

TEST_F(ChainTest, AServicesOwnCheckRunsBeforeItsHandler) {
  ServiceMethods methods = NoteMethods(executor_);
  methods.methods[0] = std::move(methods.methods[0]).ValidatedBy<GetNoteRequest>([](const GetNoteRequest& request) {
    return request.want() == "wrong" ? InvalidField("want", "must not be wrong") : absl::OkStatus();
  });
  InProcessServer server({std::move(methods)});
  const auto stub = NoteService::NewStub(server.NewChannel());
  GetNoteRequest request;
  request.set_name("newsrooms/germany/notes/1");
  request.set_want("wrong");
  Note note;
  grpc::ClientContext context;
  EXPECT_EQ(stub->GetNote(&context, request, &note).error_message(), "want: must not be wrong");
}

TEST_F(ChainTest, MetricsAreTheseAndExistBeforeTheFirstCall) {
  Start();
  ExpectGolden("services/platform/rpc/testdata/metrics.golden", server_->metrics().Describe());
  const std::string page = server_->metrics().Text();
  EXPECT_THAT(page, HasSubstr("grpc_server_started_total{grpc_method=\"WatchNotes\",grpc_service=\"communique.rpctest."
                              "v1.NoteService\",grpc_type=\"server_stream\"} 0\n"));
  EXPECT_THAT(page, HasSubstr("grpc_server_handled_total{grpc_code=\"DataLoss\",grpc_method=\"GetNote\",grpc_service="
                              "\"communique.rpctest.v1.NoteService\",grpc_type=\"unary\"} 0\n"));
}

TEST_F(ChainTest, AnUnknownMethodMakesNoSeries) {
  Start();
  grpc::ClientContext context;
  EXPECT_EQ(
      CallWithBytes(server_->NewChannel(), "/communique.rpctest.v1.NoteService/Invented", "", context).error_code(),
      grpc::UNIMPLEMENTED);
  EXPECT_THAT(server_->metrics().Text(), testing::Not(HasSubstr("Invented")));
}

TEST(ChainSettingsTest, EveryLimitHasAKeyWithItsDefault) {
  ChainOptions options;
  Settings settings("test", "A test.");
  BindChainOptions(settings, options);
  ExpectGolden("services/platform/rpc/testdata/settings.golden", settings.Example());
  ASSERT_TRUE(
      settings.Load({"--rpc.max_calls_in_flight=7", "--rpc.max_stream_age=2m", "--rpc.max_request_bytes=1MiB"}, {})
          .ok());
  EXPECT_EQ(options.max_calls_in_flight, 7);
  EXPECT_EQ(options.max_stream_age, absl::Minutes(2));
  EXPECT_EQ(options.max_request_bytes, 1U << 20U);
}

}  // namespace
}  // namespace communique::platform

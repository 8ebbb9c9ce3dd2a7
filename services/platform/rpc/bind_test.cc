// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/support/sync_stream.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/platform/auth/no_authentication.h"
#include "services/platform/rpc/call_chain.h"
#include "services/platform/rpc/raw_service.h"
#include "services/platform/rpc/testing/in_process_server.h"
#include "services/platform/rpc/testing/note_methods.h"
#include "services/platform/rpc/testing/note_service.grpc.pb.h"

namespace communique::platform {
namespace {

using rpctest::v1::GetNoteRequest;
using rpctest::v1::Note;
using rpctest::v1::NoteService;
using rpctest::v1::WatchNotesRequest;
using ::testing::HasSubstr;

// What reflection answers to list_services, as bytes: gRPC installs no header for its messages, and a second copy of
// them in one program ends it.
std::string ListServices(const std::shared_ptr<grpc::Channel>& channel) {
  const grpc::internal::RpcMethod method("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                                         grpc::internal::RpcMethod::BIDI_STREAMING, channel);
  grpc::ClientContext context;
  const std::unique_ptr<grpc::ClientReaderWriter<grpc::ByteBuffer, grpc::ByteBuffer>> stream(
      grpc::internal::ClientReaderWriterFactory<grpc::ByteBuffer, grpc::ByteBuffer>::Create(channel.get(), method,
                                                                                            &context));
  const grpc::Slice list_services(std::string("\x3a\x00", 2));  // field 7, empty
  grpc::ByteBuffer answer;
  EXPECT_TRUE(stream->Write(grpc::ByteBuffer(&list_services, 1)) && stream->Read(&answer));
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
  grpc::Slice bytes;
  EXPECT_TRUE(answer.DumpToSingleSlice(&bytes).ok());
  return {reinterpret_cast<const char*>(bytes.begin()), bytes.size()};
}

class BindTest : public testing::Test {
 protected:
  // What Bind says of the methods; "" for nothing.
  std::string Bind(ServiceMethods methods) {
    const auto bound = chain_.Bind(std::move(methods));
    if (bound.ok()) return "";
    EXPECT_EQ(bound.status().code(), absl::StatusCode::kFailedPrecondition);
    return std::string(bound.status().message());
  }

  Method Get(std::string name = "Get") {
    return Unary<GetNoteRequest, Note>(std::move(name), executor_, [](Call&, const GetNoteRequest&) { return Note(); });
  }

  SystemClock clock_;
  Executor executor_{{.name = "test", .limit_key = "test.max_queued"}, clock_};
  NoAuthentication everybody_;
  Metrics metrics_;
  CallChain chain_{{}, everybody_, clock_, Log(), metrics_};
};

TEST_F(BindTest, TakesATableThatFitsTheService) { EXPECT_EQ(Bind(NoteMethods(executor_)), ""); }

TEST_F(BindTest, NamesAMethodWithoutAHandler) {
  ServiceMethods methods = NoteMethods(executor_);
  methods.methods.erase(methods.methods.begin() + 1);
  EXPECT_EQ(Bind(std::move(methods)), "communique.rpctest.v1.NoteService.UpdateNote: has no handler");
}

TEST_F(BindTest, NamesAHandlerWithoutAMethodAndAMethodWithTwo) {
  ServiceMethods methods = NoteMethods(executor_);
  methods.methods.push_back(Get("GetNotes"));
  EXPECT_THAT(Bind(methods), HasSubstr("NoteService.GetNotes: there is no such method"));
  methods.methods.back() = Get("GetNote");
  EXPECT_THAT(Bind(methods), HasSubstr("NoteService.GetNote: has two handlers"));
}

TEST_F(BindTest, NamesAHandlerOfAnotherKindOrMessage) {
  ServiceMethods methods = NoteMethods(executor_);
  methods.methods[3] = Get("WatchNotes");
  EXPECT_THAT(Bind(methods), HasSubstr("NoteService.WatchNotes: streams, its handler is unary"));
  methods = NoteMethods(executor_);
  methods.methods[0] = ServerStream<WatchNotesRequest>(
      "GetNote", executor_,
      [](const std::shared_ptr<EventStream>&, const WatchNotesRequest&) { return absl::OkStatus(); });
  EXPECT_THAT(Bind(methods), HasSubstr("NoteService.GetNote: is unary, its handler streams"));
  methods = NoteMethods(executor_);
  methods.methods[0] = Unary<Note, Note>("GetNote", executor_, [](Call&, const Note& note) { return note; });
  EXPECT_THAT(Bind(methods), HasSubstr("takes communique.rpctest.v1.GetNoteRequest, its handler "
                                       "communique.rpctest.v1.Note"));
  methods.methods[0] = Unary<GetNoteRequest, GetNoteRequest>(
      "GetNote", executor_, [](Call&, const GetNoteRequest& request) { return request; });
  EXPECT_THAT(Bind(methods), HasSubstr("returns communique.rpctest.v1.Note, its handler "));
}

TEST_F(BindTest, NamesARuleThatIsMissingOrMakesNoSense) {
  const auto bind_get = [&](std::string_view service) {
    return Bind({absl::StrCat("communique.rpctest.v1.", std::string(service)), {Get()}});
  };
  EXPECT_EQ(bind_get("NoRuleService"),
            "communique.rpctest.v1.NoRuleService.Get: has no (communique.common.v1.access) option");
  EXPECT_THAT(bind_get("NoPermissionService"), HasSubstr("Get: its access rule has no permission"));
  EXPECT_THAT(bind_get("NoAudienceService"), HasSubstr("Get: its access rule has no audience"));
  EXPECT_THAT(bind_get("PublicWriteService"), HasSubstr("Get: AUDIENCE_PUBLIC and PERMISSION_READ_PUBLIC belong"));
  EXPECT_THAT(bind_get("NoResourceService"),
              HasSubstr("Get: access.resource \"note.name\" does not exist in communique.rpctest.v1.GetNoteRequest"));
  EXPECT_THAT(bind_get("NoSuchService"), HasSubstr("NoSuchService: there is no such service"));
}

TEST_F(BindTest, NamesAResourceThatIsNoString) {
  EXPECT_THAT(Bind({"communique.rpctest.v1.NumberResourceService",
                    {Unary<Note, Note>("Get", executor_, [](Call&, const Note& note) { return note; })}}),
              HasSubstr("\"replies.counts\" is not a string field"));
}

TEST_F(BindTest, RefusesClientStreamsForNow) {
  EXPECT_THAT(Bind({"communique.rpctest.v1.ClientStreamService", {Get("Put")}}),
              HasSubstr("ClientStreamService.Put: streams from the client, which"));
}

TEST_F(BindTest, OneTableServesTwoServersAndReflectionListsIt) {
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  const auto bound = chain_.Bind(NoteMethods(executor_));
  ASSERT_TRUE(bound.ok()) << bound.status();
  for (int i = 0; i < 2; ++i) {
    RawService service(*bound);
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&service);
    const auto server = builder.BuildAndStart();
    ASSERT_NE(server, nullptr);
    const auto channel = server->InProcessChannel({});

    GetNoteRequest request;
    request.set_name("newsrooms/n/notes/1");
    Note note;
    grpc::ClientContext context;
    EXPECT_TRUE(NoteService::NewStub(channel)->GetNote(&context, request, &note).ok());
    EXPECT_EQ(note.name(), request.name());

    EXPECT_THAT(ListServices(channel), HasSubstr("communique.rpctest.v1.NoteService"));
    server->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(2));
  }
}

}  // namespace
}  // namespace communique::platform

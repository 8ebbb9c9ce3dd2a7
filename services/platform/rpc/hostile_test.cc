// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/sync_stream.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <latch>
#include <optional>
#include <random>
#include <thread>

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"
#include "services/platform/rpc/grpc_status.h"
#include "services/platform/rpc/testing/hostile_client.h"
#include "services/platform/rpc/testing/in_process_server.h"
#include "services/platform/rpc/testing/note_methods.h"
#include "services/platform/rpc/testing/note_service.grpc.pb.h"

namespace communique::platform {
namespace {

using rpctest::v1::GetNoteRequest;
using rpctest::v1::Note;
using rpctest::v1::NoteService;
using rpctest::v1::UpdateNoteRequest;
using rpctest::v1::WatchNotesRequest;
using ::testing::HasSubstr;

constexpr char kName[] = "newsrooms/germany/notes/1";
constexpr char kGet[] = "/communique.rpctest.v1.NoteService/GetNote";
constexpr char kUpdate[] = "/communique.rpctest.v1.NoteService/UpdateNote";
constexpr char kWatch[] = "/communique.rpctest.v1.NoteService/WatchNotes";

std::size_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t total = 0;
  std::size_t resident = 0;
  statm >> total >> resident;
  return resident * 4096;
}

class HostileTest : public testing::Test {
 protected:
  void Start(NoteHandlers handlers = {}, const ChainOptions& chain = {}) {
    server_.emplace(std::vector<ServiceMethods>{NoteMethods(executor_, std::move(handlers))},
                    InProcessServerOptions{.chain = chain});
    channel_ = server_->NewChannel();
  }

  absl::Status Send(const char* path, std::string_view bytes,
                    grpc_compression_algorithm compression = GRPC_COMPRESS_NONE) {
    grpc::ClientContext context;
    context.set_compression_algorithm(compression);
    return FromGrpcStatus(CallWithBytes(channel_, path, bytes, context));
  }

  // The server is as it was: nothing is left of the calls before, and it answers.
  void ExpectAliveAndIdle() {
    while (server_->chain().calls_in_flight() > 0 || server_->chain().open_streams() > 0) std::this_thread::yield();
    GetNoteRequest request;
    request.set_name(kName);
    EXPECT_TRUE(Send(kGet, request.SerializeAsString()).ok());
  }

  SystemClock clock_;
  Executor executor_{{.name = "test", .limit_key = "test.max_queued", .threads = 2}, clock_};
  std::optional<InProcessServer> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(HostileTest, InvalidUtf8IsNamedByItsField) {
  Start();
  absl::Status status = Send(kGet, std::string("\x0a\x02\xc3\x28", 4));
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_MALFORMED_REQUEST);
  EXPECT_EQ(status.message(), "name is not valid UTF-8");
  EXPECT_EQ(ErrorMetadataValue(status, "field"), "name");
  status = Send(kWatch, std::string("\x0a\x02\xc3\x28", 4));
  EXPECT_EQ(status.message(), "parent is not valid UTF-8");
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_MALFORMED_REQUEST);
  ExpectAliveAndIdle();
}

TEST_F(HostileTest, TruncatedBytesAreNamedByTheirField) {
  Start();
  UpdateNoteRequest request;
  request.mutable_note()->set_text("a text that will not arrive whole");
  const std::string bytes = request.SerializeAsString();
  const absl::Status status = Send(kUpdate, bytes.substr(0, bytes.size() - 5));
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_MALFORMED_REQUEST);
  EXPECT_THAT(std::string(status.message()), HasSubstr("note breaks off: 35 bytes were announced, 30 came"));
  EXPECT_EQ(ReasonOf(Send(kGet, "\xff\xff\xff\xff")), Reason::ERROR_REASON_MALFORMED_REQUEST);
  ExpectAliveAndIdle();
}

TEST_F(HostileTest, UnknownFieldsAreRefusedInMutationsAndLeftAloneInReads) {
  Start();
  UpdateNoteRequest request;
  request.mutable_note()->set_name(kName);
  Note& reply = *request.mutable_note()->add_replies();
  reply.set_text("x");
  reply.GetReflection()->MutableUnknownFields(&reply)->AddLengthDelimited(77, "what is this");
  const absl::Status status = Send(kUpdate, request.SerializeAsString());
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_UNKNOWN_FIELD);
  EXPECT_EQ(ErrorMetadataValue(status, "field"), "note.replies[0].77");

  GetNoteRequest read;
  read.set_name(kName);
  read.GetReflection()->MutableUnknownFields(&read)->AddVarint(77, 1);
  EXPECT_TRUE(Send(kGet, read.SerializeAsString()).ok());
}

TEST_F(HostileTest, AnOversizedRequestSaysHowMuchIsAllowed) {
  Start({}, {.max_request_bytes = 1 << 20});
  UpdateNoteRequest request;
  request.mutable_note()->set_text(std::string(2 << 20, 'x'));
  const absl::Status status = Send(kUpdate, request.SerializeAsString());
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_TOO_LARGE);
  EXPECT_EQ(ErrorMetadataValue(status, "limit"), "rpc.max_request_bytes");
  // Beyond gRPC's own limit it cuts the call off by itself.
  request.mutable_note()->set_text(std::string(20 << 20, 'x'));
  EXPECT_EQ(Send(kUpdate, request.SerializeAsString()).code(), absl::StatusCode::kResourceExhausted);
  ExpectAliveAndIdle();
}

// gRPC 1.51 unpacks a message before it looks at any limit: 1 MB that unpacks to 1 GB takes 1 GB.
TEST_F(HostileTest, ACompressedRequestIsTurnedAwayBeforeItIsUnpacked) {
  Start();
  GetNoteRequest request;
  request.set_name(kName);
  request.set_want(std::string(1000, 'x'));
  EXPECT_EQ(Send(kGet, request.SerializeAsString(), GRPC_COMPRESS_GZIP).code(), absl::StatusCode::kUnimplemented);
  ExpectAliveAndIdle();
}

// gRPC 1.51 looks at a message's length when all of it is there: without a limit on memory this takes 512 MiB.
TEST_F(HostileTest, AMessageWithoutEndDoesNotFillTheMemory) {
  constexpr std::size_t kAllowed = 32 << 20;
  constexpr std::uint32_t kSent = 512 << 20;
  server_.emplace(std::vector<ServiceMethods>{NoteMethods(executor_)},
                  InProcessServerOptions{.max_buffered_bytes = kAllowed});
  channel_ = server_->NewChannel();
  ExpectAliveAndIdle();
  const std::size_t before = ResidentBytes();
  std::size_t most = before;
  {
    HostileClient connection(server_->port());
    connection.SendHeaders(1, kUpdate);
    std::thread sender([&] { EXPECT_LT(connection.SendEndlessMessage(1, kSent), kSent); });
    std::atomic<bool> done = false;
    std::thread watcher([&] {
      while (!done) most = std::max(most, ResidentBytes());
    });
    sender.join();
    done = true;
    watcher.join();
  }
  EXPECT_LT(most - before, 3 * kAllowed);
  ExpectAliveAndIdle();
}

TEST_F(HostileTest, ACallWithoutARequestIsMalformed) {
  Start();
  for (const char* path : {kGet, kWatch}) {
    const grpc::internal::RpcMethod method(path, grpc::internal::RpcMethod::BIDI_STREAMING, channel_);
    grpc::ClientContext context;
    const std::unique_ptr<grpc::ClientReaderWriter<grpc::ByteBuffer, grpc::ByteBuffer>> call(
        grpc::internal::ClientReaderWriterFactory<grpc::ByteBuffer, grpc::ByteBuffer>::Create(channel_.get(), method,
                                                                                              &context));
    call->WritesDone();
    grpc::ByteBuffer reply;
    EXPECT_FALSE(call->Read(&reply));
    const absl::Status status = FromGrpcStatus(call->Finish());
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << path << status;
    EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_MALFORMED_REQUEST);
  }
  ExpectAliveAndIdle();
}

TEST_F(HostileTest, RandomBytesAreNeverMoreThanAnError) {
  Start();
  std::mt19937 random(7);
  for (int i = 0; i < 500; ++i) {
    std::string bytes(random() % 200, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    for (const char* path : {kGet, kUpdate}) {
      const absl::StatusCode code = Send(path, bytes).code();
      EXPECT_TRUE(code == absl::StatusCode::kInvalidArgument || code == absl::StatusCode::kOk) << code;
    }
  }
  ExpectAliveAndIdle();
}

TEST_F(HostileTest, AnErrorOfAnyLengthReachesAClientWithDefaultLimits) {
  std::string umlauts;
  for (int i = 0; i < 20'000; ++i) umlauts += "ü";
  Start({.get = [&](Call&, const GetNoteRequest&) -> absl::StatusOr<Note> {
    FieldViolations violations;
    for (int i = 0; i < 100; ++i) violations.Add(umlauts, umlauts);
    return violations.ToStatus();
  }});
  GetNoteRequest request;
  request.set_name(kName);
  const absl::Status status = Send(kGet, request.SerializeAsString());
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_FIELD_INVALID);
}

TEST_F(HostileTest, AClientThatVanishesInTheMiddleOfACallLeavesNothingBehind) {
  std::atomic<int> started = 0;
  std::atomic<int> seen = 0;
  Start({.get = [&](Call& call, const GetNoteRequest& request) {
    if (request.want() != "vanish") return Note();
    ++started;
    while (!call.cancelled()) std::this_thread::yield();
    ++seen;
    return Note();
  }});
  GetNoteRequest request;
  request.set_name(kName);
  request.set_want("vanish");
  for (int i = 1; i <= 5; ++i) {
    HostileClient connection(server_->port());
    connection.SendHeaders(1, kGet);
    connection.SendMessage(1, request.SerializeAsString());
    while (started < i) std::this_thread::yield();
    connection.Reset();
    while (seen < i) std::this_thread::yield();
  }
  ExpectAliveAndIdle();
}

TEST_F(HostileTest, AClientThatVanishesBeforeItsRequestIsWholeCostsNothing) {
  Start();
  for (int i = 0; i < 20; ++i) {
    HostileClient connection(server_->port());
    connection.SendHeaders(1, kGet);
    if (i % 2 == 0) connection.SendMessage(1, "half of a", /*last=*/false);
    connection.Reset();
  }
  ExpectAliveAndIdle();
}

TEST_F(HostileTest, AClientThatVanishesInTheMiddleOfAStreamLeavesNothingBehind) {
  std::latch closed(1);
  std::shared_ptr<EventStream> held;
  Start({.watch = [&](std::shared_ptr<EventStream> stream, const WatchNotesRequest&) {
    stream->OnClosed([&] { closed.count_down(); });
    Note note;
    note.set_text("first");
    EXPECT_EQ(stream->TryPush(*SerializeReply(note)), EventStream::Push::kAccepted);
    held = std::move(stream);
    return absl::OkStatus();
  }});
  HostileClient connection(server_->port());
  connection.SendHeaders(1, kWatch);
  WatchNotesRequest request;
  request.set_parent("newsrooms/germany");
  connection.SendMessage(1, request.SerializeAsString());
  std::string received;
  while (received.find("first") == std::string::npos) received += connection.Receive();
  connection.Reset();
  closed.wait();
  EXPECT_EQ(held->TryPush(ReplyBytes()), EventStream::Push::kClosed);
  held.reset();
  ExpectAliveAndIdle();
}

TEST_F(HostileTest, AClientThatDoesNotReadItsReplyIsForgottenAtItsDeadline) {
  Start({.get =
             [](Call&, const GetNoteRequest&) {
               Note note;
               note.set_text(std::string(1 << 20, 'x'));
               return note;
             }},
        {.default_deadline = absl::Milliseconds(300)});
  HostileClient connection(server_->port(), /*initial_window=*/10);
  GetNoteRequest request;
  request.set_name(kName);
  for (std::uint32_t i = 0; i < 10; ++i) {
    connection.SendHeaders(2 * i + 1, kGet);
    connection.SendMessage(2 * i + 1, request.SerializeAsString());
  }
  while (server_->chain().calls_in_flight() < 10) std::this_thread::yield();
  ExpectAliveAndIdle();
}

TEST_F(HostileTest, WhatIsNotHttp2ClosesItsConnectionAndNoOther) {
  Start();
  HostileClient connection(server_->port());
  connection.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  while (!connection.Receive().empty()) {
  }
  ExpectAliveAndIdle();
}

}  // namespace
}  // namespace communique::platform

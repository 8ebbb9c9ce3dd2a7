// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// Each limit of ServerOptions, met by a client that goes beyond it.

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include "services/platform/rpc/testing/hostile_client.h"
#include "services/platform/server/testing/raw_client.h"
#include "services/platform/server/testing/server_fixture.h"

namespace communique::platform {
namespace {

using ::testing::HasSubstr;

constexpr absl::Duration kPatience = absl::Seconds(30);

class ServerLimitsTest : public ServerTest {
 protected:
  std::unique_ptr<server_test::EchoService::Stub> Stub(const grpc::ChannelArguments& arguments = {}) const {
    return server_test::EchoService::NewStub(grpc::CreateCustomChannel(
        LocalAddress(Server::Listener::kInternal), grpc::InsecureChannelCredentials(), Own(arguments)));
  }

  static grpc::ChannelArguments Own(grpc::ChannelArguments arguments) {
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return arguments;
  }

  grpc::Status EchoText(std::size_t size, const std::string& header = "") const {
    grpc::ClientContext context;
    SetDeadline(context);
    if (!header.empty()) context.AddMetadata("x-header", header);
    server_test::EchoRequest request;
    request.set_text(std::string(size, 'x'));
    server_test::EchoReply reply;
    return Stub()->Echo(&context, request, &reply);
  }
};

TEST_F(ServerLimitsTest, RefusesLargerRequests) {
  ServerOptions options = AllListeners();
  options.max_receive_bytes = 1000;
  Start(options);
  EXPECT_TRUE(EchoText(990).ok());
  const grpc::Status refused = EchoText(1001);
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_THAT(refused.error_message(), HasSubstr("Received message larger than max"));
}

TEST_F(ServerLimitsTest, CutsOffARequestWithoutEnd) {
  constexpr std::uint32_t kSent = 512 << 20;
  ServerOptions options = AllListeners();
  options.max_buffered_bytes = 32 << 20;
  Start(options);
  HostileClient client(server_->port(Server::Listener::kInternal));
  client.SendHeaders(1, "/communique.server_test.EchoService/Echo");
  EXPECT_LT(client.SendEndlessMessage(1, kSent), kSent / 4);
  EXPECT_TRUE(EchoText(1).ok());
}

TEST_F(ServerLimitsTest, TurnsCompressedRequestsAwayBeforeItUnpacksThem) {
  Start();
  grpc::ClientContext context;
  SetDeadline(context);
  context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
  server_test::EchoRequest request;
  request.set_text(std::string(1000, 'x'));
  server_test::EchoReply reply;
  EXPECT_EQ(Stub()->Echo(&context, request, &reply).error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(ServerLimitsTest, DoesNotSendLargerReplies) {
  ServerOptions options = AllListeners();
  options.max_send_bytes = 1000;
  Start(options);
  EXPECT_TRUE(EchoText(990).ok());
  EXPECT_EQ(EchoText(1001).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(ServerLimitsTest, RefusesLargerHeaders) {
  ServerOptions options = AllListeners();
  options.max_metadata_bytes = 4096;
  Start(options);
  EXPECT_TRUE(EchoText(1, std::string(2000, 'h')).ok());
  EXPECT_EQ(EchoText(1, std::string(5000, 'h')).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(ServerLimitsTest, MoreCallsThanAllowedOnAConnectionWaitForTheirTurn) {
  ServerOptions options = AllListeners();
  options.max_concurrent_streams = 1;
  Start(options);
  const auto stub = Stub();
  server_test::EchoReply reply;
  grpc::ClientContext first_context;
  SetDeadline(first_context);
  const auto first = stub->Follow(&first_context, {});
  ASSERT_TRUE(first->Read(&reply));
  {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(200));
    EXPECT_EQ(stub->Echo(&context, {}, &reply).error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  }
  first_context.TryCancel();
  first->Finish();
  grpc::ClientContext context;
  SetDeadline(context);
  EXPECT_TRUE(stub->Echo(&context, {}, &reply).ok());
}

TEST_F(ServerLimitsTest, ClosesConnectionsThatDoNotShakeHands) {
  ServerOptions options = AllListeners();
  options.handshake_timeout = absl::Milliseconds(100);
  Start(options);
  const RawConnection silent(server_->port(Server::Listener::kInternal));
  EXPECT_TRUE(silent.WaitForEnd(kPatience));
}

TEST_F(ServerLimitsTest, ClosesConnectionsWhoseOtherSideIsDead) {
  ServerOptions options = AllListeners();
  options.keepalive_time = absl::Milliseconds(100);
  options.keepalive_timeout = absl::Milliseconds(100);
  Start(options);
  const RawConnection dead(server_->port(Server::Listener::kInternal));
  dead.SendPreface();
  EXPECT_FALSE(dead.Receive(kPatience).empty()) << "the handshake succeeds";
  EXPECT_TRUE(dead.WaitForEnd(kPatience)) << "and then no ping is answered";
}

TEST_F(ServerLimitsTest, SendsClientsAwayThatPingTooOften) {
  ServerOptions options = AllListeners();
  options.min_client_ping_interval = absl::Minutes(5);
  Start(options);
  grpc::ChannelArguments eager;
  eager.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 10);
  eager.SetInt(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  eager.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  grpc::ClientContext context;
  SetDeadline(context);
  const auto stream = Stub(eager)->Follow(&context, {});
  server_test::EchoReply reply;
  ASSERT_TRUE(stream->Read(&reply));
  EXPECT_FALSE(stream->Read(&reply));
  const grpc::Status ended = stream->Finish();
  EXPECT_EQ(ended.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_THAT(ended.error_message(), HasSubstr("Too many pings"));
}

TEST_F(ServerLimitsTest, ConnectionsOfAgeAreReplacedWithoutLosingACallAndStreamsEndAfterTheirGrace) {
  ServerOptions options = AllListeners();
  options.max_connection_age = absl::Milliseconds(100);
  options.max_connection_age_grace = absl::Milliseconds(200);
  Start(options);
  const auto stub = Stub();
  grpc::ClientContext stream_context;
  SetDeadline(stream_context);
  const auto stream = stub->Follow(&stream_context, {});
  server_test::EchoReply reply;
  ASSERT_TRUE(stream->Read(&reply));
  std::atomic<bool> ended = false;
  std::thread reader([&] {
    server_test::EchoReply more;
    EXPECT_FALSE(stream->Read(&more));
    ended = true;
  });
  int failed = 0;
  while (!ended) {
    grpc::ClientContext context;
    SetDeadline(context);
    failed += stub->Echo(&context, {}, &reply).ok() ? 0 : 1;
  }
  reader.join();
  EXPECT_FALSE(stream->Finish().ok());
  EXPECT_EQ(failed, 0);
}

TEST_F(ServerLimitsTest, ClosesIdleConnections) {
  ServerOptions options = AllListeners();
  options.max_connection_idle = absl::Milliseconds(100);
  Start(options);
  const RawConnection idle(server_->port(Server::Listener::kInternal));
  idle.SendPreface();
  std::string heard;
  // A GOAWAY frame has type 7 in its fourth byte; a client that behaves closes then.
  const absl::Time until = absl::Now() + kPatience;
  while (absl::Now() < until && heard.find(std::string("\x08\x07\x00", 3)) == std::string::npos) {
    const std::string more = idle.Receive(kPatience);
    if (more.empty()) break;
    heard += more;
  }
  EXPECT_NE(heard.find(std::string("\x07\x00\x00\x00\x00\x00", 6)), std::string::npos) << "no GOAWAY";
}

}  // namespace
}  // namespace communique::platform

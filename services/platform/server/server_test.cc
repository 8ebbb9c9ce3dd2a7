// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/server.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <utility>

#include "absl/synchronization/mutex.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "services/platform/server/testing/raw_client.h"
#include "services/platform/server/testing/server_fixture.h"
#include "services/platform/testing/golden.h"

namespace communique::platform {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Check(const std::shared_ptr<grpc::Channel>& channel, const std::string& name) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  HealthCheckRequest request;
  request.set_service(name);
  HealthCheckResponse response;
  const grpc::Status status = grpc::health::v1::Health::NewStub(channel)->Check(&context, request, &response);
  return status.ok() ? HealthCheckResponse::ServingStatus_Name(response.status())
                     : "code " + std::to_string(status.error_code());
}

TEST_F(ServerTest, EveryListenerHasItsOwnServices) {
  Start();
  const auto codes = [this](Server::Listener listener) {
    return std::vector{Echo<server_test::PublicEchoService>(Channel(listener)).error_code(),
                       Echo<server_test::EchoService>(Channel(listener)).error_code()};
  };
  EXPECT_THAT(codes(Server::Listener::kInternal), ElementsAre(grpc::StatusCode::OK, grpc::StatusCode::OK));
  EXPECT_THAT(codes(Server::Listener::kPublic), ElementsAre(grpc::StatusCode::OK, grpc::StatusCode::UNIMPLEMENTED));
  EXPECT_THAT(codes(Server::Listener::kOps),
              ElementsAre(grpc::StatusCode::UNIMPLEMENTED, grpc::StatusCode::UNIMPLEMENTED));
}

TEST_F(ServerTest, TheOrderOfGrpcsLocksIsNotWatched) {
  Start();
  absl::Mutex one, other;
  for (const auto& [outer, inner] : {std::pair(&one, &other), std::pair(&other, &one)}) {
    const absl::MutexLock lock_outer(outer);
    const absl::MutexLock lock_inner(inner);
  }
  // The process is still here.
  EXPECT_TRUE(Echo<server_test::EchoService>(Channel(Server::Listener::kInternal)).ok());
}

TEST_F(ServerTest, HealthFollowsReadinessByName) {
  Start();
  server_->health().SetDependency("db", true);
  for (const auto listener : {Server::Listener::kInternal, Server::Listener::kOps}) {
    EXPECT_EQ(Check(Channel(listener), ""), "NOT_SERVING");
    EXPECT_EQ(Check(Channel(listener), kEcho), "NOT_SERVING");
    EXPECT_EQ(Check(Channel(listener), "db"), "SERVING");
    EXPECT_EQ(Check(Channel(listener), "nobody"), "code 5");
  }
  server_->health().SetReady(true);
  EXPECT_EQ(Check(Channel(Server::Listener::kOps), ""), "SERVING");
  EXPECT_EQ(Check(Channel(Server::Listener::kInternal), kEcho), "SERVING");
}

TEST_F(ServerTest, ThePublicMayAskOnlyForTheHealthOfWhatItMayCall) {
  Start();
  server_->health().SetDependency("db", true);
  server_->health().SetReady(true);
  const auto channel = Channel(Server::Listener::kPublic);
  EXPECT_EQ(Check(channel, ""), "SERVING");
  EXPECT_EQ(Check(channel, kPublicEcho), "SERVING");
  EXPECT_EQ(Check(channel, kEcho), "code 5");
  EXPECT_EQ(Check(channel, "db"), "code 5");

  grpc::ClientContext context;
  SetDeadline(context);
  HealthCheckRequest request;
  request.set_service("db");
  const auto watch = grpc::health::v1::Health::NewStub(channel)->Watch(&context, request);
  HealthCheckResponse response;
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVICE_UNKNOWN);
  context.TryCancel();
}

TEST_F(ServerTest, HealthWatchTellsEachChangeAndEndsWithTheServer) {
  Start();
  const auto stub = grpc::health::v1::Health::NewStub(Channel(Server::Listener::kInternal));
  grpc::ClientContext context;
  SetDeadline(context);
  HealthCheckRequest request;
  request.set_service(kEcho);
  const auto watch = stub->Watch(&context, request);
  HealthCheckResponse response;
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::NOT_SERVING);
  server_->health().SetReady(true);
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);
  signal_.Request();
  const absl::Time stopped_at = absl::Now();
  EXPECT_TRUE(server_->Stop(signal_).ok());
  EXPECT_LT(absl::Now() - stopped_at, absl::Seconds(10)) << "a watch does not hold up the end for all its grace";
  EXPECT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::NOT_SERVING);
  EXPECT_FALSE(watch->Read(&response));
  EXPECT_EQ(watch->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(ServerTest, HealthWatchWaitsForANameItDoesNotKnow) {
  Start();
  const auto stub = grpc::health::v1::Health::NewStub(Channel(Server::Listener::kOps));
  grpc::ClientContext context;
  SetDeadline(context);
  HealthCheckRequest request;
  request.set_service("cache");
  const auto watch = stub->Watch(&context, request);
  HealthCheckResponse response;
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVICE_UNKNOWN);
  server_->health().SetDependency("cache", true);
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);
  context.TryCancel();
  EXPECT_EQ(watch->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(ServerTest, AnswersGrpcurlWithTheProtoOfHealth) {
  Start();
  const std::vector<std::string> check = {"-import-path",
                                          "/usr/share/grpc-proto",
                                          "-proto",
                                          "grpc/health/v1/health.proto",
                                          LocalAddress(Server::Listener::kOps),
                                          "grpc.health.v1.Health/Check"};
  EXPECT_THAT(Grpcurl(check).second, HasSubstr("\"status\": \"NOT_SERVING\""));
  server_->health().SetReady(true);
  EXPECT_THAT(Grpcurl(check).second, HasSubstr("\"status\": \"SERVING\""));
}

TEST_F(ServerTest, ReflectsOnlyWhenToldAndOnlyOnTheInternalListener) {
  ServerOptions options = AllListeners();
  options.reflection = true;
  Start(options);
  const auto [status, listed] = Grpcurl({LocalAddress(Server::Listener::kInternal), "list"});
  EXPECT_EQ(status, 0) << listed;
  EXPECT_THAT(listed, AllOf(HasSubstr(kEcho), HasSubstr("grpc.health.v1.Health")));
  EXPECT_THAT(
      Grpcurl({"-d", R"({"text": "Grüße"})", LocalAddress(Server::Listener::kInternal), std::string(kEcho) + "/Echo"})
          .second,
      HasSubstr("\"text\": \"Grüße\""));
  for (const auto listener : {Server::Listener::kPublic, Server::Listener::kOps}) {
    EXPECT_THAT(Grpcurl({LocalAddress(listener), "list"}).second, HasSubstr("does not support the reflection API"));
  }
}

TEST_F(ServerTest, DoesNotReflectByDefault) {
  Start();
  EXPECT_THAT(Grpcurl({LocalAddress(Server::Listener::kInternal), "list"}).second,
              HasSubstr("does not support the reflection API"));
}

TEST_F(ServerTest, ServesThePagesOfTheOperators) {
  Start();
  server_->health().SetDependency("db", false);
  const int port = server_->ops_http_port();
  EXPECT_THAT(HttpGet(port, "/livez"), AllOf(HasSubstr("HTTP/1.1 200 OK"), HasSubstr("alive")));
  EXPECT_THAT(HttpGet(port, "/readyz"), AllOf(HasSubstr("HTTP/1.1 503"), HasSubstr("not ready\n"),
                                              HasSubstr("[-] communique.server_test.EchoService\n")));
  server_->health().SetReady(true);
  EXPECT_THAT(HttpGet(port, "/readyz"),
              AllOf(HasSubstr("HTTP/1.1 200 OK"), HasSubstr("\nready\n"),
                    HasSubstr("[+] communique.server_test.EchoService\n"), HasSubstr("[-] db\n")));
  EXPECT_THAT(HttpGet(port, "/metrics"),
              AllOf(HasSubstr("HTTP/1.1 200 OK"), HasSubstr("Content-Type: text/plain; version=0.0.4"),
                    HasSubstr("\ncommunique_server_ready 1\n"),
                    HasSubstr("\ncommunique_server_dependency_up{dependency=\"db\"} 0\n")));
  EXPECT_THAT(HttpGet(port, "/"), HasSubstr("HTTP/1.1 404"));
  EXPECT_THAT(HttpGet(port, "/metrics/../../etc/passwd"), Not(HasSubstr("root:")));
}

TEST_F(ServerTest, ASecondServerOnTheSamePortIsRefusedByName) {
  Start();
  const std::string taken = LocalAddress(Server::Listener::kInternal);
  ServerOptions options = AllListeners();
  options.listen_internal = taken;
  Server second(options, clock_, log_.log(), std::make_shared<Metrics>());
  const absl::Status refused = second.Start();
  EXPECT_EQ(refused.message(), "listen.internal: cannot listen on " + taken + ": Address already in use");
  EXPECT_EQ(second.port(Server::Listener::kPublic), 0) << "it listens nowhere";

  ServerOptions http = AllListeners();
  http.ops_http = "127.0.0.1:" + std::to_string(server_->ops_http_port());
  EXPECT_EQ(Server(http, clock_, log_.log(), std::make_shared<Metrics>()).Start().message(),
            "ops.http: cannot listen on " + http.ops_http + ": Address already in use");
  EXPECT_TRUE(Echo(Channel(Server::Listener::kInternal)).ok()) << "the first goes on";
}

TEST_F(ServerTest, SaysWhyAnAddressIsNone) {
  ServerOptions options = AllListeners();
  options.listen_public = "192.0.2.1:0";
  Make(options);
  EXPECT_EQ(server_->Start().message(), "listen.public: cannot listen on 192.0.2.1:0: Cannot assign requested address");
  options.listen_public = "no-such-host.invalid:0";
  EXPECT_THAT(std::string(Server(options, clock_, log_.log(), std::make_shared<Metrics>()).Start().message()),
              HasSubstr("listen.public: cannot listen on no-such-host.invalid:0: "));
}

TEST_F(ServerTest, ListensOnNamesThatStandForSeveralAddresses) {
  ServerOptions options = AllListeners();
  options.listen_internal = "localhost:0";
  Start(options);
  EXPECT_TRUE(Echo(Channel(Server::Listener::kInternal)).ok());
}

TEST_F(ServerTest, ListensOnUnixSocketsAndLeavesThoseOfOthersAlone) {
  const TemporaryFolder folder;
  ServerOptions options = AllListeners();
  options.listen_internal = "unix:" + folder.File("internal.sock");
  options.listen_public = "";
  Start(options);
  EXPECT_TRUE(Echo(ChannelTo(options.listen_internal)).ok());
  EXPECT_EQ(server_->port(Server::Listener::kInternal), 0);
  EXPECT_EQ(Server(options, clock_, log_.log(), std::make_shared<Metrics>()).Start().message(),
            "listen.internal: cannot listen on " + options.listen_internal + ": another server listens there");
  EXPECT_TRUE(Echo(ChannelTo(options.listen_internal)).ok());
}

TEST_F(ServerTest, AListenerWithoutAnAddressIsOff) {
  ServerOptions options = AllListeners();
  options.listen_public = "";
  options.ops_grpc = "";
  options.ops_http = "";
  Start(options);
  EXPECT_EQ(server_->port(Server::Listener::kPublic), 0);
  EXPECT_EQ(server_->port(Server::Listener::kOps), 0);
  EXPECT_EQ(server_->ops_http_port(), 0);
  EXPECT_TRUE(Echo(Channel(Server::Listener::kInternal)).ok());
}

TEST_F(ServerTest, MetricsAreThoseOfTheGoldenFile) {
  Make(AllListeners());
  ExpectGolden("services/platform/server/testdata/metrics.golden", metrics_->Describe());
}

TEST_F(ServerTest, WhatGrpcSaysGoesToTheLog) {
  Start();
  GrpcLogRoute route(log_.log());
  gpr_log_message("file.cc", 7, GPR_LOG_SEVERITY_ERROR, "something about a peer");
  EXPECT_THAT(log_.Text(),
              HasSubstr("\"severity\":\"WARNING\",\"service\":\"test\",\"message\":\"gRPC reports\",\"text\":"
                        "\"something about a peer\""));
}

}  // namespace
}  // namespace communique::platform

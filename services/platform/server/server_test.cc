// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <future>
#include <latch>
#include <mutex>
#include <sstream>

#include "grpc/health/v1/health.grpc.pb.h"
#include "services/platform/errors/error.h"
#include "services/platform/server/test_echo.h"
#include "services/platform/testing/captured_log.h"
#include "services/platform/testing/process.h"
#include "services/platform/testing/temporary_folder.h"

namespace communique::platform {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kEcho[] = "communique.server_test.EchoService";
constexpr char kPublicEcho[] = "communique.server_test.PublicEchoService";

ServerOptions Options() {
  ServerOptions options;
  options.listen_public = "127.0.0.1:0";
  options.listen_internal = "127.0.0.1:0";
  options.ops_grpc = "127.0.0.1:0";
  options.ops_http = "127.0.0.1:0";
  options.drain_delay = absl::ZeroDuration();
  options.shutdown_grace = absl::Seconds(20);
  return options;
}

ExecutorOptions OneThread() {
  ExecutorOptions options;
  options.name = "work";
  return options;
}

std::string HttpGet(int port, const std::string& path) {
  const int connection = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_port = htons(static_cast<std::uint16_t>(port));
  name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string answer;
  if (connect(connection, reinterpret_cast<const sockaddr*>(&name), sizeof(name)) == 0) {
    const std::string request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    EXPECT_EQ(write(connection, request.data(), request.size()), static_cast<ssize_t>(request.size()));
    char buffer[4096];
    for (ssize_t got = 0; (got = read(connection, buffer, sizeof(buffer))) > 0;) {
      answer.append(buffer, static_cast<std::size_t>(got));
    }
  }
  close(connection);
  return answer;
}

class ServerTest : public testing::Test {
 protected:
  // Makes and starts a server of the echo service.
  void Start(ServerOptions options = Options()) {
    Make(std::move(options));
    const absl::Status started = server_->Start();
    ASSERT_TRUE(started.ok()) << started;
  }

  void Make(ServerOptions options) {
    server_ = std::make_unique<Server>(std::move(options), clock_, log_.log(), metrics_);
    server_->AddService(kEcho, Reach::kInternal, [this] { return std::make_unique<EchoService>(executor_, streams_); });
    server_->AddService(kPublicEcho, Reach::kPublic, [] { return std::make_unique<PublicEchoService>(); });
    server_->OnEndStreams([this] { streams_.End(); });
    server_->JoinOnStop(executor_);
  }

  std::shared_ptr<grpc::Channel> Channel(Server::Listener listener) const {
    return ChannelTo("127.0.0.1:" + std::to_string(server_->port(listener)));
  }
  static std::shared_ptr<grpc::Channel> ChannelTo(const std::string& target) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel(target, grpc::InsecureChannelCredentials(), arguments);
  }

  static void SetDeadline(grpc::ClientContext& context) {
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  }

  template <typename Service = server_test::EchoService>
  static grpc::Status Echo(const std::shared_ptr<grpc::Channel>& channel) {
    grpc::ClientContext context;
    SetDeadline(context);
    server_test::EchoRequest request;
    request.set_text("hello");
    server_test::EchoReply reply;
    const grpc::Status status = Service::NewStub(channel)->Echo(&context, request, &reply);
    EXPECT_EQ(reply.text(), status.ok() ? "hello" : "");
    return status;
  }

  static std::string Check(const std::shared_ptr<grpc::Channel>& channel, const std::string& name) {
    grpc::ClientContext context;
    SetDeadline(context);
    HealthCheckRequest request;
    request.set_service(name);
    HealthCheckResponse response;
    const grpc::Status status = grpc::health::v1::Health::NewStub(channel)->Check(&context, request, &response);
    return status.ok() ? HealthCheckResponse::ServingStatus_Name(response.status())
                       : "code " + std::to_string(status.error_code());
  }

  // Runs grpcurl, as in the documents; its exit status and output.
  std::pair<int, std::string> Grpcurl(const std::vector<std::string>& arguments) const {
    std::vector<std::string> command = {".tools/bin/grpcurl", "-plaintext"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const TemporaryFolder folder;
    const int status = RunProcess(command, {.user = "", .output_file = folder.File("out"), .environment = {}});
    std::stringstream text;
    text << std::ifstream(folder.File("out")).rdbuf();
    return {status, text.str()};
  }

  std::string LocalAddress(Server::Listener listener) const {
    return "127.0.0.1:" + std::to_string(server_->port(listener));
  }

  SystemClock clock_;
  CapturedLog log_;
  const std::shared_ptr<Metrics> metrics_ = std::make_shared<Metrics>();
  ShutdownSignal signal_;
  Executor executor_{OneThread(), clock_};
  EchoStreams streams_;
  std::unique_ptr<Server> server_;
};

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

TEST_F(ServerTest, HealthFollowsReadinessByNameOnEveryListener) {
  Start();
  server_->health().SetDependency("db", true);
  for (const auto listener : {Server::Listener::kPublic, Server::Listener::kInternal, Server::Listener::kOps}) {
    const auto channel = Channel(listener);
    EXPECT_EQ(Check(channel, ""), "NOT_SERVING");
    EXPECT_EQ(Check(channel, kEcho), "NOT_SERVING");
    EXPECT_EQ(Check(channel, "db"), "SERVING");
    EXPECT_EQ(Check(channel, "nobody"), "code 5");
  }
  server_->health().SetReady(true);
  EXPECT_EQ(Check(Channel(Server::Listener::kOps), ""), "SERVING");
  EXPECT_EQ(Check(Channel(Server::Listener::kPublic), kEcho), "SERVING");
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
  ServerOptions options = Options();
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
  ServerOptions options = Options();
  options.listen_internal = taken;
  Server second(options, clock_, log_.log(), std::make_shared<Metrics>());
  const absl::Status refused = second.Start();
  EXPECT_EQ(refused.message(), "listen.internal: cannot listen on " + taken + ": Address already in use");
  EXPECT_EQ(second.port(Server::Listener::kPublic), 0) << "it listens nowhere";

  ServerOptions http = Options();
  http.ops_http = "127.0.0.1:" + std::to_string(server_->ops_http_port());
  EXPECT_EQ(Server(http, clock_, log_.log(), std::make_shared<Metrics>()).Start().message(),
            "ops.http: cannot listen on " + http.ops_http + ": Address already in use");
  EXPECT_TRUE(Echo(Channel(Server::Listener::kInternal)).ok()) << "the first goes on";
}

TEST_F(ServerTest, SaysWhyAnAddressIsNone) {
  ServerOptions options = Options();
  options.listen_public = "192.0.2.1:0";
  Make(options);
  EXPECT_EQ(server_->Start().message(), "listen.public: cannot listen on 192.0.2.1:0: Cannot assign requested address");
  options.listen_public = "no-such-host.invalid:0";
  EXPECT_THAT(std::string(Server(options, clock_, log_.log(), std::make_shared<Metrics>()).Start().message()),
              HasSubstr("listen.public: cannot listen on no-such-host.invalid:0: "));
}

TEST_F(ServerTest, ListensOnUnixSocketsAndLeavesThoseOfOthersAlone) {
  const TemporaryFolder folder;
  ServerOptions options = Options();
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
  ServerOptions options = Options();
  options.listen_public = "";
  options.ops_grpc = "";
  options.ops_http = "";
  Start(options);
  EXPECT_EQ(server_->port(Server::Listener::kPublic), 0);
  EXPECT_EQ(server_->port(Server::Listener::kOps), 0);
  EXPECT_EQ(server_->ops_http_port(), 0);
  EXPECT_TRUE(Echo(Channel(Server::Listener::kInternal)).ok());
}

TEST_F(ServerTest, EndsInOrder) {
  Make(Options());
  std::mutex mutex;
  std::vector<std::string> steps;
  const auto step = [&](const std::string& name) {
    const std::lock_guard lock(mutex);
    steps.push_back(name);
  };
  std::latch streams_ended(1);
  server_->OnEndStreams([&] {
    step(server_->health().ready() ? "streams, still ready" : "streams, not ready");
    streams_ended.count_down();
  });
  server_->CloseOnStop("store", [&] { step("store"); });
  server_->CloseOnStop("cache over the store", [&] { step("cache"); });
  ASSERT_TRUE(server_->Start().ok());
  server_->health().SetReady(true);
  ASSERT_TRUE(executor_
                  .Submit([&] {
                    streams_ended.wait();
                    step("work");
                  })
                  .ok());
  signal_.Request();
  ASSERT_TRUE(server_->Stop(signal_).ok());
  EXPECT_THAT(steps, ElementsAre("streams, not ready", "work", "cache", "store"));
  EXPECT_EQ(ReasonOf(executor_.Submit([] {})), Reason::ERROR_REASON_SHUTTING_DOWN);
  EXPECT_TRUE(server_->Stop(signal_).ok()) << "once more does nothing";
  EXPECT_EQ(steps.size(), 4U);
  EXPECT_EQ(HttpGet(server_->ops_http_port(), "/livez"), "");
}

TEST_F(ServerTest, StreamsEndWithUnavailable) {
  Start();
  const auto stub = server_test::EchoService::NewStub(Channel(Server::Listener::kInternal));
  grpc::ClientContext context;
  SetDeadline(context);
  const auto stream = stub->Follow(&context, {});
  server_test::EchoReply reply;
  ASSERT_TRUE(stream->Read(&reply));
  signal_.Request();
  EXPECT_TRUE(server_->Stop(signal_).ok());
  EXPECT_FALSE(stream->Read(&reply));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(ServerTest, CutsOffCallsAtTheEndOfTheirGrace) {
  ServerOptions options = Options();
  options.shutdown_grace = absl::Milliseconds(50);
  Start(options);
  auto waiting = std::async(std::launch::async, [this] {
    grpc::ClientContext context;
    SetDeadline(context);
    server_test::EchoReply reply;
    return server_test::EchoService::NewStub(Channel(Server::Listener::kInternal))->Wait(&context, {}, &reply);
  });
  ASSERT_TRUE(Echo(Channel(Server::Listener::kInternal)).ok());
  signal_.Request();
  EXPECT_TRUE(server_->Stop(signal_).ok());
  EXPECT_FALSE(waiting.get().ok());
}

TEST_F(ServerTest, ASecondSignalSkipsDelayAndGrace) {
  ServerOptions options = Options();
  options.drain_delay = absl::Minutes(5);
  options.shutdown_grace = absl::Minutes(5);
  Start(options);
  const auto channel = Channel(Server::Listener::kInternal);
  auto waiting = std::async(std::launch::async, [channel] {
    grpc::ClientContext context;
    SetDeadline(context);
    server_test::EchoReply reply;
    return server_test::EchoService::NewStub(channel)->Wait(&context, {}, &reply);
  });
  ASSERT_TRUE(Echo(channel).ok());
  signal_.Request();
  auto stopped = std::async(std::launch::async, [this] { return server_->Stop(signal_); });
  EXPECT_EQ(stopped.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout) << "it drains";
  EXPECT_TRUE(Echo(channel).ok()) << "and answers meanwhile";
  signal_.Request();
  ASSERT_EQ(stopped.wait_for(std::chrono::seconds(20)), std::future_status::ready);
  EXPECT_TRUE(stopped.get().ok());
  EXPECT_FALSE(waiting.get().ok());
  EXPECT_THAT(log_.Text(), HasSubstr("second signal"));
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

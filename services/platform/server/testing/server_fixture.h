// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "services/platform/server/server.h"
#include "services/platform/server/testing/echo.h"
#include "services/platform/testing/captured_log.h"
#include "services/platform/testing/process.h"
#include "services/platform/testing/temporary_folder.h"

namespace communique::platform {

inline constexpr char kEcho[] = "communique.server_test.EchoService";
inline constexpr char kPublicEcho[] = "communique.server_test.PublicEchoService";

// Listens everywhere, on free ports, and ends without delay.
inline ServerOptions AllListeners() {
  ServerOptions options;
  options.listen_public = "127.0.0.1:0";
  options.listen_internal = "127.0.0.1:0";
  options.ops_grpc = "127.0.0.1:0";
  options.ops_http = "127.0.0.1:0";
  options.drain_delay = absl::ZeroDuration();
  options.shutdown_grace = absl::Seconds(20);
  return options;
}

inline ExecutorOptions OneThread() {
  ExecutorOptions options;
  options.name = "work";
  return options;
}

// A server of the test services, with a real client for it.
class ServerTest : public testing::Test {
 protected:
  // Makes and starts a server of the echo service.
  void Start(ServerOptions options = AllListeners()) {
    Make(std::move(options));
    const absl::Status started = server_->Start();
    ASSERT_TRUE(started.ok()) << started;
  }

  void Make(ServerOptions options) {
    server_ = std::make_unique<Server>(std::move(options), clock_, log_.log(), metrics_);
    server_->AddService(kEcho, Reach::kInternal, [this] { return std::make_unique<EchoService>(executor_, streams_); });
    server_->AddService(kPublicEcho, Reach::kPublic, [] { return std::make_unique<PublicEchoService>(); });
    server_->OnRefuseCalls([this] { streams_.End(); });
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

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// How a server ends.

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <future>
#include <latch>
#include <mutex>

#include "services/platform/errors/error.h"
#include "services/platform/server/server.h"
#include "services/platform/server/testing/raw_client.h"
#include "services/platform/server/testing/server_fixture.h"

namespace communique::platform {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using ServerStopTest = ServerTest;

TEST_F(ServerStopTest, EndsInOrder) {
  Make(AllListeners());
  std::mutex mutex;
  std::vector<std::string> steps;
  const auto step = [&](const std::string& name) {
    const std::lock_guard lock(mutex);
    steps.push_back(name);
  };
  std::latch streams_ended(1);
  server_->OnRefuseCalls([&] {
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

TEST_F(ServerStopTest, CallersAreToldThatTheyAreRefusedBeforeTheyAreCutOff) {
  ServerOptions options = AllListeners();
  options.refuse_time = absl::Minutes(5);
  options.shutdown_grace = absl::Minutes(5);
  std::latch refusing(1);
  Make(options);
  server_->OnRefuseCalls([&] { refusing.count_down(); });
  ASSERT_TRUE(server_->Start().ok());
  const auto channel = Channel(Server::Listener::kInternal);
  ASSERT_TRUE(Echo(channel).ok());
  signal_.Request();
  auto stopped = std::async(std::launch::async, [this] { return server_->Stop(signal_); });
  refusing.wait();
  EXPECT_EQ(stopped.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
  EXPECT_TRUE(Echo(channel).ok()) << "the connection is still there for the chain to answer on";
  signal_.Request();
  ASSERT_EQ(stopped.wait_for(std::chrono::seconds(20)), std::future_status::ready) << "a second signal ends that, too";
  EXPECT_TRUE(stopped.get().ok());
}

TEST_F(ServerStopTest, SaysByWhenWorkMustHaveEnded) {
  ServerOptions options = AllListeners();
  options.shutdown_grace = absl::Seconds(7);
  options.refuse_time = absl::ZeroDuration();
  options.executor_grace = absl::Seconds(3);
  Make(options);
  std::vector<absl::Duration> told;
  server_->OnEndBy([&](absl::Time when) { told.push_back(when - absl::Now()); });
  ASSERT_TRUE(server_->Start().ok());
  signal_.Request();
  ASSERT_TRUE(server_->Stop(signal_).ok());
  ASSERT_EQ(told.size(), 2U);
  EXPECT_NEAR(absl::ToDoubleSeconds(told[0]), 7, 0.5) << "the calls";
  EXPECT_NEAR(absl::ToDoubleSeconds(told[1]), 3, 0.5) << "what is behind them";
}

TEST_F(ServerStopTest, StreamsEndWithUnavailable) {
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

TEST_F(ServerStopTest, CutsOffCallsAtTheEndOfTheirGrace) {
  ServerOptions options = AllListeners();
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

TEST_F(ServerStopTest, ASecondSignalSkipsDelayAndGrace) {
  ServerOptions options = AllListeners();
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

}  // namespace
}  // namespace communique::platform

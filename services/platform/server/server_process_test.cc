// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// The frame as operators meet it: a process of its own that is configured, called, told to end, and restarted.

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <functional>
#include <future>
#include <mutex>
#include <sstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "services/platform/server/listen.h"
#include "services/platform/server/testing/echo_service.grpc.pb.h"
#include "services/platform/server/testing/raw_client.h"
#include "services/platform/testing/log_pipe.h"
#include "services/platform/testing/process.h"
#include "services/platform/testing/temporary_folder.h"

namespace communique::platform {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr absl::Duration kPatience = absl::Seconds(60);

// A running test server.
class Child {
 public:
  // `port` 0 picks a free one.
  explicit Child(int port = 0, std::vector<std::string> flags = {})
      : log_(folder_.File("log")), process_(Command(port, std::move(flags))) {
    log_.Follow(process_);
    if (log_.WaitFor(R"("message":"ready")").empty()) return;
    port_ = log_.WaitFor(R"("setting":"listen.internal")").value("port", 0);
    http_port_ = log_.WaitFor(R"("setting":"ops.http")").value("port", 0);
  }

  int port() const { return port_; }
  int http_port() const { return http_port_; }
  LogPipe& log() { return log_; }
  Process& process() { return process_; }
  std::string target() const { return absl::StrCat("127.0.0.1:", port_); }

  // Asks it to end and gives its exit status.
  ExitStatus Terminate() {
    process_.Signal(SIGTERM);
    const auto status = process_.Wait(kPatience);
    EXPECT_TRUE(status.has_value()) << "does not end";
    return status.value_or(-1);
  }

 private:
  std::vector<std::string> Command(int port, std::vector<std::string> flags) const {
    std::vector<std::string> command = {TEST_SERVER, absl::StrCat("--listen.internal=127.0.0.1:", port),
                                        "--ops.grpc=", "--ops.http=127.0.0.1:0",
                                        "--log.destination=" + folder_.File("log")};
    command.insert(command.end(), flags.begin(), flags.end());
    return command;
  }

  TemporaryFolder folder_;
  LogPipe log_;
  Process process_;
  int port_ = 0;
  int http_port_ = 0;
};

double Metric(const std::string& page, const std::string& name) {
  const auto at = page.find("\n" + name + " ");
  return at == std::string::npos ? -1 : std::stod(page.substr(at + name.size() + 2));
}

std::shared_ptr<grpc::Channel> ChannelTo(const std::string& target, const std::string& service_config = "") {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 100);
  if (!service_config.empty()) arguments.SetServiceConfigJSON(service_config);
  return grpc::CreateCustomChannel(target, grpc::InsecureChannelCredentials(), arguments);
}

void SetDeadline(grpc::ClientContext& context) {
  context.set_deadline(std::chrono::system_clock::now() + absl::ToChronoSeconds(kPatience));
}

// Runs the test server to its end; its exit status and what it printed.
std::pair<ExitStatus, std::string> RunToItsEnd(std::vector<std::string> flags) {
  const TemporaryFolder folder;
  flags.insert(flags.begin(), TEST_SERVER);
  const ExitStatus status = RunProcess(flags, {.user = "", .output_file = folder.File("out"), .environment = {}});
  std::stringstream text;
  text << std::ifstream(folder.File("out")).rdbuf();
  return {status, text.str()};
}

// What a client of ours is told to use: it asks each connection for the health of the service, and tries again what
// was refused.
constexpr char kServiceConfig[] = R"({
  "loadBalancingConfig": [{"round_robin": {}}],
  "healthCheckConfig": {"serviceName": "communique.server_test.EchoService"},
  "methodConfig": [{"name": [{}], "retryPolicy": {
    "maxAttempts": 5, "initialBackoff": "0.02s", "maxBackoff": "0.5s", "backoffMultiplier": 2,
    "retryableStatusCodes": ["UNAVAILABLE"]}}]
})";

TEST(ServerProcessTest, ARollingRestartUnderLoadLosesNoCall) {
  constexpr int kCallers = 8;
  constexpr int kRestarts = 6;
  const std::vector<std::string> flags = {"--drain.delay=300ms"};
  std::unique_ptr<Child> replicas[2] = {std::make_unique<Child>(0, flags), std::make_unique<Child>(0, flags)};
  const auto channel =
      ChannelTo(absl::StrCat("ipv4:", replicas[0]->target(), ",", replicas[1]->target()), kServiceConfig);

  std::atomic<bool> done = false;
  std::atomic<int> calls = 0;
  std::mutex mutex;
  std::vector<std::string> failures;
  std::vector<std::thread> callers;
  for (int i = 0; i < kCallers; ++i) {
    callers.emplace_back([&] {
      const auto stub = server_test::EchoService::NewStub(channel);
      while (!done) {
        grpc::ClientContext context;
        SetDeadline(context);
        server_test::EchoRequest request;
        request.set_text("hello");
        server_test::EchoReply reply;
        const grpc::Status status = stub->Echo(&context, request, &reply);
        ++calls;
        if (!status.ok() || reply.text() != "hello") {
          const std::lock_guard lock(mutex);
          failures.push_back(
              absl::StrCat("code ", static_cast<int>(status.error_code()), ": ", status.error_message()));
        }
      }
    });
  }
  for (int restart = 0; restart < kRestarts; ++restart) {
    auto& replica = replicas[restart % 2];
    const int port = replica->port();
    EXPECT_EQ(replica->Terminate(), 0);
    replica = std::make_unique<Child>(port, flags);
    // The other one is not sent away before clients have found this one again.
    const int before = calls;
    const auto direct = ChannelTo(replica->target(), kServiceConfig);
    EXPECT_TRUE(direct->WaitForConnected(std::chrono::system_clock::now() + absl::ToChronoSeconds(kPatience)));
    while (calls < before + 200) std::this_thread::yield();
  }
  done = true;
  for (std::thread& caller : callers) caller.join();
  EXPECT_THAT(failures, testing::IsEmpty());
  EXPECT_GT(calls, kRestarts * 200);
  RecordProperty("calls", calls.load());
  std::printf("%d calls over %d restarts, %zu failed\n", calls.load(), kRestarts, failures.size());
}

TEST(ServerProcessTest, StreamsEndWithUnavailableAndTheProcessWithZero) {
  // A client without a call under way hears the server's goodbye only when it looks, every 5 s: hence the short grace.
  Child child(0, {"--drain.delay=0", "--drain.grace=300ms"});
  const auto stub = server_test::EchoService::NewStub(ChannelTo(child.target()));
  grpc::ClientContext context;
  SetDeadline(context);
  const auto stream = stub->Follow(&context, {});
  server_test::EchoReply reply;
  ASSERT_TRUE(stream->Read(&reply));
  auto ended = std::async(std::launch::async, [&] {
    EXPECT_FALSE(stream->Read(&reply));
    return stream->Finish().error_code();
  });
  EXPECT_EQ(child.Terminate(), 0);
  EXPECT_EQ(ended.get(), grpc::StatusCode::UNAVAILABLE);
  child.log().WaitFor(R"("message":"ended")");
}

TEST(ServerProcessTest, AnswersDuringTheDrainDelayAndHurriesAtTheSecondSignal) {
  Child child(0, {"--drain.delay=5m"});
  const auto stub = server_test::EchoService::NewStub(ChannelTo(child.target()));
  child.process().Signal(SIGTERM);
  child.log().WaitFor(R"("message":"ending")");
  grpc::ClientContext context;
  SetDeadline(context);
  server_test::EchoReply reply;
  EXPECT_TRUE(stub->Echo(&context, {}, &reply).ok());
  child.process().Signal(SIGINT);
  EXPECT_EQ(child.process().Wait(kPatience), 0);
}

TEST(ServerProcessTest, AHandlerThatHangsDoesNotKeepTheProcessAlive) {
  Child child(0, {"--drain.delay=0", "--drain.grace=10ms", "--drain.give_up_after=200ms"});
  const auto channel = ChannelTo(child.target());
  std::thread caller([&channel] {
    grpc::ClientContext context;
    SetDeadline(context);
    server_test::EchoReply reply;
    EXPECT_FALSE(server_test::EchoService::NewStub(channel)->Hang(&context, {}, &reply).ok());
  });
  // The handler runs once this second call on the same connection is answered.
  grpc::ClientContext context;
  SetDeadline(context);
  server_test::EchoReply reply;
  EXPECT_TRUE(server_test::EchoService::NewStub(channel)->Echo(&context, {}, &reply).ok());
  EXPECT_EQ(child.Terminate(), 1);
  caller.join();
  EXPECT_THAT(child.log().WaitFor("cannot end in order").value("problem", ""), HasSubstr("calls are still under way"));
}

TEST(ServerProcessTest, ServesAmongTenThousandConnections) {
  constexpr std::size_t kConnections = 10'000;
  if (RaiseOpenFileLimit() < static_cast<long>(kConnections) + 200) {
    GTEST_SKIP() << "the machine allows too few open files";
  }
  Child child;
  const auto memory = [&child] {
    return Metric(HttpGet(child.http_port(), "/metrics"), "process_resident_memory_bytes");
  };
  const double before = memory();
  std::vector<RawConnection> connections;
  connections.reserve(kConnections);
  for (std::size_t i = 0; i < kConnections; ++i) {
    connections.emplace_back(child.port());
    ASSERT_TRUE(connections.back().connected()) << i;
    connections.back().SendPreface();
  }
  for (const RawConnection& connection : connections) ASSERT_FALSE(connection.Receive(kPatience).empty());
  grpc::ClientContext context;
  SetDeadline(context);
  server_test::EchoReply reply;
  EXPECT_TRUE(server_test::EchoService::NewStub(ChannelTo(child.target()))->Echo(&context, {}, &reply).ok());
  const double each = (memory() - before) / kConnections;
  std::printf("%.0f bytes per connection\n", each);
  EXPECT_LT(each, 64 << 10);
  connections.clear();
  EXPECT_EQ(child.Terminate(), 0);
}

TEST(ServerProcessTest, SaysWhyItCannotStart) {
  const auto [wrong_key, said] = RunToItsEnd({"--listen.intern=127.0.0.1:0"});
  EXPECT_EQ(wrong_key, 2);
  EXPECT_EQ(said,
            "communique-echo cannot start with this configuration:\n"
            "  flag --listen.intern: there is no such flag; did you mean --listen.internal?\n");

  const Child child;
  const auto [port_taken, line] =
      RunToItsEnd({absl::StrCat("--listen.internal=127.0.0.1:", child.port()), "--ops.grpc=", "--ops.http="});
  EXPECT_EQ(port_taken, 1);
  EXPECT_THAT(line, HasSubstr(absl::StrCat(R"("message":"cannot start","problem":"listen.internal: cannot listen on )",
                                           child.target(), ": Address already in use\"")));
}

TEST(ServerProcessTest, PrintsItsConfigurationAndEnds) {
  const auto [status, text] = RunToItsEnd({"--print-config", "--drain.delay=7s"});
  EXPECT_EQ(status, 0);
  EXPECT_THAT(text, HasSubstr("drain:\n  delay: 7s  # flag --drain.delay\n"));
  const auto [help_status, help] = RunToItsEnd({"--help"});
  EXPECT_EQ(help_status, 0);
  EXPECT_THAT(help, HasSubstr("--listen.internal  [host:port or unix:/path; default: 127.0.0.1:8081]"));
}

}  // namespace
}  // namespace communique::platform

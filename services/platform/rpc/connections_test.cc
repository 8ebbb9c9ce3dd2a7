// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <grpcpp/client_context.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/rpc/testing/hostile_client.h"
#include "services/platform/rpc/testing/in_process_server.h"
#include "services/platform/rpc/testing/note_methods.h"
#include "services/platform/rpc/testing/note_service.grpc.pb.h"

extern char** environ;

// Ten thousand connections that do nothing, from a process of their own: both ends together are more files than one
// process may have open.
namespace communique::platform {
namespace {

using rpctest::v1::GetNoteRequest;
using rpctest::v1::Note;
using rpctest::v1::NoteService;

constexpr int kConnections = 10'000;
constexpr rlim_t kFiles = kConnections + 200;
// Measured: 18 KiB each.
constexpr std::size_t kBytesPerConnection = 64 << 10;

bool RaiseFileLimit() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur >= kFiles) return true;
  limit.rlim_cur = std::min<rlim_t>(kFiles, limit.rlim_max);
  return setrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur >= kFiles;
}

// The child: connects, says so on standard output, and stays until standard input ends.
int HoldConnections(int port) {
  if (!RaiseFileLimit()) return 1;
  std::vector<HostileClient> connections;
  connections.reserve(kConnections);
  for (int i = 0; i < kConnections; ++i) connections.emplace_back(port);
  // The kernel accepts for the server; it has a connection when it greets.
  for (HostileClient& connection : connections) {
    if (connection.Receive().empty()) return 1;
  }
  if (write(STDOUT_FILENO, "y", 1) != 1) return 1;
  char end = 0;
  return read(STDIN_FILENO, &end, 1) == 0 ? 0 : 1;
}

std::size_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t total = 0;
  std::size_t resident = 0;
  statm >> total >> resident;
  return resident * 4096;
}

// A child that holds the connections.
class Holder {
 public:
  explicit Holder(int port) {
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    if (pipe(in.data()) != 0 || pipe(out.data()) != 0) std::abort();
    posix_spawn_file_actions_t files{};
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&files, in[1]);
    posix_spawn_file_actions_addclose(&files, out[0]);
    std::string port_text = absl::StrCat(port);
    char program[] = "/proc/self/exe";
    char role[] = "hold";
    char* arguments[] = {program, role, port_text.data(), nullptr};
    if (posix_spawn(&child_, program, &files, nullptr, arguments, environ) != 0) std::abort();
    posix_spawn_file_actions_destroy(&files);
    close(in[0]);
    close(out[1]);
    end_ = in[1];
    ready_ = out[0];
  }
  ~Holder() {
    close(end_);
    close(ready_);
    waitpid(child_, nullptr, 0);
  }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;

  bool WaitUntilConnected() {
    char yes = 0;
    return read(ready_, &yes, 1) == 1;
  }

 private:
  pid_t child_ = 0;
  int end_ = -1;
  int ready_ = -1;
};

TEST(ConnectionsTest, TenThousandLeaveTheServerAnsweringAndItsMemoryBounded) {
  if (!RaiseFileLimit()) GTEST_SKIP() << "this machine allows too few open files";
  SystemClock clock;
  Executor executor({.name = "test", .limit_key = "test.max_queued"}, clock);
  InProcessServer server({NoteMethods(executor)});
  const auto stub = NoteService::NewStub(server.NewChannel());
  const auto answers = [&] {
    GetNoteRequest request;
    request.set_name("newsrooms/germany/notes/1");
    Note note;
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    return stub->GetNote(&context, request, &note).ok();
  };
  ASSERT_TRUE(answers());
  const std::size_t before = ResidentBytes();
  {
    Holder holder(server.port());
    ASSERT_TRUE(holder.WaitUntilConnected());
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(answers());
    // New callers get through too.
    const auto late = NoteService::NewStub(server.NewChannel());
    GetNoteRequest request;
    request.set_name("newsrooms/germany/notes/1");
    Note note;
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    EXPECT_TRUE(late->GetNote(&context, request, &note).ok());
    const std::size_t each = (ResidentBytes() - before) / kConnections;
    std::printf("%d connections, %zu KiB each\n", kConnections, each >> 10U);
    EXPECT_LT(each, kBytesPerConnection);
  }
  EXPECT_TRUE(answers());
}

}  // namespace
}  // namespace communique::platform

int main(int argc, char** argv) {
  if (argc == 3 && std::strcmp(argv[1], "hold") == 0) return communique::platform::HoldConnections(std::atoi(argv[2]));
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}

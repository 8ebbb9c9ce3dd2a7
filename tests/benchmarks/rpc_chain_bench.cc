// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// What the call chain costs. One server offers the same 20 KB reply three ways, on the same methods of the same
// service:
//
//   typed   generated code: the request is parsed, the reply copied from one that is ready, and serialised
//   raw     bytes in, bytes out, nothing else: what gRPC itself costs
//   chain   the whole chain in front of an asynchronous handler that answers at once with shared bytes
//
// A client in a process of its own keeps some calls under way, in rounds that alternate between the three, so that
// whatever else the machine does hits all alike. Printed: server CPU per call (user and system), calls per second, and
// the ratios of the medians.
//
//   rpc_chain_bench [rounds] [calls per round]

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/rpc/byte_buffers.h"
#include "services/platform/rpc/testing/in_process_server.h"
#include "services/platform/rpc/testing/note_methods.h"
#include "services/platform/rpc/testing/note_service.grpc.pb.h"
#include "tests/benchmarks/call_load.h"

extern char** environ;

namespace communique::platform {
namespace {

using rpctest::v1::GetNoteRequest;
using rpctest::v1::Note;
using rpctest::v1::NoteService;

constexpr char kPath[] = "/communique.rpctest.v1.NoteService/ReadNote";

// Shaped like an edition: a hundred blocks with texts, titles in two languages.
Note TwentyKilobytes() {
  Note note;
  note.set_name("newsrooms/germany/releases/r1/editions/de");
  note.set_text(std::string(400, 'l'));
  for (int i = 0; i < 100; ++i) {
    Note& block = *note.add_replies();
    block.set_name(absl::StrCat("block-", i));
    block.set_text(std::string(163, 'b'));
    block.mutable_title()->set_text("a heading");
    block.add_counts(i);
  }
  return note;
}

class TypedService final : public NoteService::CallbackService {
 public:
  grpc::ServerUnaryReactor* ReadNote(grpc::CallbackServerContext* context, const GetNoteRequest*,
                                     Note* reply) override {
    *reply = note_;
    auto* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  const Note note_ = TwentyKilobytes();
};

class BareRawService final : public NoteService::WithRawCallbackMethod_ReadNote<NoteService::Service> {
 public:
  grpc::ServerUnaryReactor* ReadNote(grpc::CallbackServerContext* context, const grpc::ByteBuffer*,
                                     grpc::ByteBuffer* reply) override {
    *reply = ToByteBuffer(reply_);
    auto* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  const ReplyBytes reply_{TwentyKilobytes().SerializeAsString()};
};

int RunClient(int port, int calls) {
  constexpr int kUnderWay = 32;
  GetNoteRequest request;
  request.set_name("newsrooms/germany/releases/r1/editions/de");
  const auto channels = benchmarks::Connect(absl::StrCat("127.0.0.1:", port), 1);
  benchmarks::RepeatedCall call{.path = kPath, .request = request.SerializeAsString()};
  const auto reply = benchmarks::CallOnce(channels[0], call);
  if (!reply.ok()) return 1;
  call.reply_bytes = reply->size();
  return benchmarks::RunLoad(channels, call, calls, kUnderWay).ok() ? 0 : 1;
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Round {
  double cpu_micros;  // per call
  double calls_per_second;
};

Round RunRound(int port, int calls) {
  const std::string port_text = absl::StrCat(port);
  const std::string calls_text = absl::StrCat(calls);
  char program[] = "/proc/self/exe";
  char role[] = "client";
  char* arguments[] = {program, role, const_cast<char*>(port_text.c_str()), const_cast<char*>(calls_text.c_str()),
                       nullptr};
  const double cpu = CpuSeconds();
  const auto begin = std::chrono::steady_clock::now();
  pid_t child = 0;
  int exit = 1;
  if (posix_spawn(&child, program, nullptr, nullptr, arguments, environ) != 0 || waitpid(child, &exit, 0) != child ||
      exit != 0) {
    std::fprintf(stderr, "the client failed\n");
    std::exit(1);
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return {(CpuSeconds() - cpu) * 1e6 / calls, calls / seconds};
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

int RunServers(int rounds, int calls) {
  TypedService typed;
  BareRawService raw;
  std::map<std::string, int> ports;
  std::vector<std::unique_ptr<grpc::Server>> servers;
  for (const auto& [name, service] : {std::pair<const char*, grpc::Service*>{"typed", &typed}, {"raw", &raw}}) {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &ports[name]);
    builder.RegisterService(service);
    servers.push_back(builder.BuildAndStart());
  }
  SystemClock clock;
  Executor executor({.name = "unused", .limit_key = "unused"}, clock);
  const ReplyBytes reply(TwentyKilobytes().SerializeAsString());
  InProcessServer chain({NoteMethods(executor, {.read = [&](Call&, const GetNoteRequest&,
                                                            const Responder& respond) { respond(reply); }})},
                        {.severity = Severity::kInfo});
  ports["chain"] = chain.port();

  std::map<std::string, std::vector<double>> cpu;
  std::map<std::string, std::vector<double>> rate;
  for (int round = 0; round <= rounds; ++round) {
    for (const auto& [name, port] : ports) {
      const Round result = RunRound(port, round == 0 ? calls / 10 : calls);
      if (round == 0) continue;  // warming up
      cpu[name].push_back(result.cpu_micros);
      rate[name].push_back(result.calls_per_second);
    }
  }
  std::printf("%zu-byte reply, %d rounds of %d calls\n", reply.size(), rounds, calls);
  for (const auto& [name, values] : cpu) {
    std::printf("%-6s server CPU %6.2f us/call   %7.0f calls/s\n", name.c_str(), Median(values), Median(rate[name]));
  }
  std::printf("chain/typed %.2f   chain/raw %.2f   the chain itself %.2f us\n",
              Median(cpu["chain"]) / Median(cpu["typed"]), Median(cpu["chain"]) / Median(cpu["raw"]),
              Median(cpu["chain"]) - Median(cpu["raw"]));
  return 0;
}

}  // namespace
}  // namespace communique::platform

int main(int argc, char** argv) {
  if (argc == 4 && std::strcmp(argv[1], "client") == 0) {
    return communique::platform::RunClient(std::atoi(argv[2]), std::atoi(argv[3]));
  }
  return communique::platform::RunServers(argc > 1 ? std::atoi(argv[1]) : 7, argc > 2 ? std::atoi(argv[2]) : 20'000);
}

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// What one GetEdition costs a server, against what it costs others that give the same answer. The servers are processes
// that run already, on this machine; their rounds alternate, so that whatever else the machine does hits all alike.
// This process keeps some calls under way; all servers get the very same ones.
//
//   edition_bench --edition NAME [options] LABEL=PID@HOST:PORT...
//
// Printed for each server: CPU time of its process per call, calls per second, and how long callers wait, as medians
// over the rounds with the least and the greatest; and the first server's CPU time in relation to the others', round by
// round.

#include <time.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "communique/releases/v1/edition_service.pb.h"
#include "tests/benchmarks/call_load.h"

namespace communique::benchmarks {
namespace {

struct Options {
  std::string edition;
  std::string token_file;
  int rounds = 9;
  int calls = 20'000;
  int under_way = 32;
  int connections = 4;
  std::vector<std::string> servers;
};

struct Round {
  double cpu_micros;  // per call
  double calls_per_second;
  double p50_micros;
  double p99_micros;
};

struct Target {
  std::string label;
  clockid_t cpu_clock = 0;
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  std::vector<Round> rounds;
};

int Fail(const std::string& why) {
  std::fprintf(stderr, "edition_bench: %s\n", why.c_str());
  return 1;
}

// "releases=1234@127.0.0.1:7401"
std::string ParseTarget(const std::string& text, int connections, Target& target) {
  const std::vector<std::string> label_and_rest = absl::StrSplit(text, absl::MaxSplits('=', 1));
  const std::vector<std::string> pid_and_address = absl::StrSplit(label_and_rest.back(), absl::MaxSplits('@', 1));
  pid_t pid = 0;
  if (label_and_rest.size() != 2 || pid_and_address.size() != 2 || !absl::SimpleAtoi(pid_and_address[0], &pid)) {
    return absl::StrCat("'", text, "' is not LABEL=PID@HOST:PORT");
  }
  // Of all its threads, those that have ended as well, in nanoseconds.
  if (clock_getcpuclockid(pid, &target.cpu_clock) != 0) return absl::StrCat("there is no process ", pid);
  target.label = label_and_rest[0];
  target.channels = Connect(pid_and_address[1], connections);
  return {};
}

double CpuMicros(const Target& target) {
  timespec time{};
  clock_gettime(target.cpu_clock, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) * 1e-3;
}

absl::StatusOr<Round> RunRound(const Target& target, const RepeatedCall& call, int calls, int under_way) {
  const double cpu = CpuMicros(target);
  const auto load = RunLoad(target.channels, call, calls, under_way);
  if (!load.ok()) return load.status();
  return Round{(CpuMicros(target) - cpu) / calls, calls / load->seconds, load->p50_micros, load->p99_micros};
}

struct Spread {
  double median, least, greatest;
};

Spread SpreadOf(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return {values[values.size() / 2], values.front(), values.back()};
}

Spread SpreadOf(const Target& target, double Round::*figure) {
  std::vector<double> values;
  for (const Round& round : target.rounds) values.push_back(round.*figure);
  return SpreadOf(std::move(values));
}

void Print(const std::vector<Target>& targets) {
  absl::PrintF("%-10s %28s %28s %10s %10s\n", "server", "server CPU us/call", "calls/s", "p50 us", "p99 us");
  for (const Target& target : targets) {
    const Spread cpu = SpreadOf(target, &Round::cpu_micros);
    const Spread rate = SpreadOf(target, &Round::calls_per_second);
    absl::PrintF("%-10s %10.1f (%6.1f .. %6.1f) %10.0f (%6.0f .. %6.0f) %10.0f %10.0f\n", target.label, cpu.median,
                 cpu.least, cpu.greatest, rate.median, rate.least, rate.greatest,
                 SpreadOf(target, &Round::p50_micros).median, SpreadOf(target, &Round::p99_micros).median);
  }
  const Target& first = targets.front();
  for (std::size_t other = 1; other < targets.size(); ++other) {
    std::vector<double> cpu, rate;
    for (std::size_t round = 0; round < first.rounds.size(); ++round) {
      cpu.push_back(first.rounds[round].cpu_micros / targets[other].rounds[round].cpu_micros);
      rate.push_back(first.rounds[round].calls_per_second / targets[other].rounds[round].calls_per_second);
    }
    const Spread ratio = SpreadOf(std::move(cpu));
    const Spread throughput = SpreadOf(std::move(rate));
    absl::PrintF("%s / %s: server CPU %.2f (%.2f .. %.2f), calls/s %.2f (%.2f .. %.2f)\n", first.label,
                 targets[other].label, ratio.median, ratio.least, ratio.greatest, throughput.median, throughput.least,
                 throughput.greatest);
  }
}

int Run(const Options& options) {
  releases::v1::GetEditionRequest request;
  request.set_name(options.edition);
  RepeatedCall call{.path = "/communique.releases.v1.EditionService/GetEdition",
                    .request = request.SerializeAsString()};
  if (!options.token_file.empty()) {
    std::ifstream file(options.token_file);
    std::string token;
    if (!(file >> token)) return Fail(absl::StrCat(options.token_file, " holds no token"));
    call.metadata.emplace_back("authorization", absl::StrCat("Bearer ", token));
  }

  std::vector<Target> targets(options.servers.size());
  std::string reply;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (const std::string wrong = ParseTarget(options.servers[i], options.connections, targets[i]); !wrong.empty()) {
      return Fail(wrong);
    }
    const auto answer = CallOnce(targets[i].channels.front(), call);
    if (!answer.ok()) return Fail(absl::StrCat(targets[i].label, ": ", answer.status().ToString()));
    if (i == 0) reply = *answer;
    if (reply != *answer) return Fail(absl::StrCat(targets[i].label, " answers with other bytes"));
  }
  call.reply_bytes = reply.size();

  for (int round = 0; round <= options.rounds; ++round) {
    for (std::size_t turn = 0; turn < targets.size(); ++turn) {
      // Each comes after each.
      Target& target = targets[(turn + static_cast<std::size_t>(round)) % targets.size()];
      const bool warming = round == 0;
      const auto result = RunRound(target, call, warming ? options.calls / 10 + 1 : options.calls, options.under_way);
      if (!result.ok()) return Fail(absl::StrCat(target.label, ": ", result.status().ToString()));
      if (!warming) target.rounds.push_back(*result);
    }
  }
  absl::PrintF("a reply of %d bytes; %d rounds of %d calls, %d under way on %d connections\n", reply.size(),
               options.rounds, options.calls, options.under_way, options.connections);
  Print(targets);
  return 0;
}

}  // namespace
}  // namespace communique::benchmarks

int main(int argc, char** argv) {
  communique::benchmarks::Options options;
  CLI::App app("Measures what GetEdition costs servers that run on this machine.");
  app.add_option("--edition", options.edition, "The edition to read, by its full name.")->required();
  app.add_option("--token-file", options.token_file, "Holds the token to call with. Default: none.");
  app.add_option("--rounds", options.rounds, "Rounds for each server.")->check(CLI::Range(1, 1000))->take_last();
  app.add_option("--calls", options.calls, "Calls in a round.")->check(CLI::Range(100, 10'000'000))->take_last();
  app.add_option("--under-way", options.under_way, "Calls at any time.")->check(CLI::Range(1, 10'000))->take_last();
  app.add_option("--connections", options.connections, "Connections to each server.")
      ->check(CLI::Range(1, 1000))
      ->take_last();
  app.add_option("servers", options.servers, "LABEL=PID@HOST:PORT; the first is compared with the others.")->required();
  CLI11_PARSE(app, argc, argv);
  return communique::benchmarks::Run(options);
}

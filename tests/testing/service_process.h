// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "services/platform/testing/log_pipe.h"
#include "services/platform/testing/process.h"
#include "services/platform/testing/temporary_folder.h"

namespace communique::testing {

// A service as operators run it: the built program as a process of its own, listening on ports that were free. Start
// and end it on the thread that outlives it: a child dies with the thread that started it.
class ServiceProcess {
 public:
  // Starts `program` with `listeners` (those that it has), and these flags ("--name=value") and environment, and waits
  // until it is ready. It drains without delay unless the flags say otherwise.
  ServiceProcess(std::string program, std::vector<std::string> listeners, std::vector<std::string> flags,
                 std::vector<std::string> environment);

  // "127.0.0.1:port" of the listeners. Different after every start.
  std::string internal() const { return Target(internal_port_); }
  std::string public_reads() const { return Target(public_port_); }
  std::string ops_grpc() const { return Target(ops_grpc_port_); }
  int internal_port() const { return internal_port_; }
  int public_port() const { return public_port_; }

  platform::Process& process() { return *process_; }
  platform::LogPipe& log() { return *log_; }

  // SIGTERM; its exit status.
  platform::ExitStatus Terminate();
  // SIGKILL.
  void Kill();
  // Starts it again, on the same data. Requires: it has ended.
  void Start();

  // GET on the ops port: the whole answer, or only its status ("200 OK").
  std::string Http(const std::string& path) const;
  std::string HttpStatus(const std::string& path) const;
  // A sample of /metrics, as it is written there: `communique_redis_breaker{state="open"}`. -1 when there is none.
  double Metric(const std::string& sample) const;

 private:
  static std::string Target(int port);

  int PortOf(const std::string& listener) const;

  const std::string program_;
  const std::vector<std::string> listeners_;
  const std::vector<std::string> flags_;
  const std::vector<std::string> environment_;
  platform::TemporaryFolder folder_;
  int starts_ = 0;
  std::unique_ptr<platform::LogPipe> log_;
  std::unique_ptr<platform::Process> process_;
  int internal_port_ = 0;
  int public_port_ = 0;
  int ops_grpc_port_ = 0;
  int ops_http_port_ = 0;
};

// Has no contacts service unless the flags say peers.contacts.address.
class ReleasesProcess final : public ServiceProcess {
 public:
  explicit ReleasesProcess(std::vector<std::string> flags, std::vector<std::string> environment = {});
};

// Follows the newsrooms of a releases service, for which the flags must say peers.releases.address.
class ContactsProcess final : public ServiceProcess {
 public:
  explicit ContactsProcess(std::vector<std::string> flags, std::vector<std::string> environment = {});
};

}  // namespace communique::testing

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/testing/service_process.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/server/testing/raw_client.h"

namespace communique::testing {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(60);

// A flag given again replaces the one before.
std::vector<std::string> Behind(std::vector<std::string> defaults, std::vector<std::string> flags) {
  std::move(flags.begin(), flags.end(), std::back_inserter(defaults));
  return defaults;
}

}  // namespace

ServiceProcess::ServiceProcess(std::string program, std::vector<std::string> listeners, std::vector<std::string> flags,
                               std::vector<std::string> environment)
    : program_(std::move(program)),
      listeners_(std::move(listeners)),
      flags_(std::move(flags)),
      environment_(std::move(environment)) {
  Start();
}

ReleasesProcess::ReleasesProcess(std::vector<std::string> flags, std::vector<std::string> environment)
    : ServiceProcess(RELEASES_PROGRAM, {"listen.internal", "ops.grpc", "ops.http", "listen.public"},
                     Behind({"--peers.contacts.address="}, std::move(flags)), std::move(environment)) {}

ContactsProcess::ContactsProcess(std::vector<std::string> flags, std::vector<std::string> environment)
    : ServiceProcess(CONTACTS_PROGRAM, {"listen.internal", "ops.grpc", "ops.http"}, std::move(flags),
                     std::move(environment)) {}

std::string ServiceProcess::Target(int port) { return absl::StrCat("127.0.0.1:", port); }

void ServiceProcess::Start() {
  const std::string log = folder_.File(absl::StrCat("log", ++starts_));
  log_ = std::make_unique<platform::LogPipe>(log);
  std::vector<std::string> command = {program_, "--drain.delay=0", "--drain.refuse=0", "--log.destination=" + log};
  for (const std::string& listener : listeners_) command.push_back(absl::StrCat("--", listener, "=127.0.0.1:0"));
  command.insert(command.end(), flags_.begin(), flags_.end());
  process_ = std::make_unique<platform::Process>(
      std::move(command), platform::ProcessOptions{.user = "", .output_file = "", .environment = environment_});
  log_->Follow(*process_);
  if (log_->WaitFor(R"("message":"ready")").empty()) return;
  internal_port_ = PortOf("listen.internal");
  public_port_ = PortOf("listen.public");
  ops_grpc_port_ = PortOf("ops.grpc");
  ops_http_port_ = PortOf("ops.http");
}

int ServiceProcess::PortOf(const std::string& listener) const {
  if (std::find(listeners_.begin(), listeners_.end(), listener) == listeners_.end()) return 0;
  return log_->WaitFor(absl::StrCat(R"("setting":")", listener, "\"")).value("port", 0);
}

platform::ExitStatus ServiceProcess::Terminate() {
  process_->Signal(SIGTERM);
  const auto status = process_->Wait(kPatience);
  EXPECT_TRUE(status.has_value()) << "it does not end\n" << log_->Text();
  return status.value_or(-1);
}

void ServiceProcess::Kill() {
  process_->Signal(SIGKILL);
  process_->Wait(kPatience);
}

std::string ServiceProcess::Http(const std::string& path) const { return platform::HttpGet(ops_http_port_, path); }

std::string ServiceProcess::HttpStatus(const std::string& path) const {
  const std::string answer = Http(path);
  const std::size_t begin = answer.find(' ') + 1;
  return answer.substr(begin, answer.find("\r\n") - begin);
}

double ServiceProcess::Metric(const std::string& sample) const {
  const std::string page = Http("/metrics");
  const std::size_t at = page.find("\n" + sample + " ");
  return at == std::string::npos ? -1 : std::stod(page.substr(at + sample.size() + 2));
}

}  // namespace communique::testing

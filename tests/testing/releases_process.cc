// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/testing/releases_process.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/server/testing/raw_client.h"

namespace communique::testing {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(60);

}  // namespace

ReleasesProcess::ReleasesProcess(std::vector<std::string> flags, std::vector<std::string> environment)
    : flags_(std::move(flags)), environment_(std::move(environment)) {
  Start();
}

std::string ReleasesProcess::Target(int port) { return absl::StrCat("127.0.0.1:", port); }

void ReleasesProcess::Start() {
  const std::string log = folder_.File(absl::StrCat("log", ++starts_));
  log_ = std::make_unique<platform::LogPipe>(log);
  std::vector<std::string> command = {
      RELEASES_PROGRAM,         "--listen.public=127.0.0.1:0", "--listen.internal=127.0.0.1:0",
      "--ops.grpc=127.0.0.1:0", "--ops.http=127.0.0.1:0",      "--drain.delay=0",
      "--drain.refuse=0",       "--log.destination=" + log};
  command.insert(command.end(), flags_.begin(), flags_.end());  // a flag given again replaces the one before
  process_ = std::make_unique<platform::Process>(
      std::move(command), platform::ProcessOptions{.user = "", .output_file = "", .environment = environment_});
  const auto port = [this](const std::string& setting) {
    return log_->WaitFor(absl::StrCat(R"("setting":")", setting, "\"")).value("port", 0);
  };
  internal_port_ = port("listen.internal");
  public_port_ = port("listen.public");
  ops_grpc_port_ = port("ops.grpc");
  ops_http_port_ = port("ops.http");
  log_->WaitFor(R"("message":"ready")");
}

platform::ExitStatus ReleasesProcess::Terminate() {
  process_->Signal(SIGTERM);
  const auto status = process_->Wait(kPatience);
  EXPECT_TRUE(status.has_value()) << "it does not end\n" << log_->Text();
  return status.value_or(-1);
}

void ReleasesProcess::Kill() {
  process_->Signal(SIGKILL);
  process_->Wait(kPatience);
}

std::string ReleasesProcess::Http(const std::string& path) const { return platform::HttpGet(ops_http_port_, path); }

std::string ReleasesProcess::HttpStatus(const std::string& path) const {
  const std::string answer = Http(path);
  const std::size_t begin = answer.find(' ') + 1;
  return answer.substr(begin, answer.find("\r\n") - begin);
}

double ReleasesProcess::Metric(const std::string& sample) const {
  const std::string page = Http("/metrics");
  const std::size_t at = page.find("\n" + sample + " ");
  return at == std::string::npos ? -1 : std::stod(page.substr(at + sample.size() + 2));
}

}  // namespace communique::testing

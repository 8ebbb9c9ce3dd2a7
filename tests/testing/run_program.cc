// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/testing/run_program.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <utility>

#include "services/platform/testing/temporary_folder.h"

namespace communique::testing {

nlohmann::json Outcome::Json() const {
  nlohmann::json json = nlohmann::json::parse(out, nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << *this;
  return json.is_discarded() ? nlohmann::json() : json;
}

std::ostream& operator<<(std::ostream& out, const Outcome& outcome) {
  return out << "exit code " << outcome.status << "\n" << outcome.out << outcome.err;
}

Outcome RunProgram(std::vector<std::string> command, std::vector<std::string> environment) {
  const platform::TemporaryFolder folder;
  platform::ProcessOptions options;
  options.output_file = folder.File("out");
  options.error_file = folder.File("err");
  options.environment = std::move(environment);
  const platform::ExitStatus status = platform::RunProcess(std::move(command), options);
  return {status, ReadFile(folder.File("out")), ReadFile(folder.File("err"))};
}

std::string ReadFile(const std::string& path) {
  std::stringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace communique::testing

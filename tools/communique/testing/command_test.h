// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/platform/testing/golden.h"
#include "tools/communique/command_line.h"
#include "tools/communique/errors.h"
#include "tools/communique/testing/fake_server.h"

namespace communique::command {

// Runs the command in the test's own process, against a server that answers what the test has prepared.
class CommandTest : public ::testing::Test {
 protected:
  struct Result {
    int code = 0;
    std::string out;
    std::string err;
  };

  // Runs with `--server` pointing at the fake server.
  Result Run(std::vector<std::string> arguments, const std::string& in = "") {
    arguments.insert(arguments.end(), {"--server", server_.address()});
    return RunElsewhere(std::move(arguments), in);
  }

  Result RunElsewhere(std::vector<std::string> arguments, const std::string& in = "") {
    std::istringstream input(in);
    std::ostringstream out;
    std::ostringstream err;
    const int code = RunCommandLine(std::move(arguments), {input, out, err,
                                                           [this](const std::string& name) {
                                                             const auto found = environment_.find(name);
                                                             return found == environment_.end() ? "" : found->second;
                                                           },
                                                           [this](absl::Duration pause) { pauses_.push_back(pause); }});
    return {code, out.str(), err.str()};
  }

  // A message from testdata/NAME.textproto.
  template <typename Message>
  static Message Load(const std::string& name) {
    std::stringstream text;
    text << std::ifstream("tools/communique/testdata/" + name + ".textproto").rdbuf();
    Message message;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text.str(), &message)) << name;
    return message;
  }

  static void ExpectOutput(const std::string& golden, const std::string& actual) {
    platform::ExpectGolden("tools/communique/testdata/" + golden + ".golden", actual);
  }

  // The last request of that method, as the server got it.
  template <typename Request>
  Request LastRequest(const std::string& method) const {
    Request request;
    for (const auto& received : server_.received()) {
      if (received.method == method) request = received.As<Request>();
    }
    return request;
  }

  std::vector<std::string> Methods() const {
    std::vector<std::string> methods;
    for (const auto& received : server_.received()) methods.push_back(received.method);
    return methods;
  }

  FakeServer server_;
  std::map<std::string, std::string> environment_;
  std::vector<absl::Duration> pauses_;
};

}  // namespace communique::command

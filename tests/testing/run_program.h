// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "services/platform/testing/process.h"

namespace communique::testing {

// What a program that has ended said.
struct Outcome {
  platform::ExitStatus status = -1;
  std::string out;
  std::string err;

  bool ok() const { return status == 0; }
  // Standard output as JSON; null, and a failed test, when it is none.
  nlohmann::json Json() const;
};

// For messages of failed tests.
std::ostream& operator<<(std::ostream& out, const Outcome& outcome);

// Runs a program to its end, at most a minute.
Outcome RunProgram(std::vector<std::string> command, std::vector<std::string> environment = {});

// A whole file.
std::string ReadFile(const std::string& path);

}  // namespace communique::testing

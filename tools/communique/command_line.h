// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace communique::command {

// What the command has of the world; tests give it their own.
struct Surroundings {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  // A variable of the environment; empty when it is not set.
  std::function<std::string(const std::string&)> environment;
  std::function<void(absl::Duration)> sleep;
};

// Reads the command line (without the program's name), does what it says, tells about errors on `err` and returns the
// exit code (see errors.h).
int RunCommandLine(std::vector<std::string> arguments, const Surroundings& surroundings);

}  // namespace communique::command

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "tools/communique/command_line.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  const communique::command::Surroundings surroundings{
      std::cin,
      std::cout,
      std::cerr,
      [](const std::string& name) {
        const char* value = std::getenv(name.c_str());
        return value == nullptr ? std::string() : std::string(value);
      },
      [](absl::Duration pause) { absl::SleepFor(pause); },
  };
  return communique::command::RunCommandLine(std::vector<std::string>(argv + 1, argv + argc), surroundings);
}

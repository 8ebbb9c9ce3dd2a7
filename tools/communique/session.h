// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <istream>
#include <ostream>

#include "absl/status/status.h"
#include "tools/communique/client.h"
#include "tools/communique/output.h"

namespace communique::command {

// What a verb works with: the services it calls and where it reads and writes. Lives while the verb runs; one thread.
struct Session {
  Client& client;
  Output output = Output::kText;
  std::istream& in;
  std::ostream& out;  // the answer, and nothing else
  std::ostream& err;  // what a person should know besides
};

// A verb with its arguments, ready to run. An error is printed, and decides the exit code, where it is returned to.
using Verb = std::function<absl::Status(Session&)>;

}  // namespace communique::command

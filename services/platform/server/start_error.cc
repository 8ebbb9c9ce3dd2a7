// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/start_error.h"

#include <cstdio>
#include <string>

namespace communique::platform {

int CannotStart(const absl::Status& why, const Log& log) {
  const std::string problem(why.message());
  if (log.Enabled(Severity::kError)) {
    log.Error("cannot start", {{"problem", problem}});
  } else {
    std::fprintf(stderr, "cannot start: %s\n", problem.c_str());
  }
  return 1;
}

}  // namespace communique::platform

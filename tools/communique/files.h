// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <istream>
#include <string>

#include "absl/status/statusor.h"

namespace communique::command {

// All bytes of the file `path`, or of `in` when `path` is "-". A usage error when it cannot be read.
absl::StatusOr<std::string> ReadInput(const std::string& path, std::istream& in);

}  // namespace communique::command

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <istream>
#include <string>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace communique::command {

// All bytes of the file `path`, or of `in` when `path` is "-". A usage error when it cannot be read.
absl::StatusOr<std::string> ReadInput(const std::string& path, std::istream& in);

// The same, as protobuf JSON of a message; `what` it should hold is said in the error: "newsroom".
absl::Status ReadJson(const std::string& path, std::istream& in, const std::string& what,
                      google::protobuf::Message* message);

}  // namespace communique::command

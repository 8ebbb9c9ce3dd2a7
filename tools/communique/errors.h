// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/support/status.h>

#include <ostream>
#include <string_view>

#include "absl/status/status.h"
#include "tools/communique/output.h"

// What fails, and how it is told. The errors of calls are what services/platform/errors makes, brought back from the
// wire; besides them there are mistakes on the command line and failures on this side.
namespace communique::command {

// The exit codes of the command.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;    // the call failed, or what came back could not be used
inline constexpr int kExitUsage = 2;     // the command line, or a file it names, cannot be used; nothing was called
inline constexpr int kExitNotFound = 3;  // what was named does not exist, or not for this caller

// A mistake on the command line.
absl::Status UsageError(std::string_view message);

// A failure on this side of the call, told as it stands.
absl::Status LocalError(std::string_view message);

// The end of a call as an absl::Status, with the details that the server sent.
absl::Status FromGrpc(const grpc::Status& status);

int ExitCodeOf(const absl::Status& status);

// Tells a person what happened, where, why and what to do now; or a program, as JSON of google.rpc.Status. Nothing for
// OK.
void PrintError(std::ostream& err, Output output, const absl::Status& status);

}  // namespace communique::command

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ostream>
#include <string>

#include "absl/status/statusor.h"
#include "services/releases/usecases/environment.h"

namespace communique::releases {

// A stored resource as JSON, for people who look into a database: a newsroom, section, boilerplate, release (as stored,
// with what belongs to it), revision, or the edition that is in force. NOT_FOUND, or INVALID_ARGUMENT for what is no
// name.
absl::StatusOr<std::string> DumpResource(const Environment& environment, const std::string& name);

// The same for main: prints it to `out`, or why not to `err`. Gives the exit code.
int PrintResource(const Environment& environment, const std::string& name, std::ostream& out, std::ostream& err);

}  // namespace communique::releases

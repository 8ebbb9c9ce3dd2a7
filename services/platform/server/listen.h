// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "absl/status/status.h"

namespace communique::platform {

// Why `address` cannot be listened on: tries it, as a server would, and gives back at once what it took. OK when it
// could. gRPC itself says nothing but "no", and takes a unix socket away from a server that uses it.
absl::Status CheckCanListen(const std::string& address);

// Lets the process open as many files, and so connections, as the system's hard limit allows. The limit then.
long RaiseOpenFileLimit();

}  // namespace communique::platform

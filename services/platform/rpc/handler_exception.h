// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"

namespace communique::platform {

// Runs code of a service. What it throws becomes INTERNAL with the exception's type: its text is not told, not even to
// the log, for a driver's holds the values it was given.
absl::Status CatchExceptions(absl::FunctionRef<void()> run);

}  // namespace communique::platform

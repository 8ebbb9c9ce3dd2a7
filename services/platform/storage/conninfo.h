// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace communique::platform {

// Reads a libpq connection string of either form ("host=db user=…" or "postgresql://…"), fills in what it leaves open
// and we need (connect_timeout, client_encoding=UTF8, keepalives, application_name, no GSSAPI negotiation), and returns
// it as keywords and values. The result is as secret as the input: never log either. An error names the problem without
// repeating the string.
absl::StatusOr<std::string> CompleteConninfo(std::string_view conninfo, absl::Duration connect_timeout,
                                             std::string_view application_name);

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace communique::platform {

// Whether a caller's x-request-id is taken over: 1 to 128 letters, digits and - _ . : / + = @, so that it can stand in
// logs, headers and URLs as it is.
bool IsWellFormedRequestId(std::string_view id);

// The W3C trace context (https://www.w3.org/TR/trace-context/) in a traceparent header, in version 00: a later one is
// read as such. None for what is not one: the call then belongs to no trace.
std::optional<std::string> ParseTraceparent(std::string_view header);

// Requires: `traceparent` comes from ParseTraceparent. A view into it.
std::string_view TraceIdOf(std::string_view traceparent);

}  // namespace communique::platform

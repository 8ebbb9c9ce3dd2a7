// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace communique::platform {

// A version 7 UUID (RFC 9562): its first 48 bits are `now` in milliseconds, so ids made later sort later. Lower-case
// text form, 36 characters.
std::string MakeUuidV7(absl::Time now);

// A version 5 UUID (RFC 9562): always the same for the same namespace (itself a UUID) and name. Requires: `space` is a
// UUID.
std::string MakeUuidV5(std::string_view space, std::string_view name);

// Whether `text` is a UUID of any version in the 36-character text form; either case.
bool IsUuid(std::string_view text);

}  // namespace communique::platform

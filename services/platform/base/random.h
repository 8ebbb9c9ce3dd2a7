// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>

namespace communique::platform {

// `size` bytes from the operating system's cryptographic generator. Never fails: a machine without one ends the
// process.
std::string RandomBytes(std::size_t size);

// `size` characters of a-z and 2-7 (RFC 4648 base32 in lower case): 5 bits each, safe in resource ids and in addresses.
std::string RandomId(std::size_t size);

}  // namespace communique::platform

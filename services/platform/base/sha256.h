// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace communique::platform {

using Sha256Digest = std::array<std::uint8_t, 32>;

// SHA-256 (FIPS 180-4) of `bytes`.
Sha256Digest Sha256(std::string_view bytes);

// HMAC-SHA-256 (RFC 2104) of `bytes` under `key`.
Sha256Digest HmacSha256(std::string_view key, std::string_view bytes);

// Lower-case hexadecimal, 64 characters.
std::string ToHex(const Sha256Digest& digest);

// The digest's bytes as a view into it.
std::string_view AsBytes(const Sha256Digest& digest);

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"

// How the values of the configuration are written. Parsers give nothing for what they cannot read; what
// FormatBytes and absl::FormatDuration write is read back as the same value.
namespace communique::platform {

// "true" or "false" and nothing else: "yes" and "on" mean different things in different YAMLs.
std::optional<bool> ParseBool(std::string_view text);

// Decimal digits with an optional minus.
std::optional<std::int64_t> ParseNumber(std::string_view text);

// "250ms", "1.5s", "2h30m"; "0". Not negative.
std::optional<absl::Duration> ParseDuration(std::string_view text);

// "512B", "64KiB", "4MiB", "1GiB" (factors of 1024); "0".
std::optional<std::int64_t> ParseBytes(std::string_view text);
std::string FormatBytes(std::int64_t bytes);

}  // namespace communique::platform

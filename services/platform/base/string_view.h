// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "absl/strings/string_view.h"

// Debian builds Abseil with its own string_view, which neither converts to std::string_view nor back. Our interfaces
// use the standard type; these two bridge to Abseil's functions.
namespace communique::platform {

inline absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view ToStd(absl::string_view text) { return {text.data(), text.size()}; }

}  // namespace communique::platform

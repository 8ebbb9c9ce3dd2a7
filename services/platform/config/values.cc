// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/config/values.h"

#include <array>
#include <limits>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"

namespace communique::platform {
namespace {

constexpr std::array<std::pair<std::string_view, std::int64_t>, 4> kByteUnits = {
    {{"GiB", std::int64_t{1} << 30}, {"MiB", std::int64_t{1} << 20}, {"KiB", std::int64_t{1} << 10}, {"B", 1}}};

}  // namespace

std::optional<bool> ParseBool(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

std::optional<std::int64_t> ParseNumber(std::string_view text) {
  const std::string_view digits = text.substr(absl::StartsWith(ToAbsl(text), "-") ? 1 : 0);
  std::int64_t number = 0;
  // SimpleAtoi alone would take blanks and a plus.
  if (digits.find_first_not_of("0123456789") != std::string_view::npos || !absl::SimpleAtoi(ToAbsl(text), &number)) {
    return std::nullopt;
  }
  return number;
}

std::optional<absl::Duration> ParseDuration(std::string_view text) {
  absl::Duration duration;
  if (!absl::ParseDuration(ToAbsl(text), &duration) || duration < absl::ZeroDuration() ||
      duration == absl::InfiniteDuration()) {
    return std::nullopt;
  }
  return duration;
}

std::optional<std::int64_t> ParseBytes(std::string_view text) {
  if (text == "0") return 0;
  for (const auto& [unit, factor] : kByteUnits) {
    if (!absl::EndsWith(ToAbsl(text), ToAbsl(unit))) continue;
    const auto number = ParseNumber(text.substr(0, text.size() - unit.size()));
    if (!number || *number < 0 || *number > std::numeric_limits<std::int64_t>::max() / factor) return std::nullopt;
    return *number * factor;
  }
  return std::nullopt;
}

std::string FormatBytes(std::int64_t bytes) {
  if (bytes == 0) return "0";
  for (const auto& [unit, factor] : kByteUnits) {
    if (bytes % factor == 0) return absl::StrCat(bytes / factor, ToAbsl(unit));
  }
  return absl::StrCat(bytes, "B");
}

}  // namespace communique::platform

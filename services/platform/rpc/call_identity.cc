// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/call_identity.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"

namespace communique::platform {
namespace {

constexpr std::size_t kMaxRequestIdBytes = 128;
// 00-<32 digits>-<16 digits>-<2 digits>
constexpr std::size_t kTraceparentBytes = 55;

bool IsLowerHex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool IsZero(std::string_view text) { return text.find_first_not_of('0') == std::string_view::npos; }

}  // namespace

bool IsWellFormedRequestId(std::string_view id) {
  return !id.empty() && id.size() <= kMaxRequestIdBytes && std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || std::string_view("-_.:/+=@").find(static_cast<char>(c)) != std::string_view::npos;
  });
}

std::optional<std::string> ParseTraceparent(std::string_view header) {
  if (header.size() < kTraceparentBytes) return std::nullopt;
  const std::string_view version = header.substr(0, 2);
  const std::string_view trace = header.substr(3, 32);
  const std::string_view parent = header.substr(36, 16);
  const std::string_view flags = header.substr(53, 2);
  const bool dashes = header[2] == '-' && header[35] == '-' && header[52] == '-';
  const bool rest = header.size() == kTraceparentBytes || (version != "00" && header[kTraceparentBytes] == '-');
  if (!dashes || !rest || !IsLowerHex(version) || version == "ff" || !IsLowerHex(trace) || IsZero(trace) ||
      !IsLowerHex(parent) || IsZero(parent) || !IsLowerHex(flags)) {
    return std::nullopt;
  }
  return absl::StrCat("00", ToAbsl(header.substr(2, kTraceparentBytes - 2)));
}

std::string_view TraceIdOf(std::string_view traceparent) { return traceparent.substr(3, 32); }

}  // namespace communique::platform

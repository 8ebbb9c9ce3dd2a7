// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/config/address.h"

#include <arpa/inet.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

// sun_path holds 108 bytes with its final NUL.
constexpr std::size_t kMaxUnixPath = 107;

absl::Status Wrong(std::string_view text, std::string_view why) {
  return MakeError(absl::StatusCode::kInvalidArgument, Reason::ERROR_REASON_FIELD_INVALID,
                   absl::StrCat("\"", ToAbsl(text), "\" is not an address: ", ToAbsl(why),
                                "; write host:port (\"127.0.0.1:8080\", \"[::1]:8080\") or unix:/path/of/socket"));
}

bool IsHostName(std::string_view host) {
  return std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == '_';
  });
}

bool IsIpV6(const std::string& host) {
  in6_addr ignored{};
  return inet_pton(AF_INET6, host.c_str(), &ignored) == 1;
}

}  // namespace

bool Address::is_loopback() const {
  if (is_unix() || host == "localhost") return true;
  in_addr v4{};
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24U) == 127U;
  in6_addr v6{};
  return inet_pton(AF_INET6, host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

bool Address::is_numeric() const {
  in_addr v4{};
  return inet_pton(AF_INET, host.c_str(), &v4) == 1 || IsIpV6(host);
}

std::string Address::ToString() const {
  if (is_unix()) return absl::StrCat("unix:", unix_path);
  const bool brackets = host.find(':') != std::string::npos;
  return absl::StrCat(brackets ? "[" : "", host, brackets ? "]:" : ":", port);
}

absl::StatusOr<Address> ParseAddress(std::string_view text) {
  Address address;
  if (absl::StartsWith(ToAbsl(text), "unix:")) {
    address.unix_path = std::string(text.substr(5));
    if (!absl::StartsWith(address.unix_path, "/")) return Wrong(text, "the path of a unix socket begins with /");
    if (address.unix_path.size() > kMaxUnixPath) {
      return Wrong(text, absl::StrCat("the path of a unix socket has at most ", kMaxUnixPath, " bytes"));
    }
    return address;
  }
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return Wrong(text, "there is no port");
  const std::string_view port = text.substr(colon + 1);
  int number = 0;
  if (!std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; }) ||
      !absl::SimpleAtoi(ToAbsl(port), &number) || number > 65535) {
    return Wrong(text, "the port is a number from 0 to 65535");
  }
  address.port = static_cast<std::uint16_t>(number);
  const std::string_view host = text.substr(0, colon);
  if (absl::StartsWith(ToAbsl(host), "[") && absl::EndsWith(ToAbsl(host), "]")) {
    address.host = std::string(host.substr(1, host.size() - 2));
    if (!IsIpV6(address.host)) return Wrong(text, "between the brackets stands an IPv6 address");
    return address;
  }
  address.host = std::string(host);
  if (address.host.empty()) return Wrong(text, "there is no host (0.0.0.0 listens on all of them)");
  if (IsIpV6(address.host)) return Wrong(text, "an IPv6 address stands in brackets");
  if (!IsHostName(address.host)) return Wrong(text, "the host has a character that no host has");
  return address;
}

}  // namespace communique::platform

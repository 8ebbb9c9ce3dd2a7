// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/auth/no_authentication.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

// Without the port and the brackets: "[::1]:0" is "::1".
std::string HostOf(std::string_view address) {
  if (address.starts_with('[')) {
    const auto end = address.find(']');
    return end == std::string_view::npos ? std::string() : std::string(address.substr(1, end - 1));
  }
  return std::string(address.substr(0, address.rfind(':')));
}

bool IsLoopback(std::string_view address) {
  if (address.starts_with("unix:") || address.starts_with("unix-abstract:")) return true;
  for (const std::string_view scheme : {"ipv4:", "ipv6:"}) {
    if (address.starts_with(scheme)) address.remove_prefix(scheme.size());
  }
  const std::string host = HostOf(address);
  if (host == "localhost") return true;
  in_addr four{};
  if (inet_pton(AF_INET, host.c_str(), &four) == 1) return (ntohl(four.s_addr) >> 24U) == 127;
  in6_addr six{};
  if (inet_pton(AF_INET6, host.c_str(), &six) != 1) return false;
  return IN6_IS_ADDR_LOOPBACK(&six) || (IN6_IS_ADDR_V4MAPPED(&six) && six.s6_addr[12] == 127);
}

}  // namespace

NoAuthentication::NoAuthentication()
    : local_(std::make_shared<Principal>("local", std::vector<Grant>{{{kAllRoles.begin(), kAllRoles.end()}, {"*"}}})) {}

absl::StatusOr<std::shared_ptr<const Principal>> NoAuthentication::Authenticate(const Credentials&) const {
  return local_;
}

absl::Status CheckLoopbackOnly(const std::vector<std::string>& addresses) {
  for (const std::string& address : addresses) {
    if (IsLoopback(address)) continue;
    return absl::FailedPreconditionError(
        absl::StrCat("auth.mode is none, which gives every caller every right, but \"", address,
                     "\" can be reached from other machines: listen on 127.0.0.1, or set auth.mode to tokens"));
  }
  return absl::OkStatus();
}

}  // namespace communique::platform

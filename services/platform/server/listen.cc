// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/listen.h"

#include <netdb.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "services/platform/config/address.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

absl::Status CannotListen(const std::string& address, const std::string& why) {
  return MakeError(absl::StatusCode::kInvalidArgument, Reason::ERROR_REASON_FIELD_INVALID,
                   absl::StrCat("cannot listen on ", address, ": ", why));
}

// 0 or the errno.
int TryToListen(int family, const sockaddr* name, socklen_t size) {
  const int probe = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (probe < 0) return errno;
  const int on = 1;
  setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  const int error = bind(probe, name, size) == 0 && listen(probe, 1) == 0 ? 0 : errno;
  close(probe);
  return error;
}

absl::Status CheckUnixSocket(const Address& address) {
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  std::memcpy(name.sun_path, address.unix_path.data(), address.unix_path.size());
  const int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const bool answered = connect(probe, reinterpret_cast<const sockaddr*>(&name), sizeof(name)) == 0;
  close(probe);
  if (answered) return CannotListen(address.ToString(), "another server listens there");
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckCanListen(const std::string& text) {
  const auto address = ParseAddress(text);
  if (!address.ok()) return address.status();
  if (address->is_unix()) return CheckUnixSocket(*address);

  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  if (const int unknown = getaddrinfo(address->host.c_str(), nullptr, &hints, &found); unknown != 0) {
    return CannotListen(text, gai_strerror(unknown));
  }
  // A name may stand for several addresses, of which the machine may lack some (::1 of localhost); one is enough, but
  // none may be another server's.
  int error = EADDRNOTAVAIL;
  for (const addrinfo* one = found; one != nullptr && error != EADDRINUSE; one = one->ai_next) {
    sockaddr_storage name{};
    std::memcpy(&name, one->ai_addr, one->ai_addrlen);
    // The port stands at the same place in both families.
    reinterpret_cast<sockaddr_in*>(&name)->sin_port = htons(address->port);
    const int outcome = TryToListen(one->ai_family, reinterpret_cast<const sockaddr*>(&name), one->ai_addrlen);
    if (outcome == EADDRINUSE || error != 0) error = outcome;
  }
  freeaddrinfo(found);
  return error == 0 ? absl::OkStatus() : CannotListen(text, std::strerror(error));
}

long RaiseOpenFileLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  return static_cast<long>(limit.rlim_cur);
}

}  // namespace communique::platform

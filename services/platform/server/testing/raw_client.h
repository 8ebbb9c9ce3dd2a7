// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace communique::platform {

// A TCP connection to this machine, for clients that are not as clients should be.
class RawConnection {
 public:
  explicit RawConnection(int port) : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_port = htons(static_cast<std::uint16_t>(port));
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(descriptor_, reinterpret_cast<const sockaddr*>(&name), sizeof(name)) == 0;
  }
  ~RawConnection() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  RawConnection(RawConnection&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)), connected_(other.connected_) {}
  RawConnection& operator=(RawConnection&&) = delete;

  bool connected() const { return connected_; }

  void Send(std::string_view bytes) const {
    EXPECT_EQ(send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
  }

  // The beginning of HTTP/2, as a gRPC client sends it: the preface and empty settings.
  void SendPreface() const { Send(std::string_view("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", 33)); }

  // What comes next, within `timeout`; empty at the end of the connection or of the time.
  std::string Receive(absl::Duration timeout) const {
    pollfd wait = {descriptor_, POLLIN, 0};
    if (poll(&wait, 1, static_cast<int>(absl::ToInt64Milliseconds(timeout))) <= 0) return {};
    char buffer[4096];
    const ssize_t got = recv(descriptor_, buffer, sizeof(buffer), 0);
    return got <= 0 ? std::string() : std::string(buffer, static_cast<std::size_t>(got));
  }

  // Whether the other side closes the connection within `timeout`, whatever it sends before.
  bool WaitForEnd(absl::Duration timeout) const {
    const absl::Time until = absl::Now() + timeout;
    while (absl::Now() < until) {
      pollfd wait = {descriptor_, POLLIN, 0};
      if (poll(&wait, 1, static_cast<int>(absl::ToInt64Milliseconds(until - absl::Now()))) <= 0) return false;
      char buffer[4096];
      if (recv(descriptor_, buffer, sizeof(buffer), 0) <= 0) return true;
    }
    return false;
  }

 private:
  int descriptor_;
  bool connected_ = false;
};

// The whole answer to an HTTP request; empty when nobody listens.
inline std::string HttpGet(int port, const std::string& path) {
  const RawConnection connection(port);
  if (!connection.connected()) return {};
  connection.Send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  std::string answer;
  for (std::string more; !(more = connection.Receive(absl::Seconds(30))).empty();) answer += more;
  return answer;
}

}  // namespace communique::platform

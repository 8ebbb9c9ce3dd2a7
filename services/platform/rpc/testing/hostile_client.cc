// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/testing/hostile_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace communique::platform {
namespace {

constexpr std::uint8_t kData = 0;
constexpr std::uint8_t kHeaders = 1;
constexpr std::uint8_t kResetStream = 3;
constexpr std::uint8_t kSettings = 4;
constexpr std::uint8_t kGoAway = 7;
constexpr std::uint8_t kWindowUpdate = 8;
constexpr std::uint8_t kEndStream = 1;
constexpr std::uint8_t kEndHeaders = 4;
constexpr std::uint16_t kInitialWindowSize = 4;

void AppendNumber(std::string& out, std::uint32_t number, int bytes) {
  for (int i = bytes - 1; i >= 0; --i)
    out.push_back(static_cast<char>((number >> (8U * static_cast<unsigned>(i))) & 0xffU));
}

std::uint32_t ReadNumber(const char* bytes, int count) {
  std::uint32_t number = 0;
  for (int i = 0; i < count; ++i) number = number << 8U | static_cast<unsigned char>(bytes[i]);
  return number;
}

// HPACK: a literal, never put into a table. Requires: both shorter than 127.
void AppendHeader(std::string& out, std::string_view name, std::string_view value) {
  out.push_back('\0');
  out.push_back(static_cast<char>(name.size()));
  out.append(name);
  out.push_back(static_cast<char>(value.size()));
  out.append(value);
}

}  // namespace

HostileClient::HostileClient(int port) : HostileClient(port, 65'535) {}

HostileClient::HostileClient(int port, std::uint32_t initial_window)
    : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (fd_ < 0 || connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    std::perror("HostileClient");
    std::abort();
  }
  Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  std::string settings;
  AppendNumber(settings, kInitialWindowSize, 2);
  AppendNumber(settings, initial_window, 4);
  SendFrame(kSettings, 0, 0, settings);
}

HostileClient::HostileClient(HostileClient&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

HostileClient::~HostileClient() {
  if (fd_ >= 0) close(fd_);
}

void HostileClient::SendHeaders(std::uint32_t stream, std::string_view path) {
  std::string headers;
  AppendHeader(headers, ":method", "POST");
  AppendHeader(headers, ":scheme", "http");
  AppendHeader(headers, ":path", path);
  AppendHeader(headers, ":authority", "localhost");
  AppendHeader(headers, "content-type", "application/grpc");
  AppendHeader(headers, "te", "trailers");
  SendFrame(kHeaders, kEndHeaders, stream, headers);
}

void HostileClient::SendMessage(std::uint32_t stream, std::string_view message, bool last) {
  std::string data(1, '\0');  // not compressed
  AppendNumber(data, static_cast<std::uint32_t>(message.size()), 4);
  data.append(message);
  SendFrame(kData, last ? kEndStream : 0, stream, data);
}

void HostileClient::SendFrame(std::uint8_t type, std::uint8_t flags, std::uint32_t stream, std::string_view payload) {
  std::string frame;
  AppendNumber(frame, static_cast<std::uint32_t>(payload.size()), 3);
  frame.push_back(static_cast<char>(type));
  frame.push_back(static_cast<char>(flags));
  AppendNumber(frame, stream, 4);
  frame.append(payload);
  Send(frame);
}

void HostileClient::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // the server has had enough: Receive tells
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool HostileClient::ReadExactly(char* into, std::size_t size) {
  while (size > 0) {
    const ssize_t received = recv(fd_, into, size, 0);
    if (received <= 0) return false;
    into += received;
    size -= static_cast<std::size_t>(received);
  }
  return true;
}

std::size_t HostileClient::SendEndlessMessage(std::uint32_t stream, std::uint32_t bytes) {
  constexpr std::size_t kFrameBytes = 16'384;
  std::int64_t stream_window = 65'535;
  std::int64_t connection_window = 65'535;
  std::string rest(1, '\0');
  AppendNumber(rest, bytes, 4);
  std::size_t sent = 0;
  while (sent < bytes) {
    const std::int64_t window = std::min(stream_window, connection_window);
    if (window >= static_cast<std::int64_t>(kFrameBytes)) {
      rest.resize(kFrameBytes, 'x');
      SendFrame(kData, 0, stream, rest);
      rest.clear();
      stream_window -= kFrameBytes;
      connection_window -= kFrameBytes;
      sent += kFrameBytes;
      continue;
    }
    // Frames of the server until one gives room, or ends the stream or the connection.
    std::array<char, 9> header;
    if (!ReadExactly(header.data(), header.size())) return sent;
    std::string payload(ReadNumber(header.data(), 3), '\0');
    if (!ReadExactly(payload.data(), payload.size())) return sent;
    const auto type = static_cast<std::uint8_t>(header[3]);
    const std::uint32_t of = ReadNumber(header.data() + 5, 4);
    if ((type == kResetStream && of == stream) || type == kGoAway || (type == kHeaders && of == stream)) return sent;
    if (type == kWindowUpdate) (of == 0 ? connection_window : stream_window) += ReadNumber(payload.data(), 4);
    if (type != kSettings) continue;
    for (std::size_t i = 0; i + 6 <= payload.size(); i += 6) {
      if (ReadNumber(payload.data() + i, 2) == kInitialWindowSize) {
        stream_window += static_cast<std::int64_t>(ReadNumber(payload.data() + i + 2, 4)) - initial_stream_window_;
        initial_stream_window_ = ReadNumber(payload.data() + i + 2, 4);
      }
    }
  }
  return sent;
}

std::string HostileClient::Receive() {
  std::array<char, 65'536> buffer;
  const ssize_t received = recv(fd_, buffer.data(), buffer.size(), 0);
  return received > 0 ? std::string(buffer.data(), static_cast<std::size_t>(received)) : std::string();
}

void HostileClient::Reset() {
  const linger now{.l_onoff = 1, .l_linger = 0};
  setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
  close(std::exchange(fd_, -1));
}

}  // namespace communique::platform

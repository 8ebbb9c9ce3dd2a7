// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace communique::platform {

// A client that speaks just enough HTTP/2 to misbehave: it sends what it is told to and reads nothing unless asked.
// Ends the process when it cannot connect.
class HostileClient {
 public:
  // Connects to 127.0.0.1:`port` and greets as HTTP/2 wants it.
  explicit HostileClient(int port);
  // With a window of `initial_window` bytes for what the server may send on each stream.
  HostileClient(int port, std::uint32_t initial_window);
  ~HostileClient();
  HostileClient(HostileClient&& other) noexcept;
  HostileClient& operator=(HostileClient&&) = delete;

  // Opens a call of `path`; its message follows by SendMessage.
  void SendHeaders(std::uint32_t stream, std::string_view path);
  // One gRPC message, and the end of the request if `last`.
  void SendMessage(std::uint32_t stream, std::string_view message, bool last = true);
  // A message that is said to have `bytes` bytes, sent as fast as the server lets it: it may say no in the middle. How
  // much went out.
  std::size_t SendEndlessMessage(std::uint32_t stream, std::uint32_t bytes);
  // Any bytes.
  void Send(std::string_view bytes);

  // What the server sends next; "" once it has closed the connection.
  std::string Receive();

  // Cuts the connection without a word, as a machine that loses its power or a cable that is pulled would seem to.
  void Reset();

 private:
  void SendFrame(std::uint8_t type, std::uint8_t flags, std::uint32_t stream, std::string_view payload);
  bool ReadExactly(char* into, std::size_t size);

  int fd_ = -1;
  std::int64_t initial_stream_window_ = 65'535;
};

}  // namespace communique::platform

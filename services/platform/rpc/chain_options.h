// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>

#include "absl/time/time.h"

namespace communique::platform {

// The limits of calls. The names in backquotes are their configuration keys, told to callers who meet a limit.
struct ChainOptions {
  // `rpc.max_calls_in_flight`: unary calls under way at once, over all connections and both listeners, from the arrival
  // of the request until the reply has left. More are RESOURCE_EXHAUSTED.
  int max_calls_in_flight = 1000;
  // `rpc.max_streams`: open server streams. They wait most of the time, so they have a limit of their own.
  int max_streams = 10'000;
  // What callers over a limit are told to wait.
  absl::Duration retry_after = absl::Milliseconds(200);

  // `rpc.default_deadline`: for unary calls that come without one.
  absl::Duration default_deadline = absl::Seconds(30);
  // `rpc.max_deadline`: what longer ones, and default_deadline, are cut to.
  absl::Duration max_deadline = absl::Minutes(2);

  // `rpc.max_request_bytes`. The server's own receive limit must be larger (twice is good), else gRPC cuts the call off
  // without a reason before the chain sees it.
  std::size_t max_request_bytes = 4 << 20;
  // `rpc.max_reply_bytes`: gRPC clients take 4 MiB by default.
  std::size_t max_reply_bytes = 4 << 20;
  // `rpc.max_inline_request_bytes`: larger requests are parsed on the executor of their handler, so that gRPC's few
  // threads stay free for others.
  std::size_t max_inline_request_bytes = 64 << 10;

  // `rpc.max_stream_age`: the server ends a stream itself after this long, give or take a tenth, with WATCH_ENDED. The
  // connection's grace (GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS) must be longer, else it cuts streams off in the middle.
  absl::Duration max_stream_age = absl::Minutes(10);
  // `rpc.stream_write_timeout`: how long one event may wait for a reader that takes nothing.
  absl::Duration stream_write_timeout = absl::Seconds(30);
  // `rpc.max_stream_events`, `rpc.max_stream_bytes`: what may wait in one stream's buffer. One event always may.
  std::size_t max_stream_events = 256;
  std::size_t max_stream_bytes = 1 << 20;
};

}  // namespace communique::platform

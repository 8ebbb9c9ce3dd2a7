// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/chain_settings.h"

namespace communique::platform {

void BindChainOptions(Settings& settings, ChainOptions& options) {
  settings.Bind("rpc.max_calls_in_flight", &options.max_calls_in_flight, {1, 1'000'000},
                "Unary calls under way at once, over all connections. More are refused with RESOURCE_EXHAUSTED.");
  settings.Bind("rpc.max_streams", &options.max_streams, {1, 1'000'000},
                "Server streams (watches) open at once, over all connections.");
  settings.Bind("rpc.retry_after", &options.retry_after, {absl::Milliseconds(1), absl::Minutes(1)},
                "What callers over a limit are told to wait before they try again.");
  settings.Bind("rpc.default_deadline", &options.default_deadline, {absl::Milliseconds(10), absl::Hours(1)},
                "The deadline of unary calls that come without one.");
  settings.Bind("rpc.max_deadline", &options.max_deadline, {absl::Milliseconds(10), absl::Hours(1)},
                "Longer deadlines of unary calls are cut to this.");
  settings.BindBytes("rpc.max_request_bytes", &options.max_request_bytes, {1 << 10, 64 << 20},
                     "The largest request, after decompression.");
  settings.BindBytes("rpc.max_reply_bytes", &options.max_reply_bytes, {1 << 10, 64 << 20},
                     "The largest reply. gRPC clients take 4MiB unless they are told to take more.");
  settings.BindBytes("rpc.max_inline_request_bytes", &options.max_inline_request_bytes, {0, 1 << 20},
                     "Larger requests are parsed by the threads of their handlers, not by those of the network.");
  settings.Bind(
      "rpc.max_stream_age", &options.max_stream_age, {absl::Seconds(1), absl::Hours(24)},
      "The server ends a stream after this long, give or take a tenth; its reader watches again from the last "
      "token. A token that was taken back reads on for at most this long.");
  settings.Bind("rpc.stream_write_timeout", &options.stream_write_timeout, {absl::Seconds(1), absl::Hours(1)},
                "How long one event waits for a reader that takes nothing before the stream is ended.");
  settings.Bind("rpc.max_stream_events", &options.max_stream_events, {1, 1'000'000},
                "Events that may wait in the buffer of one stream.");
  settings.BindBytes("rpc.max_stream_bytes", &options.max_stream_bytes, {1 << 10, 64 << 20},
                     "Bytes of events that may wait in the buffer of one stream.");
}

}  // namespace communique::platform

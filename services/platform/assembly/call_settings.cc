// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/assembly/call_settings.h"

namespace communique::platform {

void BindCalls(Settings& settings, ChainOptions& options) {
  settings.Bind("rpc.max_calls_in_flight", &options.max_calls_in_flight, {1, 1'000'000},
                "Unary calls under way at once; more are refused.");
  settings.Bind("rpc.max_streams", &options.max_streams, {1, 1'000'000}, "Open streams; more are refused.");
  settings.Bind("rpc.retry_after", &options.retry_after, {absl::Milliseconds(1), absl::Minutes(1)},
                "What refused callers are told to wait.");
  settings.Bind("rpc.default_deadline", &options.default_deadline, {absl::Milliseconds(100), absl::Minutes(10)},
                "For calls that come without a deadline.");
  settings.Bind("rpc.max_deadline", &options.max_deadline, {absl::Milliseconds(100), absl::Hours(1)},
                "What longer deadlines are cut to.");
  settings.BindBytes("rpc.max_request_bytes", &options.max_request_bytes, {1 << 10, 32 << 20},
                     "The largest request. Keep server.max_receive at twice this.");
  settings.BindBytes("rpc.max_reply_bytes", &options.max_reply_bytes, {1 << 10, 32 << 20},
                     "The largest reply. gRPC clients take 4 MiB unless told otherwise.");
  settings.BindBytes("rpc.max_inline_request_bytes", &options.max_inline_request_bytes, {1 << 10, 32 << 20},
                     "Larger requests are parsed on the threads of their handler.");
  settings.Bind("rpc.max_stream_age", &options.max_stream_age, {absl::Seconds(1), absl::Hours(24)},
                "Streams are ended after this long, give or take a tenth; the caller goes on from its last token. Keep "
                "server.max_connection_age_grace longer.");
  settings.Bind("rpc.stream_write_timeout", &options.stream_write_timeout, {absl::Seconds(1), absl::Minutes(10)},
                "How long one event may wait for a reader that takes nothing.");
  settings.Bind("rpc.max_stream_events", &options.max_stream_events, {1, 100'000},
                "Events that may wait for the reader of one stream.");
  settings.BindBytes("rpc.max_stream_bytes", &options.max_stream_bytes, {1 << 10, 64 << 20},
                     "The same in bytes; one event always may.");
}

}  // namespace communique::platform

// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/client_context.h>
#include <grpcpp/support/sync_stream.h>

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "tools/communique/session.h"

namespace communique::command {

struct FollowOptions {
  // Where to begin; empty: now.
  std::string token;
  // End after this many events; 0: never.
  int count = 0;
  // End, with success, at this time.
  absl::Time until = absl::InfiniteFuture();
};

// Whether a stream that ended with `status` is to be opened again: servers end streams now and then, and go away.
inline bool IsPassing(const absl::Status& status) {
  return status.ok() || status.code() == absl::StatusCode::kUnavailable;
}

// Reads a stream of events, and goes on behind the last one when it breaks: a server that ends it, or is not there for
// a while, costs no event. `visit` is called with each message, bookmarks included, and says whether it was an event.
// Ends when the options say so, or with an error that another attempt does not mend; `options.token` is then the last
// position.
template <typename Stub, typename Request, typename Message, typename Visit>
absl::Status Follow(Session& session, Listener listener,
                    std::unique_ptr<grpc::ClientReader<Message>> (Stub::*method)(grpc::ClientContext*, const Request&),
                    Request request, FollowOptions& options, Visit visit) {
  const auto channel = session.client.Channel(listener);
  if (!channel.ok()) return channel.status();
  Stub stub(*channel);
  int events = 0;
  for (int failures = 0;;) {
    grpc::ClientContext context;
    session.client.Prepare(context);
    if (options.until != absl::InfiniteFuture()) context.set_deadline(absl::ToChronoTime(options.until));
    request.set_watch_token(options.token);
    const auto reader = (stub.*method)(&context, request);
    for (Message message; reader->Read(&message);) {
      failures = 0;
      if (visit(message) && ++events == options.count) {
        context.TryCancel();
        return absl::OkStatus();
      }
      options.token = message.token();
    }
    const absl::Status status = FromGrpc(reader->Finish());
    if (status.code() == absl::StatusCode::kDeadlineExceeded && options.until != absl::InfiniteFuture()) {
      return absl::OkStatus();
    }
    if (!IsPassing(status)) return status;
    const auto pause = session.client.PauseAfter(
        status.ok() ? absl::UnavailableError("the server ended the stream") : status, ++failures);
    if (!pause) return status;
    session.client.Sleep(*pause);
  }
}

}  // namespace communique::command

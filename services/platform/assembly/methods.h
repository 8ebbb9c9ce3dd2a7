// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "services/platform/auth/principal.h"
#include "services/platform/changes/feed_tail.h"
#include "services/platform/concurrency/executor.h"
#include "services/platform/rpc/method.h"
#include "services/platform/verbs/caller.h"
#include "services/platform/verbs/store_access.h"

// How the methods of a service come to their use cases. Most are one line of a table: the RPC's name and the function,
// which takes the service's Environment (what its use cases work with), the caller and the request.
namespace communique::platform {

// What all methods of a service share. Outlives the servers.
template <typename Environment>
struct MethodParts {
  const Environment& environment;
  Executor& db_read;
  Executor& db_write;
  // For work that keeps a processor busy: importing, rendering.
  Executor& cpu;
  // For waiting for other services.
  Executor& peer_calls;
  // Knows the store's tokens.
  const FeedTail& tail;
};

// Who calls, for a use case.
inline Caller CallerOf(const Call& call) {
  return {.principal = call.principal().id(),
          .request_id = std::string(call.request_id()),
          .method = call.method().path,
          .deadline = call.deadline(),
          .permissions = call.principal().PermissionsIn(call.newsroom())};
}

// Tells the caller of a change where to read from to see it: the trailer communique-token.
inline void AddToken(const FeedTail& tail, FeedPosition position, Call& call) {
  if (position > 0) call.AddTrailer("communique-token", tail.TokenFor(Feed::kInternal, position));
}

// A method that reads from the database.
template <typename Request, typename Reply, typename Environment>
Method Reading(std::string name, const MethodParts<Environment>& parts,
               absl::StatusOr<Reply> (*use_case)(const Environment&, const Caller&, const Request&)) {
  return Unary<Request, Reply>(std::move(name), parts.db_read, [&parts, use_case](Call& call, const Request& request) {
    return use_case(parts.environment, CallerOf(call), request);
  });
}

// One that waits for another service's answer.
template <typename Request, typename Reply, typename Environment>
Method Asking(std::string name, const MethodParts<Environment>& parts,
              absl::StatusOr<Reply> (*use_case)(const Environment&, const Caller&, const Request&)) {
  return Unary<Request, Reply>(std::move(name), parts.peer_calls,
                               [&parts, use_case](Call& call, const Request& request) {
                                 return use_case(parts.environment, CallerOf(call), request);
                               });
}

// A method that changes something, on `executor`: answers with the trailer communique-token.
template <typename Request, typename Reply, typename Environment>
Method WritingOn(Executor& executor, std::string name, const MethodParts<Environment>& parts,
                 absl::StatusOr<Written<Reply>> (*use_case)(const Environment&, const Caller&, const Request&)) {
  return Unary<Request, Reply>(std::move(name), executor,
                               [&parts, use_case](Call& call, const Request& request) -> absl::StatusOr<Reply> {
                                 auto written = use_case(parts.environment, CallerOf(call), request);
                                 if (!written.ok()) return written.status();
                                 AddToken(parts.tail, written->position, call);
                                 return std::move(written->value);
                               });
}

// One that asks nobody else.
template <typename Request, typename Reply, typename Environment>
Method Writing(std::string name, const MethodParts<Environment>& parts,
               absl::StatusOr<Written<Reply>> (*use_case)(const Environment&, const Caller&, const Request&)) {
  return WritingOn<Request, Reply>(parts.db_write, std::move(name), parts, use_case);
}

// One that may wait for another service first: it does not keep those who write from writing.
template <typename Request, typename Reply, typename Environment>
Method WritingAfterAsking(std::string name, const MethodParts<Environment>& parts,
                          absl::StatusOr<Written<Reply>> (*use_case)(const Environment&, const Caller&,
                                                                     const Request&)) {
  return WritingOn<Request, Reply>(parts.peer_calls, std::move(name), parts, use_case);
}

}  // namespace communique::platform

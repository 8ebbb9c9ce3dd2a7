// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "communique/common/v1/access.pb.h"
#include "services/platform/auth/principal.h"
#include "services/platform/changes/feed_tail.h"
#include "services/platform/concurrency/executor.h"
#include "services/platform/rpc/method.h"
#include "services/platform/rpc/responder.h"
#include "services/releases/usecases/environment.h"

// How the methods of this service come to their use cases. Most are one line of a table: the RPC's name and the
// function.
namespace communique::releases {

// What all of them share. Outlives the servers.
struct ApiParts {
  const Environment& environment;
  platform::Executor& db_read;
  platform::Executor& db_write;
  // For work that keeps a processor busy: importing, rendering.
  platform::Executor& cpu;
  // Knows the store's tokens.
  const platform::FeedTail& tail;
};

// Who calls, for a use case. `resource` is the name in the request that says which newsroom it is about.
inline Caller CallerOf(const platform::Call& call, std::string_view resource) {
  return {.principal = call.principal().id(),
          .request_id = std::string(call.request_id()),
          .method = call.method().path,
          .deadline = call.deadline(),
          .may_publish = call.principal().Allows(common::v1::PERMISSION_PUBLISH, platform::NewsroomOf(resource))};
}

// The resource a request is about, for CallerOf.
template <typename Request>
std::string_view ResourceOf(const Request& request) {
  if constexpr (requires { request.name(); }) {
    return request.name();
  } else if constexpr (requires { request.release().name(); }) {
    return request.release().name();
  } else if constexpr (requires { request.parent(); }) {
    return request.parent();
  } else {
    return {};
  }
}

// A method that reads from the database.
template <typename Request, typename Reply>
platform::Method Reading(std::string name, const ApiParts& parts,
                         absl::StatusOr<Reply> (*use_case)(const Environment&, const Caller&, const Request&)) {
  return platform::Unary<Request, Reply>(
      std::move(name), parts.db_read, [&parts, use_case](platform::Call& call, const Request& request) {
        return use_case(parts.environment, CallerOf(call, ResourceOf(request)), request);
      });
}

// Tells the caller of a change where to read from to see it: the trailer communique-token.
inline void AddToken(const ApiParts& parts, platform::FeedPosition position, platform::Call& call) {
  if (position > 0) call.AddTrailer("communique-token", parts.tail.TokenFor(platform::Feed::kInternal, position));
}

// A method that changes something: answers with the trailer communique-token.
template <typename Request, typename Reply>
platform::Method Writing(std::string name, const ApiParts& parts,
                         absl::StatusOr<Written<Reply>> (*use_case)(const Environment&, const Caller&,
                                                                    const Request&)) {
  return platform::Unary<Request, Reply>(
      std::move(name), parts.db_write,
      [&parts, use_case](platform::Call& call, const Request& request) -> absl::StatusOr<Reply> {
        auto written = use_case(parts.environment, CallerOf(call, ResourceOf(request)), request);
        if (!written.ok()) return written.status();
        if (written->position > 0)
          call.AddTrailer("communique-token", parts.tail.TokenFor(platform::Feed::kInternal, written->position));
        return std::move(written->value);
      });
}

// For asynchronous methods: runs `work`, which answers, on `executor` before `deadline`. When it does not get its turn,
// or throws, the caller is answered, too.
void RunOn(platform::Executor& executor, absl::Time deadline, platform::Responder respond, std::function<void()> work);

}  // namespace communique::releases

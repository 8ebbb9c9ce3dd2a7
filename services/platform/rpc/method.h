// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "services/platform/concurrency/executor.h"
#include "services/platform/rpc/call.h"
#include "services/platform/rpc/event_stream.h"
#include "services/platform/rpc/reply_bytes.h"
#include "services/platform/rpc/responder.h"

// How a service says what its methods do:
//
//   ServiceMethods EditionMethods(Editions& editions, Executor& db_read) {
//     return {"communique.releases.v1.EditionService",
//             {Unary<ListEditionsRequest, ListEditionsResponse>(
//                  "ListEditions", db_read,
//                  [&](Call& call, const ListEditionsRequest& request) { return editions.List(call, request); }),
//              UnaryAsync<GetEditionRequest>(
//                  "GetEdition", [&](Call& call, const GetEditionRequest& request,
//                                    Responder respond) { editions.Get(call, request, std::move(respond)); }),
//              ServerStream<WatchEditionsRequest>(
//                  "WatchEditions",
//                  [&](std::shared_ptr<EventStream> stream, const WatchEditionsRequest& request) {
//                    return editions.Watch(std::move(stream), request);
//                  })}};
//   }
//
// CallChain::Bind checks the table against the service's descriptor. A handler sees a request that was parsed, whose
// caller was identified and permitted, and whose required fields are there. An exception it throws becomes INTERNAL.
namespace communique::platform {

struct Method {
  using Message = google::protobuf::Message;
  using BlockingHandler = std::function<absl::StatusOr<ReplyBytes>(Call&, const Message&)>;
  using AsyncHandler = std::function<void(Call&, const Message&, Responder)>;
  using StreamHandler = std::function<absl::Status(std::shared_ptr<EventStream>, const Message&)>;

  std::string name{};
  const google::protobuf::Descriptor* request = nullptr;
  // nullptr where the handler sends bytes: the descriptor says what they are.
  const google::protobuf::Descriptor* reply = nullptr;
  // Where the handler runs; nullptr: on gRPC's threads.
  Executor* executor = nullptr;
  std::variant<BlockingHandler, AsyncHandler, StreamHandler> handler{};
  // Looks at a request before its handler does, on gRPC's threads: quick checks that need nothing but the request.
  std::function<absl::Status(const Message&)> validate{};

  template <typename Request>
  Method ValidatedBy(absl::Status (*check)(const Request&)) && {
    validate = [check](const Message& message) { return check(static_cast<const Request&>(message)); };
    return std::move(*this);
  }
};

// The methods of one service, by its full name.
struct ServiceMethods {
  std::string service;
  std::vector<Method> methods;
};

// A method whose handler may block: absl::StatusOr<Reply>(Call&, const Request&), run on `executor`. With ReplyBytes as
// Reply it returns the serialised message.
template <typename Request, typename Reply, typename Handler>
Method Unary(std::string name, Executor& executor, Handler handler) {
  Method method{.name = std::move(name), .request = Request::descriptor(), .executor = &executor};
  if constexpr (std::is_same_v<Reply, ReplyBytes>) {
    method.handler = [handler = std::move(handler)](Call& call, const Method::Message& request) {
      return absl::StatusOr<ReplyBytes>(handler(call, static_cast<const Request&>(request)));
    };
  } else {
    method.reply = Reply::descriptor();
    method.handler = [handler = std::move(handler)](Call& call,
                                                    const Method::Message& request) -> absl::StatusOr<ReplyBytes> {
      const absl::StatusOr<Reply> reply = handler(call, static_cast<const Request&>(request));
      if (!reply.ok()) return reply.status();
      return SerializeReply(*reply);
    };
  }
  return method;
}

// A method whose handler never blocks: void(Call&, const Request&, Responder), run on gRPC's threads. It answers at
// once where the reply is at hand (no thread is changed, nothing is serialised), else it hands the Responder to work it
// submits to an executor. `call` and `request` are valid until it has answered.
template <typename Request, typename Handler>
Method UnaryAsync(std::string name, Handler handler) {
  Method method{.name = std::move(name), .request = Request::descriptor()};
  method.handler = [handler = std::move(handler)](Call& call, const Method::Message& request, Responder respond) {
    handler(call, static_cast<const Request&>(request), std::move(respond));
  };
  return method;
}

// A server stream. Its start function, absl::Status(std::shared_ptr<EventStream>, const Request&), runs on gRPC's
// threads and never blocks, so that however many streams are opened at once, none waits for another; an error ends the
// stream with it, OK leaves it open until somebody ends it. `request` is valid while it runs.
template <typename Request, typename Start>
Method ServerStream(std::string name, Start start) {
  Method method{.name = std::move(name), .request = Request::descriptor()};
  method.handler = [start = std::move(start)](std::shared_ptr<EventStream> stream, const Method::Message& request) {
    return absl::Status(start(std::move(stream), static_cast<const Request&>(request)));
  };
  return method;
}

// The same with a start function that may block: it runs on `executor`.
template <typename Request, typename Start>
Method ServerStream(std::string name, Executor& executor, Start start) {
  Method method = ServerStream<Request>(std::move(name), std::move(start));
  method.executor = &executor;
  return method;
}

}  // namespace communique::platform

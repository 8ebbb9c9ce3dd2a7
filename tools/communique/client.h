// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/random/random.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tools/communique/connection.h"
#include "tools/communique/errors.h"

namespace communique::command {

// Whom a call is for: the releases service, which offers everything to the house at one address and to everyone what is
// public at another, or the contacts service, which has an address of its own.
enum class Listener { kInternal, kPublic, kContacts };

struct ClientOptions {
  // With an empty `server`, each listener's default on this machine is used.
  ConnectionOptions connection;
  // The `server` of contacts. Empty: the default on this machine, but not when `connection.server` is another one: what
  // is meant for there, its token and people's data included, must not end up here.
  std::string contacts_server;
  // Sent as "authorization: Bearer …"; empty: anonymous.
  std::string token;
  // For a call with all its attempts.
  absl::Duration deadline = absl::Seconds(30);
  // Whether the caller asked for that deadline; streams have none of their own.
  bool deadline_given = false;
  // Attempts after the first one.
  int retries = 4;
  // A UUID: the request_id of changes and the x-request-id of all calls.
  std::string request_id;
  // How to wait between attempts.
  std::function<void(absl::Duration)> sleep;
};

// Calls RPCs with a deadline, the caller's token and request id. An attempt that ends UNAVAILABLE, or that the server
// asks to repeat (RetryInfo), is repeated after a growing pause: reads are harmless, and changes carry a request_id
// that makes them so. One thread.
class Client {
 public:
  explicit Client(ClientOptions options) : options_(std::move(options)) {}

  const ClientOptions& options() const { return options_; }

  template <typename Stub, typename Request, typename Reply>
  absl::StatusOr<Reply> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Reply*),
                             const Request& request, Listener listener = Listener::kInternal) {
    const auto channel = Channel(listener);
    if (!channel.ok()) return channel.status();
    Stub stub(*channel);
    Reply reply;
    const absl::Status status =
        Attempt([&](grpc::ClientContext& context) { return (stub.*method)(&context, request, &reply); });
    if (!status.ok()) return status;
    return reply;
  }

  // The channel to a listener; made when first asked for.
  absl::StatusOr<std::shared_ptr<grpc::Channel>> Channel(Listener listener);

  // Gives a call its token and request id, but no deadline.
  void Prepare(grpc::ClientContext& context) const;

  // How long to wait before the attempt after the `failures`-th failure, which ended with `status`; none when another
  // attempt makes no sense.
  std::optional<absl::Duration> PauseAfter(const absl::Status& status, int failures);

  void Sleep(absl::Duration pause) const { options_.sleep(pause); }

 private:
  absl::Status Attempt(const std::function<grpc::Status(grpc::ClientContext&)>& call);
  absl::StatusOr<ConnectionOptions> ConnectionTo(Listener listener) const;

  const ClientOptions options_;
  absl::BitGen random_;
  std::shared_ptr<grpc::Channel> channels_[3];
};

}  // namespace communique::command

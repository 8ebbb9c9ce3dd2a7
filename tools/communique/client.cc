// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/client.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/rpc/error_details.pb.h"

namespace communique::command {
namespace {

constexpr absl::Duration kFirstPause = absl::Milliseconds(100);
constexpr absl::Duration kLongestPause = absl::Seconds(5);

// Where `services/releases` and `services/contacts` listen unless they are configured otherwise.
constexpr const char* kDefaultServers[] = {"127.0.0.1:7401", "127.0.0.1:7400", "127.0.0.1:7411"};

std::optional<absl::Duration> AskedPause(const absl::Status& status) {
  const auto payload = status.GetPayload("type.googleapis.com/google.rpc.RetryInfo");
  google::rpc::RetryInfo retry;
  if (!payload || !retry.ParseFromString(std::string(*payload))) return std::nullopt;
  return absl::Seconds(retry.retry_delay().seconds()) + absl::Nanoseconds(retry.retry_delay().nanos());
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::Channel>> Client::Channel(Listener listener) {
  const auto index = static_cast<std::size_t>(listener);
  if (channels_[index] == nullptr) {
    const auto connection = ConnectionTo(listener);
    if (!connection.ok()) return connection.status();
    auto channel = Connect(*connection);
    if (!channel.ok()) return channel.status();
    channels_[index] = *std::move(channel);
  }
  return channels_[index];
}

absl::StatusOr<ConnectionOptions> Client::ConnectionTo(Listener listener) const {
  ConnectionOptions connection = options_.connection;
  if (listener == Listener::kContacts) {
    const std::string releases = std::exchange(connection.server, options_.contacts_server);
    connection.server_option = "--contacts-server";
    if (connection.server.empty() && !releases.empty() && !IsLoopback(releases)) {
      return UsageError(absl::StrCat("the server is ", releases, ", and contacts have one of their own: give its ",
                                     "address, --contacts-server HOST:PORT or COMMUNIQUE_CONTACTS_SERVER"));
    }
  }
  if (connection.server.empty()) connection.server = kDefaultServers[static_cast<std::size_t>(listener)];
  return connection;
}

void Client::Prepare(grpc::ClientContext& context) const {
  context.AddMetadata("x-request-id", options_.request_id);
  if (!options_.token.empty()) context.AddMetadata("authorization", absl::StrCat("Bearer ", options_.token));
}

std::optional<absl::Duration> Client::PauseAfter(const absl::Status& status, int failures) {
  const auto asked = AskedPause(status);
  const bool again = status.code() == absl::StatusCode::kUnavailable ||
                     (status.code() == absl::StatusCode::kResourceExhausted && asked);
  if (!again || failures > options_.retries) return std::nullopt;
  const absl::Duration pause = std::min(kFirstPause * std::exp2(failures - 1), kLongestPause);
  // Spread out, so that those who failed together do not come back together.
  return std::max(pause * absl::Uniform(random_, 0.8, 1.2), asked.value_or(absl::ZeroDuration()));
}

absl::Status Client::Attempt(const std::function<grpc::Status(grpc::ClientContext&)>& call) {
  const absl::Time deadline = absl::Now() + options_.deadline;
  for (int failures = 1;; ++failures) {
    grpc::ClientContext context;
    Prepare(context);
    context.set_deadline(absl::ToChronoTime(deadline));
    const absl::Status status = FromGrpc(call(context));
    const auto pause = PauseAfter(status, failures);
    if (status.ok() || !pause || absl::Now() + *pause >= deadline) return status;
    options_.sleep(*pause);
  }
}

}  // namespace communique::command

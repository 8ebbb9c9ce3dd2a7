// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/api_server.h"

#include <grpc/grpc.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/resource_quota.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

#include "services/platform/errors/error.h"
#include "services/platform/server/listen.h"

namespace communique::platform {
namespace {

// Decides over reflection for one server. Linking gRPC's library of it is enough to give it to every server of the
// process, the public one too, so the plugin is taken out where it is not wanted.
class Reflection final : public grpc::ServerBuilderOption {
 public:
  explicit Reflection(bool wanted) : wanted_(wanted) {}
  void UpdateArguments(grpc::ChannelArguments* /*arguments*/) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override {
    auto plugin = std::make_unique<grpc::reflection::ProtoServerReflectionPlugin>();
    std::erase_if(*plugins, [&plugin](const auto& other) { return other->name() == plugin->name(); });
    if (wanted_) plugins->push_back(std::move(plugin));
  }

 private:
  const bool wanted_;
};

int Clamp(std::int64_t value) {
  return static_cast<int>(std::clamp<std::int64_t>(value, 0, std::numeric_limits<int>::max()));
}

int Millis(absl::Duration duration) { return Clamp(absl::ToInt64Milliseconds(duration)); }

void SetArguments(grpc::ServerBuilder& builder, const ServerOptions& options) {
  builder.SetMaxReceiveMessageSize(Clamp(options.max_receive_bytes));
  builder.SetMaxSendMessageSize(Clamp(options.max_send_bytes));
  grpc::ResourceQuota memory("requests");
  builder.SetResourceQuota(memory.Resize(static_cast<std::size_t>(options.max_buffered_bytes)));
  // Compressed requests are UNIMPLEMENTED: gRPC 1.51 unpacks them before it looks at any limit, and a megabyte can
  // unpack to a gigabyte.
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_DEFLATE, false);
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_GZIP, false);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, Clamp(options.max_metadata_bytes));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, options.max_concurrent_streams);
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, Millis(options.handshake_timeout));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, Millis(options.keepalive_time));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, Millis(options.keepalive_timeout));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             Millis(options.min_client_ping_interval));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, Millis(options.max_connection_age));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, Millis(options.max_connection_age_grace));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, Millis(options.max_connection_idle));
  // With it, a second server on the port starts without a word and takes half of the connections.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
}

}  // namespace

absl::StatusOr<std::unique_ptr<ApiServer>> ApiServer::Start(Setup setup, const ServerOptions& options) {
  if (const absl::Status free = CheckCanListen(setup.address); !free.ok()) {
    return InvalidField(setup.setting, std::string(free.message()));
  }
  std::unique_ptr<ApiServer> api(new ApiServer);
  api->setting_ = setup.setting;
  api->services_ = std::move(setup.services);
  grpc::ServerBuilder builder;
  SetArguments(builder, options);
  int port = 0;
  builder.AddListeningPort(setup.address, setup.credentials, &port);
  for (const auto& service : api->services_) builder.RegisterService(service.get());
  builder.SetOption(std::make_unique<Reflection>(setup.reflection));
  api->server_ = builder.BuildAndStart();
  if (api->server_ == nullptr || port == 0) {
    return InvalidField(setup.setting, "gRPC cannot listen on " + setup.address + "; its log lines say why");
  }
  api->port_ = setup.address.rfind("unix:", 0) == 0 ? 0 : port;
  return api;
}

ApiServer::~ApiServer() {
  if (!shutdown_.joinable()) BeginShutdown(absl::ZeroDuration(), [] {});
  shutdown_.join();
}

void ApiServer::BeginShutdown(absl::Duration grace, std::function<void()> done) {
  const auto deadline = std::chrono::system_clock::now() + absl::ToChronoMilliseconds(grace);
  shutdown_ = std::thread([this, deadline, done = std::move(done)] {
    server_->Shutdown(deadline);
    finished_ = true;
    done();
  });
}

void ApiServer::CancelCalls() { grpc_server_cancel_all_calls(server_->c_server()); }

}  // namespace communique::platform

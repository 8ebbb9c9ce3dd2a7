// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/server.h>
#include <grpcpp/support/channel_arguments.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "services/platform/auth/no_authentication.h"
#include "services/platform/base/clock.h"
#include "services/platform/concurrency/mutex.h"
#include "services/platform/observability/log.h"
#include "services/platform/observability/metrics.h"
#include "services/platform/rpc/call_chain.h"
#include "services/platform/rpc/raw_service.h"

namespace communique::platform {

struct InProcessServerOptions {
  ChainOptions chain{};
  // Both must outlive the server. By default every caller is "local" with every role, and the time is the machine's.
  const Authenticator* authenticator = nullptr;
  const Clock* clock = nullptr;
  // gRPC's own limit, above that of the chain. It looks at a message when all of it is there, so that the memory needs
  // a limit too.
  int max_receive_bytes = 8 << 20;
  std::size_t max_buffered_bytes = 256 << 20;
  // Log lines below it are not made.
  Severity severity = Severity::kDebug;
};

// A real gRPC server on a free port of 127.0.0.1, with the real chain in front of the handlers of a test:
//
//   Executor executor({.name = "test"}, clock);
//   InProcessServer server({NoteMethods(executor)});
//   const auto stub = NoteService::NewStub(server.NewChannel());
//
// Declare the executors before it, with the same clock: it goes first, and with it all calls. Ends the process with a
// message when the methods cannot be bound, as a server would not start.
class InProcessServer {
 public:
  explicit InProcessServer(std::vector<ServiceMethods> services, const InProcessServerOptions& options = {});
  // Ends streams, then the server; open calls get two seconds.
  ~InProcessServer();

  // A connection of its own each time.
  std::shared_ptr<grpc::Channel> NewChannel(grpc::ChannelArguments arguments = {}) const;
  int port() const { return port_; }

  CallChain& chain() { return *chain_; }
  const Metrics& metrics() const { return *metrics_; }
  // What has been logged so far.
  std::vector<std::string> LogLines();

 private:
  const NoAuthentication everybody_;
  const SystemClock system_clock_;

  Mutex lines_mutex_;
  std::vector<std::string> lines_ ABSL_GUARDED_BY(lines_mutex_);
  std::shared_ptr<LogWriter> log_writer_;

  const std::shared_ptr<Metrics> metrics_ = std::make_shared<Metrics>();
  std::unique_ptr<CallChain> chain_;
  std::vector<std::unique_ptr<RawService>> services_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
};

// Sends `bytes` as the request of a unary call, whatever they are, and waits for the answer. `reply`, where given, gets
// the bytes that come back.
grpc::Status CallWithBytes(const std::shared_ptr<grpc::Channel>& channel, const std::string& path,
                           std::string_view bytes, grpc::ClientContext& context, std::string* reply = nullptr);

}  // namespace communique::platform
